"""What the provider sends and the portal has no place for: by path alone, never by value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from cases.findings.vocabulary import code_words, countries
from cases.findings.vocabulary.wording import Words
from cases.provider.result import holders, wire
from cases.provider.result.chapter import Metadata
from cases.provider.result.nodes import Wire, tidy
from cases.provider.result.scalars import NOT_SINGLE, visible
from cases.provider.result.variants import Variants, as_object

MOST_OF_A_RESULT = 50
LONGEST_NAME, LONGEST_PATH = 60, 200
NUMBER = re.compile(r"[0-9]{5,}")  # may be somebody's

# Elements whose values are words of an enumeration.
WORDS_AT: dict[type[Wire], dict[str, Mapping[str, Words]]] = {
    Metadata: {"sources": code_words.SOURCES},
    wire.KeyInformation: {
        "organization_type": code_words.ORGANISATION_TYPES,
        "country": code_words.COUNTRIES,
        "status_codes": code_words.STATUSES,
        "member_of_registries": code_words.REGISTRIES,
    },
    wire.Address: {"country": code_words.COUNTRIES},
    wire.Beneficial: {"roles": code_words.ROLES, "reason": code_words.REASONS},
    wire.Shareholder: {"type": code_words.HOLDER_TYPES},
    holders.RoleHolder: {"role": code_words.ROLES},
    wire.Signatory: {"role": code_words.ROLES},
    wire.SignatureRule: {"status": code_words.RULE_STATUSES},
    wire.RuleRemark: {"category": code_words.REMARK_CATEGORIES},
    wire.Sanction: {"status": code_words.SANCTION_STATUSES},
    wire.SanctionResult: {"source": code_words.SOURCES},
    wire.ListAddress: {"country_code": code_words.COUNTRIES},
}
# Objects whose names are words themselves; the names of indicators are not public (contract §7).
NAMES_OF: dict[type[Wire], Mapping[str, Words]] = {
    holders.Roles: {**code_words.ROLES, "OTHERS": ""},
    wire.KeyFigures: code_words.FIGURES,
    wire.Statement: code_words.FIGURES,
}


class Kind(StrEnum):
    """What the portal has no place for: a field, or a word in a known element."""

    FIELD = "field"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A field nobody declared, or an element that held a word nobody knows."""

    kind: Kind
    path: str


def unplaced(document: dict[str, Any], read: wire.Organization) -> tuple[Unplaced, ...]:
    """List what has no place, each once, in order; no more than MOST_OF_A_RESULT, for names are the provider's."""
    found = dict.fromkeys(_of(document, read, ""))
    return tuple(islice(found, MOST_OF_A_RESULT))


def _of(raw: Any, read: Any, path: str) -> Iterator[Unplaced]:
    listed = holders.listed_holders(raw) if isinstance(read, holders.Roles) else None
    if listed is not None and isinstance(read, holders.Roles):
        yield from _of(listed, read.extras[holders.LISTED], path)
    elif isinstance(read, Wire):
        present = tidy(as_object(raw) or {})
        taken = read.taken(present)
        yield from _words(read, path)
        for name, value in present.items():
            below = _under(path, name)
            if name in taken:
                yield from _of(value, taken[name], below)
            else:
                yield Unplaced(Kind.FIELD, below)
    elif isinstance(read, list) and not isinstance(raw, Variants):
        items = raw if isinstance(raw, list) else [raw] * len(read)
        for value, item in zip(items, read, strict=True):
            yield from _of(value, item, f"{path}[]" if isinstance(raw, list) else path)


def _words(read: Wire, path: str) -> Iterator[Unplaced]:
    for name, table in WORDS_AT.get(type(read), {}).items():
        held = getattr(read, name)
        if not all(_is_known(item, table) for item in (held if isinstance(held, list) else [held])):
            yield Unplaced(Kind.WORD, _under(path, type(read).model_fields[name].alias or name))
    table = NAMES_OF.get(type(read), {})
    for name in read.extras if table else ():
        if not _is_known(name, table):
            yield Unplaced(Kind.WORD, _under(path, name))


def _is_known(text: str | None, table: Mapping[str, Words]) -> bool:
    if not text or text is NOT_SINGLE:
        return True
    return code_words.named(table, text).words is not None or (
        table is code_words.COUNTRIES and countries.alpha_2(text) is not None
    )


def _under(path: str, name: str) -> str:
    shown = NUMBER.sub("#", visible(name))[:LONGEST_NAME]
    return (f"{path}.{shown}" if path else shown)[:LONGEST_PATH]
