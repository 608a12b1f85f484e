"""Every state machine, over every pair of states: what is not written here cannot happen."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from cases.models import (
    AmlSession,
    Artefact,
    ArtefactState,
    AttemptOutcome,
    Case,
    CaseReport,
    CaseState,
    IllegalMove,
    ReportState,
    SessionState,
    reasons,
)
from cases.models.capture import artefact as artefact_module
from cases.models.capture import session as session_module
from cases.models.casework import case_states
from cases.models.output import report as report_module
from cases.models.state_machine import move
from tests import factories

pytestmark = pytest.mark.django_db

SESSION_MOVES = {
    "REQUESTED": "CREATING DOUBTFUL FAILED QUARANTINED",
    "CREATING": "OPEN REQUESTED DOUBTFUL FAILED QUARANTINED",
    "DOUBTFUL": "OPEN REQUESTED UNKNOWN FAILED QUARANTINED",
    "OPEN": "COMPLETE PARTIAL FAILED QUARANTINED",
    "UNKNOWN": "REQUESTED DOUBTFUL FAILED",
    "QUARANTINED": "REQUESTED DOUBTFUL OPEN FAILED",
    "COMPLETE": "",
    "PARTIAL": "OPEN",
    "FAILED": "OPEN",
}
ARTEFACT_MOVES = {
    "ASKED": "READY CAPTURED FAILED EXPIRED",
    "READY": "CAPTURED FAILED EXPIRED",
    "CAPTURED": "",
    "FAILED": "ASKED",
    "EXPIRED": "",
}
CASE_MOVES = {
    "NEW": "IN_REVIEW WITHDRAWN",
    "IN_REVIEW": "WAITING PROPOSED WITHDRAWN",
    "WAITING": "IN_REVIEW PROPOSED WITHDRAWN",
    "PROPOSED": "IN_REVIEW SENT_BACK APPROVED CONDITIONS REFUSED CLOSED",
    "SENT_BACK": "WAITING PROPOSED WITHDRAWN",
    "REOPENED": "WAITING PROPOSED WITHDRAWN",
    **dict.fromkeys(("APPROVED", "CONDITIONS", "REFUSED", "CLOSED"), "REOPENED"),
    "WITHDRAWN": "",
}
REPORT_MOVES = {"ASKED": "MADE FAILED", "MADE": "", "FAILED": ""}

MACHINES: list[tuple[type[models.Model], type[models.TextChoices], Any, dict[str, str]]] = [
    (AmlSession, SessionState, session_module.MOVES, SESSION_MOVES),
    (Artefact, ArtefactState, artefact_module.MOVES, ARTEFACT_MOVES),
    (Case, CaseState, case_states.MOVES, CASE_MOVES),
    (CaseReport, ReportState, report_module.MOVES, REPORT_MOVES),
]
PAIRS = [
    (model, table, was, to, to in legal[was].split())
    for model, states, table, legal in MACHINES
    for was in states.values
    for to in states.values
]


def test_a_move_is_made_if_and_only_if_it_is_legal(subtests: pytest.Subtests) -> None:
    for model, table, was, to, legal in PAIRS:
        with subtests.test(model=model, table=table, was=was, to=to, legal=legal):
            row = model(state=was)
            if legal:
                move(row, table, to)
                assert row.state == to
            else:
                with pytest.raises(IllegalMove) as refused:
                    move(row, table, to)
                assert row.state == was
                assert f"{was} to {to}" in str(refused.value)


NOW = timezone.now()
LATER = NOW + datetime.timedelta(hours=2)


def _opened(session: AmlSession) -> None:
    """For the first time, or once more after its end."""
    if session.is_ended:
        session.mark_reopened(NOW, LATER)
    else:
        session.mark_open("session-of-the-provider", NOW, LATER)


SESSION_VERBS: dict[str, Callable[[AmlSession], None]] = {
    "CREATING": lambda session: session.mark_creating(),
    "OPEN": _opened,
    "REQUESTED": lambda session: session.mark_to_be_created(NOW),
    "DOUBTFUL": lambda session: session.mark_doubtful(NOW),
    "UNKNOWN": lambda session: session.mark_unknown(reasons.CREATE_OUTCOME_UNKNOWN),
    "QUARANTINED": lambda session: session.mark_quarantined(reasons.TOO_MANY_DEATHS),
    "FAILED": lambda session: session.mark_failed(reasons.NEVER_READY, "", NOW),
    "COMPLETE": lambda session: session.mark_complete(NOW),
    "PARTIAL": lambda session: session.mark_partial(reasons.SOME_MISSING, NOW),
}
ARTEFACT_VERBS: dict[str, Callable[[Artefact], None]] = {
    "ASKED": lambda artefact: artefact.mark_awaited_again(),
    "READY": lambda artefact: artefact.mark_ready(NOW, LATER),
    "CAPTURED": lambda artefact: artefact.mark_captured(
        NOW, file="evidence/x", sha256="ab" * 32, size=3, media_type="application/json"
    ),
    "FAILED": lambda artefact: artefact.mark_failed(reasons.PROVIDER_FAILED),
    "EXPIRED": lambda artefact: artefact.mark_expired(),
}


def test_there_is_a_verb_for_every_state_that_can_be_reached() -> None:
    assert set(SESSION_VERBS) == set(" ".join(SESSION_MOVES.values()).split())
    assert set(ARTEFACT_VERBS) == set(" ".join(ARTEFACT_MOVES.values()).split())


@pytest.mark.parametrize("to", SESSION_VERBS)
@pytest.mark.parametrize("was", SessionState.values)
def test_a_verb_of_a_session_leaves_a_row_the_database_accepts_or_nothing_changed(was: str, to: str) -> None:
    session = factories.session(state=was, **({"provider_id": "s-1"} if was == "FAILED" else {}))
    before = AmlSession.objects.filter(pk=session.pk).values().get()
    if to in SESSION_MOVES[was].split():
        SESSION_VERBS[to](session)
        session.save()
        assert AmlSession.objects.get(pk=session.pk).state == to
    else:
        with pytest.raises(IllegalMove):
            SESSION_VERBS[to](session)
        session.save()
        assert AmlSession.objects.filter(pk=session.pk).values().get() == before


def test_only_a_session_that_is_known_at_the_provider_is_reopened_and_only_under_its_own_name() -> None:
    never_made = factories.session(state=SessionState.FAILED)
    with pytest.raises(IllegalMove):
        never_made.mark_reopened(NOW, LATER)
    for state in ("PARTIAL", "FAILED"):
        with pytest.raises(IllegalMove):
            factories.session(state=state).mark_open("another", NOW, LATER)


@pytest.mark.parametrize("to", ARTEFACT_VERBS)
@pytest.mark.parametrize("was", ArtefactState.values)
def test_a_verb_of_an_artefact_leaves_a_row_the_database_accepts_or_nothing_changed(
    was: str, to: str
) -> None:
    artefact = factories.artefact(factories.session(results={}), state=was)
    before = {**vars(artefact), "_state": None}
    if to in ARTEFACT_MOVES[was].split():
        ARTEFACT_VERBS[to](artefact)
        artefact.save()
        assert Artefact.objects.get(pk=artefact.pk).state == to
    else:
        with pytest.raises(IllegalMove):
            ARTEFACT_VERBS[to](artefact)
        assert {**vars(artefact), "_state": None} == before


REPORT_VERBS: dict[str, Callable[[CaseReport], None]] = {
    "MADE": lambda report: report.mark_made(NOW, file="reports/x", sha256="ab" * 32, size=3, pages=2),
    "FAILED": lambda report: report.mark_failed(reasons.INTERNAL),
}


@pytest.mark.parametrize("to", REPORT_VERBS)
@pytest.mark.parametrize("was", ReportState.values)
def test_a_verb_of_a_report_leaves_a_row_the_database_accepts_or_nothing_changed(was: str, to: str) -> None:
    report = factories.report(state=was)
    before = {**vars(report), "_state": None}
    if to in REPORT_MOVES[was].split():
        REPORT_VERBS[to](report)
        report.save()
        assert CaseReport.objects.get(pk=report.pk).state == to
    else:
        with pytest.raises(IllegalMove):
            REPORT_VERBS[to](report)
        assert {**vars(report), "_state": None} == before


def test_an_active_session_has_a_next_step_and_every_other_has_none() -> None:
    session = factories.session(state=SessionState.OPEN, provider_id="session-of-the-provider")
    for verb in ("QUARANTINED", "OPEN", "PARTIAL"):
        SESSION_VERBS[verb](session)
        session.save()
        assert (session.next_step_at is not None) == session.is_active


@pytest.mark.parametrize(
    ("provider_id", "attempt", "stands"),
    [
        ("session-1", AttemptOutcome.OPENED, "OPEN"),
        ("session-1", None, "OPEN"),
        ("", AttemptOutcome.SENT, "DOUBTFUL"),
        ("", AttemptOutcome.REFUSED, "REQUESTED"),
        ("", AttemptOutcome.ABANDONED, "REQUESTED"),
        ("", None, "REQUESTED"),
    ],
)
def test_out_of_quarantine_a_session_goes_on_from_where_it_stood(
    provider_id: str, attempt: str | None, stands: str
) -> None:
    """An order that may have arrived is looked for, never simply sent again."""
    session = factories.session(state=SessionState.QUARANTINED, provider_id=provider_id, claims=6, troubles=3)
    if attempt:
        factories.attempt(session, attempt)
    session.mark_resumed(NOW)
    session.save()
    assert (session.state, session.claims, session.troubles) == (stands, 0, 0)


def test_a_case_goes_into_review_once() -> None:
    case = factories.case()
    case.begin_review()
    case.begin_review()
    assert case.state == CaseState.IN_REVIEW


def test_what_was_captured_keeps_when_it_was_ready() -> None:
    artefact = Artefact(state=ArtefactState.READY, available_at=NOW - datetime.timedelta(seconds=7))
    ARTEFACT_VERBS["CAPTURED"](artefact)
    assert artefact.seconds_to_capture == 7.0


def test_what_was_captured_without_being_seen_ready_took_no_time() -> None:
    artefact = Artefact(state=ArtefactState.ORDERED)
    ARTEFACT_VERBS["CAPTURED"](artefact)
    assert artefact.seconds_to_capture == 0.0


@pytest.mark.parametrize(
    ("minutes", "urgency"), [(0, ""), (14, ""), (15, "amber"), (59, "amber"), (60, "alarm"), (200, "alarm")]
)
def test_a_ready_result_grows_more_urgent(minutes: int, urgency: str) -> None:
    artefact = Artefact(state=ArtefactState.READY, available_at=NOW - datetime.timedelta(minutes=minutes))
    assert artefact.urgency(NOW) == urgency
    artefact.state = ArtefactState.CAPTURED
    assert artefact.urgency(NOW) == ""
