"""What a judgement was made on, in plain values: the entry as it was compared, the lines, and the parties of ours."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.same_party import folded
from cases.findings.screening.comparison import Line
from cases.findings.screening.hit import Hit
from cases.findings.screening.named_parties import NamedParty
from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.wording import Words
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.result.scalars import Day

KEY_DIGITS = 24
MOST_VALUES = 50  # of one field; the hash covers all
CONTENT_LABELS: dict[str, Words] = {
    "kind": _("Kind"),
    "name": _("Name"),
    "aliases": _("Also known as"),
    "births": _("Date of birth"),
    "addresses": _("Addresses"),
    "function": _("Function"),
    "list": _("List"),
}
Content = dict[str, list[str]]


def content_of(hit: Hit) -> Content:
    """What of a list's entry was compared, by field. Match number, dates of the list and comments are not in it."""
    births = [hit.birth_date.raw] if hit.birth_date and hit.birth_date.raw else []
    return {
        "kind": [str(hit.kind)] if hit.kind else [],
        "name": [hit.name] if hit.name else [],
        "aliases": sorted(set(hit.aliases)),
        "births": sorted({*births, *hit.birth_info}),
        "addresses": sorted({_address(address) for address in hit.addresses}),
        "function": [text for text in (hit.title, hit.function) if text],
        "list": [hit.list_name.raw] if hit.list_name else [],
    }


def _address(address: Address) -> str:
    country = address.country.raw if address.country else address.country_name
    parts = (address.street, address.postal_code, address.city, country)
    return ", ".join(part for part in parts if part)


def digest(value: object) -> str:
    """The SHA-256 (hex) over a value of plain JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def party_key(party: NamedParty) -> str:
    """A key of what a party of ours is compared by: kind, names, births, numbers. Another value is another key."""
    births = sorted({born.day.isoformat() if born.day else folded(born.raw) for born in party.births})
    numbers = sorted({identifying_number(number) or folded(number) for number in party.numbers})
    described = [str(party.kind or ""), sorted({folded(name) for name in party.names}), births, numbers]
    return digest(described)[:KEY_DIGITS]


def parties_of(parties: Iterable[NamedParty]) -> dict[str, str]:
    """The parties of ours by key, with the name of each ('' if none is told), in the order of their keys."""
    found = {party_key(party): party.name or "" for party in parties}
    return dict(sorted(found.items()))


def compared_of(hit: Hit) -> list[dict[str, Any]]:
    """The compared lines of a hit in plain values, as a person saw them when judging."""
    if hit.comparison is None:
        return []
    return [_line(line) for line in hit.comparison.lines]


def _line(line: Line) -> dict[str, Any]:
    return {
        "attribute": line.attribute,
        "verdict": str(line.verdict),
        "theirs": [_text(value) for value in line.theirs[:MOST_VALUES]],
        "ours": [_text(value) for value in line.ours[:MOST_VALUES]],
        "score": line.score_words,
        "note": str(line.note),
    }


def _text(value: str | Word | Day) -> str:
    return value if isinstance(value, str) else value.raw


def differences(was: Mapping[str, list[str]], now: Content) -> dict[str, tuple[list[str], list[str]]]:
    """The fields of an entry that differ, by name: what it held, and what it holds."""
    names = [name for name in CONTENT_LABELS if was.get(name, []) != now[name]]
    return {name: (was.get(name, []), now[name]) for name in names}
