"""What a person said of a requirement: that it is met, or that it is waived."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.policy.requirement_terms import Requirement, Who
from cases.assessment.requirements.case_facts import EvidenceRef
from cases.assessment.requirements.found import Found, first_of
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.wording import Words


class StatementKind(StrEnum):
    """What was said; stored with each statement."""

    MET = "MET"
    WAIVED = "WAIVED"
    TAKEN_BACK = "TAKEN_BACK"

    @property
    def words(self) -> Words:
        """The kind as a reader sees it."""
        return KINDS[self]


KINDS: dict[StatementKind, Words] = {
    StatementKind.MET: _("Met"),
    StatementKind.WAIVED: _("Waived"),
    StatementKind.TAKEN_BACK: _("Taken back"),
}


class Outcome(StrEnum):
    """What a search found; NONE of a statement about something else."""

    NONE = ""
    NOTHING_FOUND = "NOTHING_FOUND"
    FOUND = "FOUND"

    @property
    def words(self) -> Words:
        """The outcome as a reader sees it."""
        return OUTCOMES[self]


OUTCOMES: dict[Outcome, Words] = {
    Outcome.NONE: _("Not stated"),
    Outcome.NOTHING_FOUND: _("Nothing was found"),
    Outcome.FOUND: _("Something was found"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """The newest that a person said of a requirement. `about`: what it was about, held against what is so today.

    `until`: the last day of a waiver; `evidence_day`: of which day the evidence is.
    """

    kind: StatementKind
    by: str
    on: datetime.date
    words: str = ""
    about: tuple[str, ...] = ()
    outcome: Outcome = Outcome.NONE
    until: datetime.date | None = None
    evidence_day: datetime.date | None = None
    evidence: tuple[EvidenceRef, ...] = ()

    def stale_on(self, required: Requirement) -> datetime.date | None:
        """The first day on which what it rests on is too old; None if it does not age."""
        if self.kind is not StatementKind.MET or required.fresh_months is None:
            return None
        return months_from(self.evidence_day or self.on, required.fresh_months)

    def why_not(self, required: Requirement, found: Found, today: datetime.date) -> Words:
        """Why it does not count any more; '' as long as it does."""
        if self.kind is StatementKind.TAKEN_BACK:
            return _("Taken back by %(name)s.") % {"name": self.by}
        who = required.waived_by if self.kind is StatementKind.WAIVED else required.met_by
        if who is Who.NOBODY:
            return _("The requirement set does not let anybody say so.")
        if self.about != found.about:
            return _("It was about something else: %(change)s") % {"change": _change(self.about, found.about)}
        return self.over_because(required, today)

    def over_because(self, required: Requirement, today: datetime.date) -> Words:
        """Why it does not count any more for its time is over; '' as long as it is not."""
        if self.until is not None and today > self.until:
            return _("The waiver ended on %(day)s.") % {"day": date_words(self.until)}
        stale_on = self.stale_on(required)
        if stale_on is not None and today >= stale_on:
            return _("What it rests on is too old since %(day)s.") % {"day": date_words(stale_on)}
        return ""


def _change(was: tuple[str, ...], now: tuple[str, ...]) -> str:
    """What came and what went, in words, the first few of each."""
    before, after = set(was), set(now)
    came = [part for part in now if part not in before]
    went = [part for part in was if part not in after]
    parts = [
        *([str(_("new: %(parts)s") % {"parts": first_of(came)})] if came else []),
        *([str(_("no more: %(parts)s") % {"parts": first_of(went)})] if went else []),
    ]
    return "; ".join(parts)
