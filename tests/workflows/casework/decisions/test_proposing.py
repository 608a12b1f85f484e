"""A decision is proposed by one person who saw what it rests on; an approval waits for every requirement."""

import datetime
import uuid

import pytest
from django.utils import timezone

from cases.assessment.decision.draft import Condition
from cases.assessment.decision.outcomes import Outcome, Reason
from cases.assessment.policy.risk_terms import RiskClass
from cases.models import AuditEvent, CaseState, Decision, ProposalEnd, Verb
from cases.workflows.casework import overriding
from cases.workflows.casework.decisions import proposing
from cases.workflows.casework.decisions.refused import NotDecided, Refused
from cases.workflows.casework.overriding import WantedClass
from cases.workflows.locks.open_case import CaseIsClosed
from tests import deciding, factories, judging

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + datetime.timedelta(days=30)


def test_an_approval_waits_for_a_second_person_with_what_it_rests_on() -> None:
    case = deciding.ready(judging.entry())
    row = deciding.proposed(case)
    case.refresh_from_db()
    assert (case.state, row.is_awaited, row.number, row.risk_class) == (CaseState.PROPOSED, True, 1, "normal")
    assert row.digest == deciding.present_of(case).of_approval.digest
    assert [part["part"] for part in row.basis] == ["capture", "hits", "owners", "risk", "requirements"]
    assert row.capture == judging.reading_of(case).artefact
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.DECISION_PROPOSED).get()
    assert (event.actor, event.rests_on) == (factories.kari(), row.digest)


def test_what_blocks_an_approval_is_named_and_nothing_is_written() -> None:
    case = judging.case_with()
    for outcome in (Outcome.APPROVE, Outcome.CONDITIONS):
        with pytest.raises(Refused) as refused:
            deciding.proposed(case, deciding.draft(outcome))
        named = {status.required.id for status in refused.value.blocking}
        assert {"R08", "R16", "R17", "R19", "R22"} <= named
        assert not named & {"R28", "R30"}
    assert not Decision.objects.exists()


def test_a_case_may_be_refused_or_closed_at_any_time() -> None:
    for outcome in (Outcome.REFUSE, Outcome.CLOSE):
        case = factories.case()
        row = deciding.proposed(case, deciding.draft(outcome))
        assert (row.is_awaited, row.next_review, row.superior_because) == (True, None, "")
        assert row.capture is None


def test_what_cannot_be_kept_is_refused_at_its_field() -> None:
    case = deciding.ready()
    late = TODAY + datetime.timedelta(days=365 * 4)
    slips = [
        (deciding.draft(rationale="  "), "rationale"),
        (deciding.draft(next_review=None), "next_review"),
        (deciding.draft(next_review=TODAY), "next_review"),
        (deciding.draft(next_review=late), "next_review"),
        (deciding.draft(Outcome.REFUSE, reason=Reason.NONE), "reason"),
        (deciding.draft(Outcome.REFUSE, reason=Reason.DUPLICATE), "reason"),
        (deciding.draft(Outcome.CLOSE, reason=Reason.SANCTIONS), "reason"),
        (deciding.draft(Outcome.CONDITIONS, conditions=()), "conditions"),
        (deciding.draft(Outcome.CONDITIONS, conditions=(Condition("", SOON),)), "conditions"),
        (deciding.draft(Outcome.CONDITIONS, conditions=(Condition("A copy", None),)), "conditions"),
        (deciding.draft(Outcome.CONDITIONS, conditions=(Condition("A copy", TODAY),)), "conditions"),
    ]
    for how, field in slips:
        with pytest.raises(Refused) as refused:
            deciding.proposed(case, how)
        assert [objection.field for objection in refused.value.objections] == [field], how
    assert not Decision.objects.exists()


def test_who_has_no_right_proposes_nothing_and_nobody_in_a_closed_case() -> None:
    case = factories.case()
    for person in (factories.auditor(), factories.admin(), factories.stranger()):
        with pytest.raises(NotDecided):
            deciding.proposed(case, deciding.draft(Outcome.REFUSE), by=person)
    case.withdraw("Opened in error", timezone.now())
    case.save()
    with pytest.raises(CaseIsClosed):
        deciding.proposed(case, deciding.draft(Outcome.REFUSE))


def test_who_saw_something_else_is_told() -> None:
    case = deciding.ready()
    before = deciding.seen(case)
    deciding.answer_all(case)
    present = deciding.present_of(case)
    deciding.state(case, present.requirements.by_id["R14"], "Another look at the purpose.")
    with pytest.raises(NotDecided):
        proposing.propose(case, before, deciding.draft(), factories.kari(), uuid.uuid4())
    first = deciding.seen(case)
    deciding.proposed(case)
    with pytest.raises(NotDecided):
        proposing.propose(case, first, deciding.draft(), factories.maja(), uuid.uuid4())
    assert Decision.objects.count() == 1


def test_the_same_sending_is_one_proposal() -> None:
    case, submission = factories.case(), uuid.uuid4()
    shown = deciding.seen(case)
    how = deciding.draft(Outcome.CLOSE)
    rows = {proposing.propose(case, shown, how, factories.kari(), submission) for _twice in range(2)}
    assert len(rows) == 1


def test_a_class_in_dispute_or_prohibited_is_not_approved() -> None:
    case = deciding.ready()
    present = deciding.present_of(case).risk.present
    assert present is not None
    wanted = WantedClass(overriding.SETTABLE[0], "We know them.", 0, present.found.risk_class)
    row = overriding.override(case, wanted, factories.kari(), uuid.uuid4())
    assert row.awaits_second
    with pytest.raises(Refused) as refused:
        deciding.proposed(case)
    assert "override" in str(refused.value.objections[0].words)


def test_what_a_gate_prohibits_is_refused_and_not_approved() -> None:
    case = deciding.ready(judging.entry(matchIndicator=310))
    judging.judged_by_two(case, how=judging.draft("TRUE_MATCH", "TM01"))
    present = deciding.present_of(case)
    assert present.risk_class == RiskClass.PROHIBITED
    with pytest.raises(Refused) as refused:
        deciding.proposed(case)
    assert "prohibits" in str(refused.value.objections[0].words)
    assert deciding.proposed(case, deciding.draft(Outcome.REFUSE)).is_awaited


def test_only_its_maker_withdraws_a_proposal() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    with pytest.raises(NotDecided):
        proposing.withdraw(case, row.number, factories.lead())
    for _twice in range(2):
        proposing.withdraw(case, row.number, factories.kari())
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.ending, row.ended_by, case.state) == (
        ProposalEnd.WITHDRAWN,
        factories.kari(),
        CaseState.IN_REVIEW,
    )
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.DECISION_WITHDRAWN).count() == 1
    assert deciding.proposed(case, deciding.draft(Outcome.CLOSE)).number == 2
