"""What a decision rests on, part by part, as plain values with a digest: the same values, the same digest.

A value is what counts; words and titles are for readers alone, and no part of the digest.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words

Plain = str | int | bool | None
NOT_THERE = _("not there")


class PartName(StrEnum):
    """The parts of what a decision rests on, in their order."""

    CAPTURE = "capture"
    HITS = "hits"
    OWNERS = "owners"
    RISK = "risk"
    REQUIREMENTS = "requirements"

    @property
    def words(self) -> Words:
        """The part as a reader sees it."""
        return PARTS[self]


PARTS: dict[PartName, Words] = {
    PartName.CAPTURE: _("Capture"),
    PartName.HITS: _("Hits"),
    PartName.OWNERS: _("Owners"),
    PartName.RISK: _("Risk"),
    PartName.REQUIREMENTS: _("Requirements"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a decision rests on: known by `key`; `value` is what counts of it, in plain values."""

    key: str
    title: str
    value: tuple[Plain, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a decision rests on; `words` sum it up."""

    name: PartName
    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What of a part is another than it was: in words, before and now."""

    part: PartName
    title: str
    was: str
    now: str

    @property
    def words(self) -> str:
        """It in one line, as events and pages tell it."""
        return f"{self.title}: {self.was} → {self.now}" if self.was != self.now else self.title


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a decision rests on."""

    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of all values, in hexadecimal digits."""
        values = {
            part.name.value: {entry.key: list(entry.value) for entry in part.entries} for part in self.parts
        }
        return sha256(values)

    def part(self, name: PartName) -> Part | None:
        """The part of a name; None if it was written down without."""
        return next((part for part in self.parts if part.name is name), None)

    def changes_to(self, now: "Basis") -> tuple[Change, ...]:
        """What is another now, in the order of the parts; none if the digests are equal."""
        return tuple(change for name in PartName for change in _changes(self.part(name), now.part(name)))

    def as_json(self) -> list[dict[str, Any]]:
        """It in plain values, to be kept."""
        return [
            {
                "part": part.name.value,
                "words": part.words,
                "entries": [
                    [entry.key, entry.title, list(entry.value), entry.words] for entry in part.entries
                ],
            }
            for part in self.parts
        ]


def from_json(kept: Iterable[Mapping[str, Any]]) -> Basis:
    """Read what `as_json` wrote."""
    return Basis(
        tuple(
            Part(
                PartName(part["part"]),
                part["words"],
                tuple(Entry(key, title, tuple(value), words) for key, title, value, words in part["entries"]),
            )
            for part in kept
        )
    )


def sha256(value: object) -> str:
    """The SHA-256 of plain values, whatever the order of names."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def unordered(value: Any) -> Any:
    """Plain values whose lists stand in one order, for what says the same in any."""
    if isinstance(value, Mapping):
        return {str(name): unordered(held) for name, held in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sorted((unordered(held) for held in value), key=sha256)
    return value if isinstance(value, int | bool | None) else str(value)


def _changes(was: Part | None, now: Part | None) -> Iterable[Change]:
    before = {entry.key: entry for entry in was.entries} if was else {}
    after = {entry.key: entry for entry in now.entries} if now else {}
    part = was or now
    for key in dict.fromkeys((*before, *after)):
        first, last = before.get(key), after.get(key)
        if part is None or (first and last and first.value == last.value):
            continue
        title = (last or first or Entry("", "", ())).title
        yield Change(part.name, title, _said(first), _said(last))


def _said(entry: Entry | None) -> str:
    return entry.words if entry else str(NOT_THERE)
