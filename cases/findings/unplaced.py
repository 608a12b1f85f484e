"""What the provider sends and the portal has no place for: by path alone, never by value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from cases.findings import countries, words
from cases.findings.presence import Words
from cases.provider import holders, wire
from cases.provider.chapter import Metadata
from cases.provider.nodes import Wire, tidy
from cases.provider.scalars import UNREAD, visible
from cases.provider.variants import Variants, as_object

MOST_OF_A_RESULT = 50
LONGEST_NAME, LONGEST_PATH = 60, 200
NUMBER = re.compile(r"[0-9]{5,}")  # may be somebody's

# Elements whose values are words of an enumeration.
WORDS_AT: dict[type[Wire], dict[str, Mapping[str, Words]]] = {
    Metadata: {"sources": words.SOURCES},
    wire.KeyInformation: {
        "organization_type": words.ORGANISATION_TYPES,
        "country": words.COUNTRIES,
        "status_codes": words.STATUSES,
        "member_of_registries": words.REGISTRIES,
    },
    wire.Address: {"country": words.COUNTRIES},
    wire.Beneficial: {"roles": words.ROLES, "reason": words.REASONS},
    wire.Shareholder: {"type": words.HOLDER_TYPES},
    holders.RoleHolder: {"role": words.ROLES},
    wire.Signatory: {"role": words.ROLES},
    wire.SignatureRule: {"status": words.RULE_STATUSES},
    wire.RuleRemark: {"category": words.REMARK_CATEGORIES},
    wire.Sanction: {"status": words.SANCTION_STATUSES},
    wire.SanctionResult: {"source": words.SOURCES},
    wire.ListAddress: {"country_code": words.COUNTRIES},
}
# Objects whose names are words themselves; the names of indicators are not public (contract §7).
NAMES_OF: dict[type[Wire], Mapping[str, Words]] = {
    holders.Roles: {**words.ROLES, "OTHERS": ""},
    wire.KeyFigures: words.FIGURES,
    wire.Statement: words.FIGURES,
}


class Kind(StrEnum):
    """What there is no place for."""

    FIELD = "field"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A field nobody declared, or an element that held a word nobody knows."""

    kind: Kind
    path: str


def unplaced(document: dict[str, Any], read: wire.Organization) -> tuple[Unplaced, ...]:
    """List each once, in the order of the result; no more than MOST_OF_A_RESULT, for names are the provider's."""
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
        if not all(_is_known(each, table) for each in (held if isinstance(held, list) else [held])):
            yield Unplaced(Kind.WORD, _under(path, type(read).model_fields[name].alias or name))
    table = NAMES_OF.get(type(read), {})
    for name in read.extras if table else ():
        if not _is_known(name, table):
            yield Unplaced(Kind.WORD, _under(path, name))


def _is_known(text: str | None, table: Mapping[str, Words]) -> bool:
    if not text or text is UNREAD:
        return True
    return words.named(table, text).words is not None or (
        table is words.COUNTRIES and countries.alpha_2(text) is not None
    )


def _under(path: str, name: str) -> str:
    shown = NUMBER.sub("#", visible(name))[:LONGEST_NAME]
    return (f"{path}.{shown}" if path else shown)[:LONGEST_PATH]
