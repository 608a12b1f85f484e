"""What a person fills in to propose a decision, and what speaks against keeping it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.decision.outcomes import REASONS, Outcome, Reason
from cases.assessment.months import months_from
from cases.assessment.objection import Objection
from cases.findings.vocabulary.formats import date_words

OUTCOME, REASON, RATIONALE, NEXT_REVIEW, CONDITIONS = (
    *("outcome", "reason", "rationale", "next_review"),
    "conditions",
)
MOST_CONDITIONS = 20


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be shown after the approval, and the last day for it."""

    words: str
    due: datetime.date | None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What was filled in. Conditions are of an approval with conditions alone, a reason of what is not approved."""

    outcome: Outcome
    rationale: str
    reason: Reason = Reason.NONE
    next_review: datetime.date | None = None
    conditions: tuple[Condition, ...] = ()


def latest_review(today: datetime.date, months: int) -> datetime.date:
    """The last day on which the next review may be: it may only be earlier."""
    return months_from(today, months)


def objections(
    draft: DecisionDraft, today: datetime.date, review_months: int | None
) -> tuple[Objection, ...]:
    """Everything that speaks against keeping a draft; none if it can be kept.

    `review_months`: after which the class of the case is reviewed; None where there is no class.
    """
    return tuple(_objections(draft, today, review_months))


def _objections(draft: DecisionDraft, today: datetime.date, review_months: int | None) -> Iterator[Objection]:
    if not draft.rationale.strip():
        yield Objection(RATIONALE, _("Say why."))
    if not draft.outcome.is_approval:
        if draft.reason not in REASONS[draft.outcome]:
            yield Objection(REASON, _("Choose a reason of this outcome."))
        return
    if review_months is not None:
        yield from _of_review(draft, today, latest_review(today, review_months))
    if draft.outcome is Outcome.CONDITIONS:
        yield from _of_conditions(draft, today)


def _of_review(draft: DecisionDraft, today: datetime.date, latest: datetime.date) -> Iterator[Objection]:
    if draft.next_review is None or not today < draft.next_review <= latest:
        words = _(
            "Give a day after today, %(day)s at the latest: it may only be earlier than the class says."
        )
        yield Objection(NEXT_REVIEW, words % {"day": date_words(latest)})


def _of_conditions(draft: DecisionDraft, today: datetime.date) -> Iterator[Objection]:
    if not draft.conditions:
        yield Objection(CONDITIONS, _("Give at least one condition, with its last day."))
    if len(draft.conditions) > MOST_CONDITIONS:
        yield Objection(CONDITIONS, _("Give at most %(n)d conditions.") % {"n": MOST_CONDITIONS})
    for condition in draft.conditions:
        if not condition.words.strip() or condition.due is None or condition.due <= today:
            yield Objection(CONDITIONS, _("Give every condition words, and a last day after today."))
            return
