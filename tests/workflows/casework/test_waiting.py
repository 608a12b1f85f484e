"""A case waits for information until a day, goes on, and both are told and held against the trail."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from cases.models import AuditEvent, Case, CaseState, Verb
from cases.models.casework.case_states import MOVES
from cases.workflows.casework import changing, waiting
from cases.workflows.casework.cases import take
from cases.workflows.casework.changing import Details
from cases.workflows.casework.waiting import CannotWait, NotWaiting, Wait
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.ordering import correcting
from cases.workflows.verification import reconciling
from tests import chains, factories, judging
from tests.workflows.forgery import without_triggers

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
WHAT = "The passport of the chair"


def in_days(number: int) -> datetime.date:
    return timezone.localdate() + number * DAY


def passport(days: int = 7) -> Wait:
    return Wait(WHAT, in_days(days))


def waits(**fields: Any) -> Case:
    """A case that Kari has and that waits for a week."""
    case = factories.case(**{"assignee": factories.kari(), **fields})
    waiting.wait(case, passport(), factories.kari())
    case.refresh_from_db()
    return case


def events(case: Case, *verbs: Verb) -> list[tuple[AuditEvent, dict[str, Any]]]:
    found = AuditEvent.objects.of_case(case).with_verbs(*verbs).select_related("detail")
    return [(event, json.loads(event.detail.body)) for event in found.order_by("sequence")]


# --- Waiting ---------------------------------------------------------------------------------------------------


def test_a_case_waits_and_it_is_told_for_what_and_until_when() -> None:
    case = waits()
    assert (case.state, Wait.of(case)) == (CaseState.WAITING, passport())
    ((event, detail),) = events(case, Verb.CASE_PAUSED)
    assert event.actor == factories.kari()
    assert (detail["was"], detail["now"]) == ("IN_REVIEW", "WAITING")
    assert (detail["waits_for"], detail["until"]) == (WHAT, in_days(7).isoformat())
    assert not list(filter(None, chains.breaks(case.reference)))


def test_a_new_case_begins_its_review_with_that() -> None:
    case = waits(assignee=None)
    ((_event, detail),) = events(case, Verb.CASE_PAUSED)
    assert (detail["was"], detail["now"], case.assignee) == ("NEW", "WAITING", None)


@pytest.mark.parametrize("state", ["NEW", "IN_REVIEW", "SENT_BACK", "REOPENED"])
def test_it_waits_from_every_state_of_the_table(state: CaseState) -> None:
    case = factories.case(state=state)
    assert waiting.why_not(case) == ""
    waiting.wait(case, passport(), factories.kari())
    case.refresh_from_db()
    assert case.is_waiting


def test_it_waits_from_no_other_state_and_the_refusal_names_the_state() -> None:
    assert {state for state, to in MOVES.items() if CaseState.WAITING in to} == {
        *("IN_REVIEW", "SENT_BACK", "REOPENED"),
    }
    case = factories.case(state=CaseState.PROPOSED)
    with pytest.raises(CannotWait) as refused:
        waiting.wait(case, passport(), factories.kari())
    assert str(refused.value.words).endswith("Its status: Waiting for countersignature.")
    case.refresh_from_db()
    assert (case.state, case.waits_for) == (CaseState.PROPOSED, "")
    for closed in (judging.decided(), withdrawn()):
        with pytest.raises(CaseIsClosed):
            waiting.wait(closed, passport(), factories.kari())


def withdrawn(case: Case | None = None) -> Case:
    case = case or factories.case()
    correcting.withdraw(case, "Opened twice", factories.kari())
    case.refresh_from_db()
    return case


@pytest.mark.parametrize(
    ("days", "says"), [(0, "tomorrow or later"), (-1, "tomorrow or later"), (91, "90 days")]
)
def test_a_day_that_is_past_or_too_far_ahead_is_refused(days: int, says: str) -> None:
    case = factories.case()
    with pytest.raises(CannotWait) as refused:
        waiting.wait(case, passport(days), factories.kari())
    assert says in str(refused.value.words)
    for allowed in (1, 90):
        assert waiting.why_not_until(in_days(allowed)) == ""
    case.refresh_from_db()
    assert case.state == CaseState.NEW


def test_done_again_for_the_same_it_is_no_event_and_for_something_else_it_is_refused() -> None:
    case = waits()
    waiting.wait(case, passport(), factories.maja())
    with pytest.raises(CannotWait) as refused:
        waiting.wait(case, Wait("The articles", in_days(3)), factories.maja())
    assert f"The case waits already. Waits for: {WHAT}, until " in str(refused.value.words)
    case.refresh_from_db()
    assert (case.waits_for, len(events(case, Verb.CASE_PAUSED))) == (WHAT, 1)


# --- While it waits --------------------------------------------------------------------------------------------


def test_while_it_waits_it_is_changed_handed_over_and_taken_like_any_other() -> None:
    case = waits()
    seen = Details.of(case)
    changing.change(case, seen, replace(seen, due=in_days(3), assignee=None), factories.kari())
    assert take(case, factories.maja())
    case.refresh_from_db()
    assert (case.state, case.assignee, case.waits_for) == (CaseState.WAITING, factories.maja(), WHAT)
    assert problems(case) == []


def test_its_due_day_presses_on_nobody_until_it_goes_on() -> None:
    yesterday = in_days(-1)
    case = waits(due=yesterday)
    assert not case.is_overdue(timezone.localdate())
    waiting.go_on(case, passport(), factories.kari())
    case.refresh_from_db()
    assert (case.is_overdue(timezone.localdate()), case.due) == (True, yesterday)


# --- Going on --------------------------------------------------------------------------------------------------


def test_it_goes_on_and_waits_for_nothing_any_more() -> None:
    case = waits()
    waiting.go_on(case, passport(), factories.maja())
    case.refresh_from_db()
    assert (case.state, Wait.of(case), case.assignee) == (CaseState.IN_REVIEW, None, factories.kari())
    ((event, detail),) = events(case, Verb.CASE_RESUMED)
    assert (event.actor, detail["was"], detail["now"]) == (factories.maja(), "WAITING", "IN_REVIEW")


def test_who_saw_another_wait_or_acts_too_late_is_refused() -> None:
    case = waits()
    for seen in (Wait("The articles", in_days(7)), passport(8), None):
        with pytest.raises(NotWaiting) as refused:
            waiting.go_on(case, seen, factories.maja())
        assert "waits for something else meanwhile" in str(refused.value.words)
    waiting.go_on(case, passport(), factories.kari())
    with pytest.raises(NotWaiting) as refused:
        waiting.go_on(case, passport(), factories.maja())
    assert "does not wait any more" in str(refused.value.words)
    assert len(events(case, Verb.CASE_RESUMED)) == 1
    with pytest.raises(CaseIsClosed):
        waiting.go_on(withdrawn(waits()), passport(), factories.kari())


# --- Held against the trail ------------------------------------------------------------------------------------


def problems(case: Case) -> list[str]:
    (found,) = reconciling.reconcile(case.reference)
    return [problem for problem in found.problems if problem.startswith("the case has another")]


def past_the_portal(case: Case, **columns: Any) -> None:
    with without_triggers():
        Case.objects.filter(pk=case.pk).update(**columns)


TAMPERED: list[tuple[dict[str, Any], str]] = [
    ({"waits_for": "Else"}, "the case has another information it waits for than event 2 tells"),
    ({"waits_until": "2027-01-01"}, "the case has another day until which it waits than event 2 tells"),
    (
        {"state": "IN_REVIEW", "waits_for": "", "waits_until": None},
        "the case has another state than event 2 tells: IN_REVIEW, not WAITING",
    ),
]


@pytest.mark.parametrize(("columns", "sentence"), TAMPERED)
def test_what_it_waits_for_is_held_against_its_event(columns: dict[str, Any], sentence: str) -> None:
    case = waits()
    assert problems(case) == []
    past_the_portal(case, **columns)
    assert sentence in problems(case)


def test_a_case_that_waits_past_the_portal_is_named_and_one_that_went_on_is_not() -> None:
    case = waits()
    waiting.go_on(case, passport(), factories.kari())
    assert problems(case) == []
    assert problems(withdrawn(waits())) == []
    past_the_portal(case, state="WAITING", waits_for="x", waits_until="2027-01-01")
    assert len(problems(case)) == 3
