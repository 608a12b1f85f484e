"""The decisions of a case: all of them, the one that waits, and the one that was made."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from cases.assessment.decision.basis import Basis, from_json
from cases.assessment.requirements.case_facts import DecisionFacts, EvidenceRef
from cases.models import Case, CaseState, Decision, SecondState


def of_case(case: Case) -> list[Decision]:
    """Every decision of a case, the newest first, with who made, answered and ended it."""
    found = Decision.objects.filter(case=case).select_related(
        "by", "second_by", "ended_by", "capture__session"
    )
    return list(found.order_by("-number"))


def newest_of(case: Case, decisions: Sequence[Decision]) -> Decision | None:
    """The decision that a case stands by: the newest, whatever became of it; None once the case was reopened.

    `decisions`: all of the case, the newest first.
    """
    newest = decisions[0] if decisions else None
    return None if newest and newest.is_confirmed and not case.is_decided else newest


def awaited_of(case: Case) -> Decision | None:
    """The proposal that waits for a second person; None if none does."""
    if case.state != CaseState.PROPOSED:
        return None
    waiting = Decision.objects.filter(case=case, second_state=SecondState.AWAITED, ending="")
    return waiting.select_related("by").first()


def made_of(case: Case) -> Decision | None:
    """The decision that closed a case; None as long as it is open."""
    if not case.is_decided:
        return None
    made = Decision.objects.filter(case=case, second_state=SecondState.CONFIRMED)
    return made.select_related("by", "second_by", "risk_model").order_by("-number").first()


def basis_of(decision: Decision) -> Basis:
    """What a decision rested on when it was proposed."""
    return from_json(decision.basis)


def facts_of(case: Case) -> DecisionFacts | None:
    """The decision that waits or was made, in the terms of the assessment; None if there is neither."""
    row = awaited_of(case) or made_of(case)
    if row is None:
        return None
    return DecisionFacts(
        ref=EvidenceRef("decision", str(row.number), row.digest),
        proposed_by=row.by.name,
        countersigned_by=row.second_by.name if row.second_by else "",
        on=timezone.localdate(row.second_at) if row.second_at else None,
        next_review=row.next_review,
        conditions=tuple(
            (condition["words"], datetime.date.fromisoformat(condition["due"]))
            for condition in row.conditions
        ),
    )
