"""Decides some seeded cases, as the people of the demonstration would: in every state a decision may be in."""

import datetime
import uuid
from collections.abc import Iterable

from django.utils import timezone

from cases.assessment.decision.draft import Condition, DecisionDraft
from cases.assessment.decision.outcomes import Outcome, Reason
from cases.models import Case, CaseState, Decision, Screening, User
from cases.workflows.casework.decisions import (
    case_basis,
    countersigning,
    proposals,
    proposing,
    reopening,
)
from cases.workflows.casework.decisions.refused import Refused
from cases.workflows.demo_data.completing import complete
from cases.workflows.demo_data.earlier import earlier, quiet_for

NAMESPACE = uuid.UUID("f1a5b8f2-7d5e-5a53-8a34-6b6f8c0f2d11")
SEND_BACK = "Say what the customer wants the account for."
REOPENED = "The customer told of a new owner."
OVERDUE = 10  # days since a decision of which a condition is overdue
# What becomes of a case, one after the other.
OUTCOMES = {
    "condition overdue": Outcome.CONDITIONS,
    "conditions": Outcome.CONDITIONS,
    "refused": Outcome.REFUSE,
    "closed": Outcome.CLOSE,
}
ENDS = (
    "condition overdue",
    "approved",
    "awaited",
    "conditions",
    "refused",
    "sent back",
    "reopened",
    "closed",
    "withdrawn",
)


def decide_some(submissions: Iterable[list[uuid.UUID]], cast: dict[str, User]) -> int:
    """Decide cases with a result, one in each state that a decision may be in; give how many.

    The cases that were decided before are not told apart: where there are as many as states, nothing is done.
    """
    every = [*submissions]
    keys = [key for together in every for key in together]
    left = [*ENDS[Decision.objects.filter(case__submission__in=keys).count() :]]
    count = len(left)
    for case in _waiting(keys) if left else ():
        end = next((end for end in left if _decide(case, end, cast)), None)
        if end is not None:
            left.remove(end)
        if not left:
            break
    return count - len(left)


def _waiting(keys: list[uuid.UUID]) -> Iterable[Case]:
    """The cases with a result and without open hits of which nobody has proposed anything."""
    with_result = Case.objects.open().filter(submission__in=keys, read_at__isnull=False)
    found = with_result.filter(decisions__isnull=True, screening__in=(Screening.NONE, Screening.JUDGED))
    return (
        found.filter(recusals__isnull=True).exclude(state=CaseState.WAITING).distinct().order_by("submission")
    )


def _decide(case: Case, end: str, cast: dict[str, User]) -> bool:
    """Have a case end so; False if something stands in its way that is nobody's to say."""
    if end != "condition overdue":
        return _end(case, end, cast, soon=45)
    if not quiet_for(Case.objects.filter(pk=case.pk), OVERDUE + 1).exists():
        return False
    with earlier(OVERDUE):
        return _end(case, end, cast, soon=OVERDUE - 2)


def _end(case: Case, end: str, cast: dict[str, User], soon: int) -> bool:
    """The same, with so many days for a condition."""
    try:
        row = _proposed(case, OUTCOMES.get(end, Outcome.APPROVE), cast, soon)
    except Refused:
        return False
    _answer(case, row, end, cast)
    return True


def _proposed(case: Case, outcome: Outcome, cast: dict[str, User], soon: int) -> Decision:
    if outcome.is_approval:
        complete(case, cast, NAMESPACE)
    today = timezone.localdate()
    present = case_basis.of_case(case, today)
    rows = proposals.of_case(case)
    seen = proposing.Seen(rows[0].number if rows else 0, present.of_approval.digest)
    submission = uuid.uuid5(NAMESPACE, f"{case.submission}/decision")
    return proposing.propose(case, seen, _draft(outcome, today, soon), cast["analyst"], submission)


def _draft(outcome: Outcome, today: datetime.date, soon: int) -> DecisionDraft:
    if not outcome.is_approval:
        reason = Reason.OUTSIDE_APPETITE if outcome is Outcome.REFUSE else Reason.CUSTOMER_WITHDREW
        return DecisionDraft(outcome, "The customer told us so on the telephone.", reason=reason)
    conditions = (
        Condition("A certified copy of the passport of each owner", today + datetime.timedelta(days=soon)),
    )
    return DecisionDraft(
        outcome,
        "The structure is simple, the owners are known, and the purpose fits the trade.",
        next_review=today + datetime.timedelta(days=330),
        conditions=conditions if outcome is Outcome.CONDITIONS else (),
    )


def _answer(case: Case, row: Decision, end: str, cast: dict[str, User]) -> None:
    if end == "awaited":
        return
    if end == "withdrawn":
        proposing.withdraw(case, row.number, cast["analyst"])
    elif end == "sent back":
        countersigning.send_back(case, row.number, row.digest, SEND_BACK, cast["lead"])
    else:
        countersigning.countersign(case, row.number, row.digest, cast["lead"])
    if end == "reopened":
        reopening.reopen(case, REOPENED, cast["lead"])
