"""Whatever two people do in whatever order, a case is decided by two, and the trail tells each step once."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.assessment.decision.outcomes import Outcome
from cases.models import AuditEvent, Case, CaseState, Decision, ProposalEnd, SecondState, Verb
from cases.models.review.decision import DECIDES
from cases.workflows.casework.decisions import countersigning, proposing, reopening
from cases.workflows.casework.decisions.refused import NotDecided, Refused
from cases.workflows.locks.open_case import CaseIsClosed
from tests import deciding, factories, judging

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
Step = Callable[[Case], object]


def _newest(case: Case) -> Decision:
    found = Decision.objects.filter(case=case).order_by("-number").first()
    return found or Decision(number=1, digest="")


def _again(case: Case) -> None:
    """Somebody says once more that a requirement is met: an approval that rests on it is void."""
    status = deciding.present_of(case).requirements.by_id["R19"]
    deciding.state(case, status, "Asked again.")


STEPS: dict[str, Step] = {
    "approve": deciding.proposed,
    "refuse": lambda case: deciding.proposed(case, deciding.draft(Outcome.REFUSE)),
    "close, by a reviewer": lambda case: deciding.proposed(
        case, deciding.draft(Outcome.CLOSE), factories.ola()
    ),
    "withdraw": lambda case: proposing.withdraw(case, _newest(case).number, factories.kari()),
    "countersign": lambda case: deciding.countersigned(case, _newest(case)),
    "countersign, as a lead": lambda case: deciding.countersigned(case, _newest(case), factories.lead()),
    "countersign one's own": lambda case: deciding.countersigned(case, _newest(case), factories.kari()),
    "send back": lambda case: countersigning.send_back(
        case, _newest(case).number, _newest(case).digest, "Say why.", factories.ola()
    ),
    "reopen": lambda case: reopening.reopen(case, "A new owner", factories.ola()),
    "say anew": _again,
    "judge anew": judging.judged,
}
LIKELY = ("approve", "refuse", "countersign", "reopen")


def holds(case: Case) -> None:
    """What must be true after any step."""
    case.refresh_from_db()
    rows = list(Decision.objects.filter(case=case).order_by("-number"))
    waiting = [row for row in rows if row.is_awaited]
    assert len(waiting) == int(case.state == CaseState.PROPOSED)
    confirmed = [row for row in rows if row.is_confirmed]
    assert all(row.second_by_id not in (None, row.by_id) for row in confirmed)
    if case.is_decided:
        assert rows[0].is_confirmed
        assert case.state == DECIDES[rows[0].outcome]
    counts = {
        Verb.DECISION_PROPOSED: len(rows),
        Verb.DECISION_COUNTERSIGNED: len(confirmed),
        Verb.DECISION_SENT_BACK: sum(row.second_state == SecondState.SENT_BACK for row in rows),
        Verb.DECISION_VOIDED: sum(row.ending == ProposalEnd.VOID for row in rows),
        Verb.DECISION_WITHDRAWN: sum(row.ending == ProposalEnd.WITHDRAWN for row in rows),
    }
    for verb, count in counts.items():
        assert AuditEvent.objects.of_case(case).with_verbs(verb).count() == count, verb


@pytest.fixture
def case() -> Case:
    return deciding.ready(judging.entry())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from([*STEPS, *LIKELY]), min_size=3, max_size=9))
def test_in_any_order_two_decide(case: Case, steps: list[str]) -> None:
    with transaction.atomic():
        for step in steps:
            with suppress(NotDecided, Refused, CaseIsClosed):
                STEPS[step](case)
            holds(case)
        transaction.set_rollback(True)
    case.refresh_from_db()
