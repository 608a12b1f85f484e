"""Rows are had in one order, session, case, audit chain: two who need the same never wait for each other for ever."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from cases.models import AmlSession, ArtefactKind, AttemptOutcome, Case, SessionState, Verb, reasons
from cases.provider.client import Created
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.audit import trail
from cases.workflows.capture import order, record_session
from cases.workflows.casework import cases
from cases.workflows.locks import leases
from cases.workflows.ordering import correcting, session_requests
from cases.workflows.results import derive, parsed_result
from tests import databases, factories
from tests.workflows.engine_steps import deliver, named


@databases.only_on_postgresql
@pytest.mark.parametrize("pause", ["before it writes", "after it wrote"])
@pytest.mark.parametrize("person", ["takes", "opens", "asks again"])
def test_a_person_and_the_engine_never_wait_for_each_other_for_ever(
    person: str, pause: str, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        session, kari = factories.session(state=SessionState.OPEN), factories.kari()
    lease = leases.claim_session(session.pk)
    assert lease
    record, in_the_middle = trail.record, threading.Barrier(2)

    def linger(at: str) -> None:
        if threading.current_thread().name == "engine" and pause == at:
            in_the_middle.wait(10)
            in_the_middle.wait(10)

    def record_slowly(*args: Any, **named: Any) -> Any:
        linger("before it writes")
        event = record(*args, **named)
        linger("after it wrote")
        return event

    def engine() -> None:
        try:
            with leases.locked_session(lease) as locked_row:
                record_session.of_session(locked_row, Verb.SESSION_TROUBLED)
                artefact = locked_row.artefacts.get(kind=ArtefactKind.JSON)
                artefact.captured_at = timezone.now()
                derive.take_in(locked_row.case, artefact, parsed)
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    parsed = parsed_result.parse_bytes((factories.PAYLOADS / "no_clean.json").read_bytes())
    failed: list[Exception] = []
    monkeypatch.setattr(trail, "record", record_slowly)
    thread = threading.Thread(target=engine, name="engine")
    thread.start()
    in_the_middle.wait(10)
    released = threading.Timer(0.3, in_the_middle.wait, [10])
    released.start()

    if person == "takes":
        assert cases.take(session.case, kari)
    elif person == "opens":
        cases.opened(session.case, kari)
    else:
        session_requests.request(session.case, session_requests.ResultRequest(), kari)

    thread.join()
    assert not failed


def deliveries(session: AmlSession) -> None:
    deliver(factories.attempt(session, AttemptOutcome.SENT), named("session-new"))


def answer_comes(session: AmlSession) -> None:
    order._opened(factories.attempt(session, AttemptOutcome.SENT), Created("session-new", frozenset(), None))


STEPS: dict[str, tuple[str, Callable[[AmlSession], object]]] = {
    "a webhook": (SessionState.UNKNOWN, deliveries),
    "the answer": (SessionState.CREATING, answer_comes),
    "order again": (
        SessionState.UNKNOWN,
        lambda session: session_requests.order_again(session.pk, factories.kari(), "asked them"),
    ),
    "resume": (
        SessionState.QUARANTINED,
        lambda session: session_requests.resume(session.pk, factories.kari()),
    ),
    "close": (SessionState.QUARANTINED, lambda session: session_requests.close(session.pk, factories.kari())),
    "look again": (
        SessionState.PARTIAL,
        lambda session: session_requests.poll_again(session.pk, factories.kari()),
    ),
}


@databases.only_on_postgresql
@pytest.mark.parametrize(("state", "step"), STEPS.values(), ids=STEPS)
def test_whoever_has_a_session_has_its_case_before_the_audit_chain(
    state: str, step: Callable[[AmlSession], object], own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = factories.session(state=state)
    factories.kari()
    record, is_held = trail.record, []

    def try_to_lock() -> None:
        try:
            with transaction.atomic():
                Case.objects.select_for_update(nowait=True).get(pk=session.case_id)
            is_held.append(False)
        except OperationalError:
            is_held.append(True)
        finally:
            connections.close_all()

    def record_watched(*args: Any, **named: Any) -> Any:
        somebody = threading.Thread(target=try_to_lock)
        somebody.start()
        somebody.join()
        return record(*args, **named)

    monkeypatch.setattr(trail, "record", record_watched)
    step(session)
    assert is_held
    assert all(is_held)


@databases.only_on_postgresql
def test_a_webhook_beside_a_withdrawal_reopens_nothing(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = factories.session(state=SessionState.FAILED, provider_id="session-late")
    session.artefacts.update(reason=reasons.NEVER_READY)
    attempt, kari = factories.attempt(session), factories.kari()
    record, in_the_middle = trail.record, threading.Barrier(2)

    def record_slowly(*args: Any, **named: Any) -> Any:
        if threading.current_thread().name == "withdraws":
            in_the_middle.wait(10)
            in_the_middle.wait(10)
        return record(*args, **named)

    def withdraw() -> None:
        try:
            correcting.withdraw(session.case, "Not needed", kari)
        finally:
            connections.close_all()

    monkeypatch.setattr(trail, "record", record_slowly)
    person = threading.Thread(target=withdraw, name="withdraws")
    person.start()
    in_the_middle.wait(10)
    released = threading.Timer(0.3, in_the_middle.wait, [10])
    released.start()
    deliver(attempt, named("session-late"))
    person.join()
    session.refresh_from_db()
    assert session.case.is_closed
    assert session.is_ended


@databases.only_on_postgresql
def test_a_number_is_corrected_while_a_late_webhook_is_written_down(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The webhook has the session and waits for the case; the person must have had the session before the case."""
    with transaction.atomic():
        session = factories.session(state=SessionState.FAILED, reason=reasons.NO_ANSWER_IN_TIME)
        attempt, kari = factories.attempt(session, AttemptOutcome.SENT), factories.kari()
    written, record = threading.Event(), trail.record
    failed: list[Exception] = []

    def webhook() -> None:
        try:
            written.wait(10)
            deliver(attempt, named("session-late"))
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    def record_slowly(*args: Any, **named: Any) -> Any:
        if threading.current_thread().name == "person":
            written.set()
            time.sleep(0.5)  # the webhook takes what it can get
        return record(*args, **named)

    threading.current_thread().name = "person"
    monkeypatch.setattr(trail, "record", record_slowly)
    thread = threading.Thread(target=webhook)
    thread.start()
    case = session.case
    correcting.correct_number(
        case,
        case.organisation.identifier,
        Identifier("no", "ORG", "312433060"),
        session_requests.ResultRequest(),
        kari,
    )
    thread.join()
    assert failed == []
    assert attempt.deliveries.count() == 1
