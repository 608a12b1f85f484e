"""The columns that lists are made of follow whatever happens to the sessions of a case."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from cases.models import ArtefactState, Case, NewestCapture, SessionState, reasons
from cases.workflows import capture_columns
from cases.workflows.capture import end, reopening
from cases.workflows.locks import leases
from cases.workflows.ordering import session_requests
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results import derive, rederive
from cases.workflows.verification.reconciling import derived, findings
from tests import factories

pytestmark = pytest.mark.django_db

CERTIFICATE = "certificate_of_registration"
OLD = datetime.timedelta(days=3)


def columns(case: Case) -> dict[str, Any]:
    case = Case.objects.get(pk=case.pk)
    return {name: getattr(case, name) for name in capture_columns.COLUMNS}


def test_a_case_without_an_order_says_so() -> None:
    assert columns(factories.case()) == {
        "newest_session": None,
        "newest_capture": NewestCapture.NOTHING_ORDERED,
        "newest_ended_at": None,
        "next_expiry": None,
        "has_expired": False,
        "has_result": False,
        "misses_anew": False,
    }


def test_an_order_is_under_way_from_the_moment_it_is_asked_for() -> None:
    case = factories.case()
    session = session_requests.request(case, ResultRequest(), None)
    kept = columns(case)
    assert (kept["newest_session"], kept["newest_capture"]) == (session, NewestCapture.UNDER_WAY)


def test_every_state_of_a_session_stands_in_a_list() -> None:
    expected = {
        SessionState.UNKNOWN: NewestCapture.STUCK,
        SessionState.QUARANTINED: NewestCapture.STUCK,
        SessionState.COMPLETE: NewestCapture.COMPLETE,
        SessionState.PARTIAL: NewestCapture.PARTIAL,
        SessionState.FAILED: NewestCapture.FAILED,
    }
    for state in SessionState.values:
        case = factories.session(state=state).case
        assert columns(case)["newest_capture"] == expected.get(SessionState(state), NewestCapture.UNDER_WAY)


def test_what_is_ready_of_any_session_expires_and_what_is_lost_counts_of_the_newest() -> None:
    case, soon = factories.case(), timezone.now() + datetime.timedelta(minutes=7)
    first = factories.session(case, SessionState.PARTIAL, {"json": "CAPTURED", "aml": "EXPIRED"})
    assert columns(case)["has_expired"] is True
    factories.artefact(first, CERTIFICATE, ArtefactState.READY, expires_at=soon)
    factories.session(case, SessionState.OPEN, {"json": "ASKED"})
    kept = columns(case)
    assert (kept["has_expired"], kept["has_result"], kept["next_expiry"]) == (False, False, soon)


def test_what_was_lacking_before_is_not_lacking_anew_unless_it_might_have_come() -> None:
    lacking = {"json": "CAPTURED", CERTIFICATE: "FAILED"}
    for before, now, anew in (
        (reasons.PROVIDER_FAILED, reasons.NEVER_READY, False),
        (reasons.NOT_STORED, reasons.PROVIDER_FAILED, True),
        (reasons.PROVIDER_FAILED, reasons.NOT_STORED, True),
    ):
        case = factories.case()
        for reason in (before, now):
            session = factories.session(case, SessionState.PARTIAL, lacking)
            session.artefacts.filter(kind=CERTIFICATE).update(reason=reason)
            factories.keep_columns(case)
        assert columns(case)["misses_anew"] is anew, (before, now)


def test_a_step_that_ends_a_session_keeps_them() -> None:
    session = factories.session(results={"json": "READY", "aml": "EXPIRED"})
    lease = leases.claim_session(session.pk)
    assert lease is not None
    with leases.locked_session(lease) as locked:
        for artefact in locked.artefacts.all():
            if artefact.state == ArtefactState.READY:
                end.expire(locked, artefact)
        end.end(locked, timezone.now())
    kept = columns(session.case)
    assert (kept["newest_capture"], kept["next_expiry"], kept["has_expired"]) == ("FAILED", None, True)
    assert kept["newest_ended_at"] is not None


def test_what_people_do_with_a_stuck_order_keeps_them() -> None:
    kari = factories.kari()
    does = {
        NewestCapture.UNDER_WAY: (
            lambda pk: session_requests.order_again(pk, kari, "it must come"),
            lambda pk: session_requests.resume(pk, kari),
        ),
        NewestCapture.FAILED: (lambda pk: session_requests.close(pk, kari),),
    }
    for expected, actions in does.items():
        for action in actions:
            state = (
                SessionState.QUARANTINED
                if action is does[NewestCapture.UNDER_WAY][1]
                else SessionState.UNKNOWN
            )
            session = factories.session(state=state)
            action(session.pk)
            assert columns(session.case)["newest_capture"] == expected


def test_a_session_that_is_opened_again_is_under_way_again() -> None:
    failed = {"json": "CAPTURED", "aml": "FAILED"}
    session = factories.session(state=SessionState.PARTIAL, results=failed, ended_at=timezone.now() - OLD)
    reopening.by_person(session, factories.kari())
    kept = columns(session.case)
    assert (kept["newest_capture"], kept["newest_ended_at"]) == (NewestCapture.UNDER_WAY, None)


def test_what_was_changed_past_the_portal_is_named_and_put_right() -> None:
    session = factories.session(state=SessionState.COMPLETE)
    Case.objects.filter(pk=session.case_id).update(newest_capture="FAILED", has_result=False)
    problems = derived.held(session.case_id).problems
    assert len(problems) == 2
    assert all("than its sessions yield" in problem for problem in problems)
    (done,) = rederive.reread(session.case.reference)
    assert {*done.columns} == {"newest_capture", "has_result"}
    assert derived.held(session.case_id).problems == []


def test_every_column_that_may_differ_is_named_in_words() -> None:
    says_itself = {"screening"}
    kept = {*capture_columns.columns([]), *derive.COLUMNS}
    assert kept - says_itself - {*findings.WORDS} == set()
