"""A case that waits for information goes on by itself on its day, once, and the portal tells it."""

import datetime
import json

import pytest
from django.utils import timezone

from cases.models import AuditEvent, Case, CaseState, Verb
from cases.workflows import heartbeat
from cases.workflows.background import jobs, waits_over
from cases.workflows.casework import waiting
from cases.workflows.casework.waiting import Wait
from cases.workflows.ordering import correcting
from tests import chains, factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WHAT = Wait("The passport of the chair", timezone.localdate() + datetime.timedelta(days=7))


@pytest.fixture
def case() -> Case:
    made = factories.case(assignee=factories.kari())
    waiting.wait(made, WHAT, factories.kari())
    return made


def on_the_day(monkeypatch: pytest.MonkeyPatch, days: int = 0) -> None:
    """Let it be the day until which the case waits, or so many days later."""
    day_of, today = timezone.localdate, WHAT.until + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: day_of(at) if at else today)


@pytest.mark.parametrize("late", [0, 5])
def test_on_its_day_or_as_soon_as_the_queue_runs_again_it_goes_on(
    case: Case, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    on_the_day(monkeypatch, -1)
    assert not waits_over.is_due()
    assert not waits_over.do(heartbeat.Beats())
    on_the_day(monkeypatch, late)
    assert waits_over.is_due()
    jobs.do_due()
    case.refresh_from_db()
    assert (case.state, case.waits_for, case.waits_until) == (CaseState.IN_REVIEW, "", None)
    (event,) = AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_RESUMED).select_related("detail")
    detail = json.loads(event.detail.body)
    assert (event.actor, detail["actor"], detail["now"]) == (None, "AML portal", "IN_REVIEW")
    assert not waits_over.do(heartbeat.Beats())
    assert list(chains.breaks(case.reference)) == [None]


def test_a_case_that_somebody_moved_meanwhile_is_left_alone(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_day(monkeypatch)
    waiting.go_on(case, WHAT, factories.kari())
    assert not waits_over.is_due()
    waiting.go_on_by_itself(case)  # read as due before
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_RESUMED).count() == 1


def test_a_case_that_waits_anew_until_later_is_left_alone(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting.go_on(case, WHAT, factories.kari())
    later = Wait("The articles", WHAT.until + datetime.timedelta(days=3))
    waiting.wait(case, later, factories.kari())
    on_the_day(monkeypatch)
    waiting.go_on_by_itself(case)
    case.refresh_from_db()
    assert Wait.of(case) == later


def test_a_withdrawn_case_stays_as_it_was(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day(monkeypatch)
    correcting.withdraw(case, "Opened twice", factories.kari())
    assert not waits_over.is_due()
    # It was withdrawn after it was read as due.
    monkeypatch.setattr(waits_over, "_due", lambda: Case.objects.filter(pk=case.pk))
    assert waits_over.do(heartbeat.Beats())
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
