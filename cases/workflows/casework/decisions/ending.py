"""End a proposal that nobody answered: its maker withdraws it, or what it rests on changed."""

from collections.abc import Sequence

from django.utils import timezone

from cases.models import Case, CaseState, Decision, ProposalEnd, User, Verb
from cases.models.audit.subject import CASE
from cases.models.review.decision import ENDED
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework.decisions import case_moves

VERBS = {
    ProposalEnd.WITHDRAWN: Verb.DECISION_WITHDRAWN,
    ProposalEnd.VOID: Verb.DECISION_VOIDED,
}


def end(case: Case, row: Decision, how: ProposalEnd, actor: User | None, because: Sequence[str] = ()) -> None:
    """End a proposal: the case is in review again. Inside the lock of the case.

    `actor` is who withdrew it, or changed what it rests on; `because` is what changed, a line each.
    """
    row.ending, row.ended_by, row.ended_at = how, actor, timezone.now()
    row.ended_because = list(because)
    row.save(update_fields=ENDED)
    was = case.state
    case_moves.move(case, CaseState.IN_REVIEW)
    trail.record(
        case,
        VERBS[how],
        actor=actor if how is ProposalEnd.WITHDRAWN else None,
        subject=CASE,
        rests_on=row.digest,
        was=was,
        now=case.state,
        detail={"void_because": row.ended_because, **recorded_columns.of_ending(row)},
    )
