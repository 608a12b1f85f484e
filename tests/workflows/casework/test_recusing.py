"""Whoever is recused from a case neither has it nor is a second person in it, and may read it."""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.risk_terms import RiskClass
from cases.models import AuditEvent, Case, Recusal, RiskOverride, Verb
from cases.web.my_work.to_confirm import to_confirm
from cases.workflows.casework import changing, overriding, recusing
from cases.workflows.casework.cases import take, take_next
from cases.workflows.casework.changing import Details
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.as_read import NotTheirs
from cases.workflows.casework.overriding import NotSet, WantedClass
from cases.workflows.casework.recusing import IsRecused, is_recused, recuse
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.verification import reconciling
from tests import chains, factories, judging
from tests.workflows.forgery import execute, without_triggers

pytestmark = pytest.mark.django_db

WHY = "The owner is my brother."


def events(case: Case, *verbs: Verb) -> list[AuditEvent]:
    return list(
        AuditEvent.objects.of_case(case).with_verbs(*verbs).select_related("detail").order_by("sequence")
    )


def detail(event: AuditEvent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event.detail.body)
    return found


def test_who_is_recused_is_kept_once_with_the_reason_and_told() -> None:
    case = factories.case()
    first = recuse(case, WHY, factories.kari())
    assert recuse(case, "Another reason", factories.kari()) == first
    assert (first.person, first.reason, Recusal.objects.count()) == (factories.kari(), WHY, 1)
    (event,) = events(case, Verb.RECUSED)
    assert event.actor == factories.kari()
    assert detail(event)["recused_reason"] == WHY
    assert is_recused(case, factories.kari())
    assert not is_recused(case, factories.ola())
    assert not is_recused(factories.case(), factories.kari())
    assert not list(filter(None, chains.breaks(case.reference)))


def test_their_case_becomes_nobodys_and_that_of_others_stays_theirs() -> None:
    case, of_maja = factories.case(assignee=factories.kari()), factories.case(assignee=factories.maja())
    for one in (case, of_maja):
        recuse(one, WHY, factories.kari())
        one.refresh_from_db()
    assert (case.assignee, case.state) == (None, Case.State.IN_REVIEW)
    assert [event.verb for event in events(case, Verb.RECUSED, Verb.CASE_HANDED_BACK)] == [
        Verb.RECUSED,
        Verb.CASE_HANDED_BACK,
    ]
    assert of_maja.assignee == factories.maja()
    assert not events(of_maja, Verb.CASE_HANDED_BACK)


def test_nobody_is_recused_from_a_closed_case() -> None:
    case = judging.decided()
    with pytest.raises(CaseIsClosed):
        recuse(case, WHY, factories.kari())
    assert not is_recused(case, factories.kari())


def test_take_next_and_take_do_not_give_it_to_them() -> None:
    case, other = factories.case(due="2026-01-01"), factories.case()
    recuse(case, WHY, factories.kari())
    with pytest.raises(IsRecused) as refused:
        take(case, factories.kari())
    assert refused.value.words == "You are recused from this case."
    assert take_next(factories.kari()) == other
    assert take_next(factories.kari()) is None
    assert take_next(factories.maja()) == case


def test_it_is_not_handed_over_to_them_by_anybody() -> None:
    case = factories.case(assignee=factories.maja())
    recuse(case, WHY, factories.kari())
    seen = Details.of(case)
    for actor in (factories.maja, factories.lead):
        with pytest.raises(IsRecused) as refused:
            changing.change(case, seen, replace(seen, assignee=factories.kari().pk), actor())
        assert refused.value.words == "Kari Nordmann is recused from this case."
    assert factories.kari() not in changing.who_may_have(case)
    assert factories.kari() in changing.who_may_have(factories.case())


def test_they_are_no_second_person_for_a_hit() -> None:
    case = judging.case_with(judging.entry(matchIndicator=420))
    judgement = judging.judged(case)
    recuse(case, WHY, factories.ola())
    answers: list[Callable[[], object]] = [
        lambda: second.confirm(judging.reading_of(case), judgement, factories.ola()),
        lambda: second.send_back(judging.reading_of(case), judgement, factories.ola(), "Look again."),
    ]
    for answer in answers:
        with pytest.raises(NotTheirs) as refused:
            answer()
        assert refused.value.words == "You are recused from this case."
    assert to_confirm(factories.ola()) == []
    assert [waiting.case for waiting in to_confirm(factories.lead())] == [case]
    assert not second.confirm(judging.reading_of(case), judgement, factories.lead()).awaits_second


def test_they_are_no_second_person_for_an_override() -> None:
    case = judging.case_with()
    wanted = WantedClass(RiskClass.NORMAL, "Known to us.", 0, "high")
    row = overriding.override(case, wanted, factories.kari(), uuid.uuid4())
    assert row.awaits_second
    recuse(case, WHY, factories.ola())
    for answer in (overriding.confirm, lambda row, by: overriding.send_back(row, by, "Why?")):
        with pytest.raises(NotSet) as refused:
            answer(row, factories.ola())
        assert refused.value.words == "You are recused from this case."
    assert to_confirm(factories.ola()) == []
    assert len(to_confirm(factories.lead())) == 1
    assert RiskOverride.objects.get().awaits_second


# --- Held against its event ------------------------------------------------------------------------------------


def problems(case: Case) -> list[str]:
    (found,) = reconciling.reconcile(case.reference)
    return [problem for problem in found.problems if "recusal" in problem]


PAST_THE_PORTAL = {
    "UPDATE cases_recusal SET reason = 'Other words' WHERE id = {row}": "has another reason than event",
    "UPDATE cases_recusal SET person_id = {ola} WHERE id = {row}": "has another person than event",
    "UPDATE cases_recusal SET at = '2020-01-01 00:00:00+00:00' WHERE id = {row}": "has another",
    "DELETE FROM cases_recusal WHERE id = {row}": "tells of a recusal, and there is no such row",
}


@pytest.mark.parametrize("statement", PAST_THE_PORTAL)
def test_a_recusal_that_was_changed_past_the_portal_is_named(statement: str) -> None:
    case = factories.case()
    row = recuse(case, WHY, factories.kari())
    assert problems(case) == []
    with without_triggers():
        execute(statement.format(row=row.pk, ola=factories.ola().pk))
        found = problems(case)
    assert any(PAST_THE_PORTAL[statement] in problem for problem in found), found
    assert not any("Other words" in problem or WHY in problem for problem in found)


def test_a_recusal_without_its_event_is_named() -> None:
    row = judging.recusal_row()
    assert problems(row.case) == [f"no event tells of the recusal in row {row.pk}"]


def test_a_recusal_is_not_seen_where_it_is_not_meant() -> None:
    """The words of the refusal are the portal's; the reason stays in the case."""
    case = factories.case()
    recuse(case, WHY, factories.kari())
    with pytest.raises(IsRecused) as refused:
        recusing.refuse_recused(case, factories.kari())
    assert WHY not in str(refused.value.words)
