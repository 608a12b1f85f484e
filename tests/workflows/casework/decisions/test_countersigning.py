"""A decision is made by two: not by its maker, by a superior where the law wants one, once, and never if it is void."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from cases.assessment.decision.draft import Condition
from cases.assessment.decision.outcomes import Outcome
from cases.models import AuditEvent, Case, CaseState, Decision, SecondState, User, Verb
from cases.web.my_work.to_confirm import decisions_to_countersign
from cases.workflows.casework import recusing
from cases.workflows.casework.decisions import countersigning, proposing, reopening
from cases.workflows.casework.decisions.refused import NotDecided, Refused
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.ordering import correcting
from cases.workflows.ordering.session_requests import NotPossible
from tests import deciding, factories

pytestmark = pytest.mark.django_db
STATES = {
    Outcome.APPROVE: CaseState.APPROVED,
    Outcome.CONDITIONS: CaseState.CONDITIONS,
    Outcome.REFUSE: CaseState.REFUSED,
    Outcome.CLOSE: CaseState.CLOSED,
}


def test_another_person_decides_the_case_and_it_is_read_only() -> None:
    case = deciding.ready()
    for outcome, state in STATES.items():
        made = deciding.decided(case, deciding.draft(outcome))
        assert (case.state, made.is_confirmed, made.second_by) == (state, True, factories.ola())
        with pytest.raises(CaseIsClosed):
            deciding.answer_all(case)
        reopening.reopen(case, "A new owner", factories.ola())
        case.refresh_from_db()
        assert case.state == CaseState.REOPENED


def test_what_a_decision_is_made_of_meets_the_last_requirements() -> None:
    case = deciding.ready()
    made = deciding.decided(case)
    statuses = deciding.present_of(case).requirements
    assert not statuses.open
    decided = statuses.by_id["R28"]
    assert decided.by == "Kari Nordmann, Ola Hansen"
    assert [ref.hash for ref in decided.evidence] == [made.digest]


def test_conditions_are_requirements_until_they_are_shown() -> None:
    case = deciding.ready()
    deciding.decided(case, deciding.draft(Outcome.CONDITIONS))
    (condition,) = deciding.present_of(case).requirements.open
    assert (condition.required.id, condition.required.title) == ("K1", "A certified copy of the passport")
    deciding.state(case, condition)
    assert not deciding.present_of(case).requirements.open
    others = deciding.present_of(case).requirements.by_id["R14"]
    with pytest.raises(CaseIsClosed):
        deciding.state(case, others)


def test_its_maker_is_refused_by_workflow_orm_and_sql() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE), by=factories.ola())
    with pytest.raises(NotDecided):
        deciding.countersigned(case, row, by=factories.ola())
    with pytest.raises(IntegrityError), transaction.atomic():
        row.answer(SecondState.CONFIRMED, factories.ola(), timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_decision SET second_state = 'CONFIRMED', second_by_id = by_id, second_at = at"
        )
    for state in ("APPROVED", "REFUSED"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_case SET state = %s", [state])
    row.refresh_from_db()
    assert row.is_awaited


def test_who_has_no_right_answers_nothing() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    for person in (factories.maja(), factories.auditor(), factories.admin(), factories.stranger()):
        with pytest.raises(NotDecided):
            deciding.countersigned(case, row, by=person)
    with pytest.raises(NotDecided):
        countersigning.countersign(case, row.number, "f" * 64, factories.ola())
    with pytest.raises(NotDecided):
        countersigning.send_back(case, row.number, row.digest, " ", factories.ola())
    row.refresh_from_db()
    assert row.is_awaited


def test_what_the_law_reserves_to_a_superior_nobody_else_countersigns() -> None:
    case = deciding.ready(exposed=True)
    row = deciding.proposed(case)
    assert row.superior_because == "Measures for politically exposed persons"
    assert countersigning.who_can(row) == [factories.lead()]
    with pytest.raises(NotDecided) as refused:
        deciding.countersigned(case, row)
    assert "superior" in str(refused.value.words)
    assert not decisions_to_countersign(factories.ola())
    assert [found.pk for found in decisions_to_countersign(factories.lead())] == [row.pk]
    assert deciding.countersigned(case, row, by=factories.lead()).is_confirmed


def test_who_is_no_superior_may_send_back_what_is_reserved_to_one() -> None:
    case = deciding.ready(exposed=True)
    row = deciding.proposed(case)
    assert countersigning.send_back(case, row.number, row.digest, "Say why.", factories.ola()).is_sent_back


def test_done_again_it_stays_so_and_a_reopened_case_is_decided_by_nobody_alone() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    for _twice in range(2):
        assert countersigning.countersign(case, row.number, row.digest, factories.ola(), "Seen.").is_confirmed
    assert Decision.objects.get().second_words == "Seen."
    reopening.reopen(case, "A new owner", factories.ola())
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=CaseState.REFUSED)


def test_who_is_recused_neither_proposes_nor_countersigns() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    recusing.recuse(case, "The owner is my brother.", factories.ola())
    with pytest.raises(NotDecided):
        deciding.countersigned(case, row)
    lead = factories.lead()
    assert countersigning.who_can(row) == [lead]
    assert not decisions_to_countersign(factories.ola())
    proposing.withdraw(case, row.number, factories.kari())
    with pytest.raises(NotDecided):
        deciding.proposed(case, deciding.draft(Outcome.CLOSE), by=factories.ola())


def test_days_that_passed_meanwhile_are_no_days_to_decide_by() -> None:
    case = deciding.ready()
    soon = timezone.localdate() + datetime.timedelta(days=2)
    for how in (
        deciding.draft(next_review=soon),
        deciding.draft(Outcome.CONDITIONS, conditions=(Condition("A copy of the passport", soon),)),
    ):
        row = deciding.proposed(case, how)
        with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
            with pytest.raises(NotDecided) as refused:
                deciding.countersigned(case, row)
            assert "passed" in str(refused.value.words)
        proposing.withdraw(case, row.number, factories.kari())


def test_while_a_result_is_awaited_nothing_is_approved() -> None:
    case = deciding.ready()
    row = deciding.proposed(case)
    factories.session(case, "OPEN", results={"json": "ASKED"})
    with pytest.raises(NotDecided) as refused:
        deciding.countersigned(case, row)
    assert "under way" in str(refused.value.words)
    proposing.withdraw(case, row.number, factories.kari())
    with pytest.raises(Refused):
        deciding.proposed(case)
    assert deciding.decided(case, deciding.draft(Outcome.REFUSE)).is_confirmed


def test_a_case_with_a_proposal_is_not_withdrawn() -> None:
    case = factories.session(factories.case(), "FAILED").case
    deciding.proposed(case, deciding.draft(Outcome.CLOSE))
    with pytest.raises(NotPossible):
        correcting.withdraw(case, "Opened in error", factories.kari())


def test_it_is_sent_back_with_words_and_proposed_anew() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    for _twice in range(2):
        countersigning.send_back(case, row.number, row.digest, "Say which trade.", factories.ola())
    case.refresh_from_db()
    assert case.state == CaseState.SENT_BACK
    with pytest.raises(NotDecided):
        deciding.countersigned(case, row)
    assert deciding.countersigned(case, deciding.proposed(case, deciding.draft(Outcome.REFUSE))).number == 2
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.DECISION_SENT_BACK).count() == 1


def test_a_withdrawn_proposal_is_answered_by_nobody() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    proposing.withdraw(case, row.number, factories.kari())
    with pytest.raises(NotDecided):
        deciding.countersigned(case, row)
    assert not Decision.objects.filter(second_state=SecondState.CONFIRMED).exists()


def test_only_who_may_reopens_and_says_why() -> None:
    case = factories.case()
    with pytest.raises(NotDecided):
        reopening.reopen(case, "Not decided yet", factories.ola())
    deciding.decided(case, deciding.draft(Outcome.CLOSE))
    for person, reason in ((factories.kari(), "A new owner"), (factories.ola(), "  ")):
        with pytest.raises(NotDecided):
            reopening.reopen(case, reason, person)
    reopening.reopen(case, "The customer came back", factories.ola())
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_REOPENED).get()
    assert event.actor == factories.ola()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_countersign_at_once_one_does() -> None:
    case = factories.case()
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    people = [factories.person(f"reviewer-{number}", "reviewer") for number in range(10)]

    def countersign(person: User) -> bool:
        try:
            return countersigning.countersign(case, row.number, row.digest, person).second_by_id == person.pk
        except (NotDecided, CaseIsClosed):
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(countersign, people * 5))
    row.refresh_from_db()
    assert row.is_confirmed
    assert {person.pk for person, did in zip(people * 5, results, strict=True) if did} == {row.second_by_id}
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.DECISION_COUNTERSIGNED).count() == 1
