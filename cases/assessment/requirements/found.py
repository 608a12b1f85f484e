"""What was found for one requirement, before anybody's word is added to it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.assessment.requirements.case_facts import EvidenceRef
from cases.findings.vocabulary.wording import Words


class State(StrEnum):
    """How a requirement stands."""

    MET_BY_EVIDENCE = "met_by_evidence"
    MET_BY_PERSON = "met_by_person"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"
    CANNOT_BE_KNOWN = "cannot_be_known"

    @property
    def words(self) -> Words:
        """The state as a reader sees it."""
        return STATES[self]

    @property
    def is_open(self) -> bool:
        """Must somebody still do something?"""
        return self in {State.OPEN, State.CANNOT_BE_KNOWN}


STATES: dict[State, Words] = {
    State.MET_BY_EVIDENCE: _("Met by evidence"),
    State.MET_BY_PERSON: _("Met by a person"),
    State.WAIVED: _("Waived"),
    State.NOT_APPLICABLE: _("Not applicable"),
    State.OPEN: _("Open"),
    State.CANNOT_BE_KNOWN: _("Cannot be known from this provider"),
}
NO_RESULT = _("There is no result to read.")
MOST_NAMED = 5  # in a sentence


@dataclass(frozen=True, slots=True)
class Found:
    """How a requirement stands by what is known: `words` say why.

    `about`: what a person's word would be about; it holds as long as that is the same. `arises`: does what it depends
    on hold, or is it not known that it does not? `stale_on`: the first day on which the evidence is too old.
    """

    state: State
    words: Words
    evidence: tuple[EvidenceRef, ...] = ()
    about: tuple[str, ...] = ()
    by: str = ""
    arises: bool = True
    stale_on: datetime.date | None = None
    # What searches of single parties found: True if of any, False if of none of all of them; else not known.
    search_found: bool | None = None


def met(words: Words, evidence: Iterable[EvidenceRef], stale_on: datetime.date | None = None) -> Found:
    """Say that evidence shows it; without any, nothing is shown."""
    shown = tuple(evidence)
    return Found(State.MET_BY_EVIDENCE if shown else State.OPEN, words, shown, stale_on=stale_on)


def lacking(words: Words, *about: str, arises: bool = True, evidence: Iterable[EvidenceRef] = ()) -> Found:
    """Say what is still to be shown; `about`: what a person's word would be about."""
    return Found(State.OPEN, words, tuple(evidence), _named(about), arises=arises)


def unknowable(words: Words, *about: str) -> Found:
    """Say that the provider does not tell it."""
    return Found(State.CANNOT_BE_KNOWN, words, about=_named(about))


def not_applicable(words: Words) -> Found:
    """Say why there is nothing to show."""
    return Found(State.NOT_APPLICABLE, words, arises=False)


def _named(about: Iterable[str]) -> tuple[str, ...]:
    """Once, in an order that stays, without what names nothing."""
    return tuple(sorted(set(about) - {""}))


def first_of(parts: Sequence[str]) -> str:
    """The first few of several, with a mark where there are more."""
    return ", ".join(parts[:MOST_NAMED]) + ("…" if len(parts) > MOST_NAMED else "")


def joined(parts: Iterable[Words]) -> str:
    """Several findings as sentences, one after another."""
    return " ".join(f"{str(part).rstrip('.')}." for part in parts)
