"""What a person fills in to say how a requirement stands, and what speaks against keeping it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.objection import Objection
from cases.assessment.policy.requirement_terms import Who
from cases.assessment.requirements.statement import Outcome, StatementKind
from cases.assessment.requirements.work_out import RequirementStatus
from cases.findings.vocabulary.formats import date_words

LONGEST_WAIVER = 12  # months
KIND, WORDS, OUTCOME, EVIDENCE_DAY, UNTIL, ATTACHMENT = (
    *("kind", "words", "outcome", "evidence_day", "until"),
    "attachment",
)


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """What was filled in; `attachments` is how many files come with it."""

    kind: StatementKind
    words: str
    outcome: Outcome = Outcome.NONE
    evidence_day: datetime.date | None = None
    until: datetime.date | None = None
    attachments: int = 0


def who(status: RequirementStatus, kind: StatementKind) -> Who:
    """Who may say this of a requirement; whoever may say a thing may take it back."""
    stated = status.statement.kind if status.statement else None
    if StatementKind.WAIVED in {kind, stated if kind is StatementKind.TAKEN_BACK else None}:
        return status.required.waived_by
    return status.required.met_by


def objections(
    status: RequirementStatus, draft: StatementDraft, today: datetime.date
) -> tuple[Objection, ...]:
    """Everything that speaks against keeping a draft; none if it can be kept."""
    return tuple(_objections(status, draft, today))


def _objections(
    status: RequirementStatus, draft: StatementDraft, today: datetime.date
) -> Iterator[Objection]:
    if not draft.words.strip():
        yield Objection(WORDS, _("Say in words what it rests on."))
    if draft.kind is StatementKind.TAKEN_BACK:
        if status.statement is None or status.statement.kind is StatementKind.TAKEN_BACK:
            yield Objection(KIND, _("Nobody said anything that could be taken back."))
        return
    if not status.found.state.is_open:
        words = _("Nothing is to be said here: %(state)s.")
        yield Objection(KIND, words % {"state": status.found.state.words})
    elif draft.kind is StatementKind.WAIVED:
        yield from _of_waiver(draft, today)
    elif not status.is_read:
        yield Objection(KIND, _("There is no result to read: nothing can be said to be met yet."))
    else:
        yield from _of_met(status, draft, today)


def _of_waiver(draft: StatementDraft, today: datetime.date) -> Iterator[Objection]:
    latest = months_from(today, LONGEST_WAIVER)
    if draft.until is None or not today <= draft.until <= latest:
        words = _("Give the last day of the waiver, from today to %(day)s.")
        yield Objection(UNTIL, words % {"day": date_words(latest)})


def _of_met(status: RequirementStatus, draft: StatementDraft, today: datetime.date) -> Iterator[Objection]:
    required = status.required
    if required.is_search and draft.outcome is Outcome.NONE:
        yield Objection(OUTCOME, _("Say whether something was found."))
    if required.has_attachment and not draft.attachments:
        yield Objection(ATTACHMENT, _("Attach the file that shows it."))
    if required.fresh_months is None:
        return
    if draft.evidence_day is None or draft.evidence_day > today:
        yield Objection(EVIDENCE_DAY, _("Give the day of the evidence, today at the latest."))
    elif today >= months_from(draft.evidence_day, required.fresh_months):
        words = _("The evidence is too old: it may be at most %(n)d months.")
        yield Objection(EVIDENCE_DAY, words % {"n": required.fresh_months})
