"""What an audit event is about: the one form in which it is written into the chain, and read out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_TEXT = re.compile(r"(?P<kind>[a-z]+)(?: (?P<number>[0-9]+)(?: (?P<part>[a-z_]+))?)?")


class SubjectKind(StrEnum):
    """The first word of a subject. Stored in the chain: a word that was once written stays."""

    CASE = "case"
    CASES = "cases"
    SESSION = "session"
    REPORT = "report"
    PERSON = "person"
    EVENT = "event"
    HIT = "hit"
    POLICY = "policy"
    ATTACHMENT = "attachment"
    SUSPICION = "suspicion"


_KINDS = {str(kind): kind for kind in SubjectKind}
ALONE = {SubjectKind.CASE, SubjectKind.CASES}


@dataclass(frozen=True)
class EventSubject:
    """What an event is about: a kind and its number; of a session also which result. Never personal data."""

    kind: SubjectKind
    number: int | None = None
    part: str = ""

    def __str__(self) -> str:
        return " ".join(str(word) for word in (self.kind, self.number, self.part) if word not in (None, ""))

    @classmethod
    def session(cls, number: int) -> EventSubject:
        return cls(SubjectKind.SESSION, number)

    @classmethod
    def result(cls, number: int, kind: str) -> EventSubject:
        """One result of the session with this number."""
        return cls(SubjectKind.SESSION, number, str(kind))

    @classmethod
    def report(cls, number: int) -> EventSubject:
        return cls(SubjectKind.REPORT, number)

    @classmethod
    def person(cls, pk: int) -> EventSubject:
        return cls(SubjectKind.PERSON, pk)

    @classmethod
    def hit(cls, pk: int) -> EventSubject:
        return cls(SubjectKind.HIT, pk)

    @classmethod
    def attachment(cls, number: int) -> EventSubject:
        return cls(SubjectKind.ATTACHMENT, number)

    @classmethod
    def suspicion(cls, number: int) -> EventSubject:
        """A note of suspicion."""
        return cls(SubjectKind.SUSPICION, number)

    @classmethod
    def policy(cls, pk: int) -> EventSubject:
        """A version of policy."""
        return cls(SubjectKind.POLICY, pk)

    @classmethod
    def event(cls, sequence: int) -> EventSubject:
        """Another event of the same chain."""
        return cls(SubjectKind.EVENT, sequence)

    @classmethod
    def parse(cls, text: str) -> EventSubject | None:
        """Read a subject as it is stored; None if it is none of ours, or one of a newer version."""
        found = _TEXT.fullmatch(text)
        kind = _KINDS.get(found["kind"]) if found else None
        if found is None or kind is None:
            return None
        number = found["number"]
        if (number is None) is not (kind in ALONE) or (found["part"] and kind is not SubjectKind.SESSION):
            return None
        return cls(kind, int(number) if number else None, found["part"] or "")


CASE, CASES = EventSubject(SubjectKind.CASE), EventSubject(SubjectKind.CASES)
