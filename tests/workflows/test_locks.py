"""Rows are had in one order, session, case, audit chain: two who need the same never wait for each other for ever."""

import threading
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from cases.models import ArtefactKind, SessionState, Verb
from cases.workflows import audit, cases, leases, results, sessions, telling
from tests import databases, factories


@databases.only_on_postgresql
@pytest.mark.parametrize("pause", ["before it writes", "after it wrote"])
@pytest.mark.parametrize("person", ["takes", "opens", "asks again"])
def test_a_person_and_the_engine_never_wait_for_each_other_for_ever(
    person: str, pause: str, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        session, kari = factories.session(state=SessionState.OPEN), factories.kari()
    lease = leases.claim(session.pk)
    assert lease
    record, in_the_middle = audit.record, threading.Barrier(2)

    def linger(at: str) -> None:
        if threading.current_thread().name == "engine" and pause == at:
            in_the_middle.wait(10)
            in_the_middle.wait(10)

    def record_slowly(*told: Any, **named: Any) -> Any:
        linger("before it writes")
        event = record(*told, **named)
        linger("after it wrote")
        return event

    def engine() -> None:
        try:
            with leases.settling(lease) as settled:
                telling.of_session(settled, Verb.SESSION_TROUBLED)
                artefact = settled.artefacts.get(kind=ArtefactKind.JSON)
                artefact.captured_at = timezone.now()
                results.take_in(settled.case, artefact, reading)
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    reading = results.read_bytes((factories.PAYLOADS / "no_clean.json").read_bytes())
    failed: list[Exception] = []
    monkeypatch.setattr(audit, "record", record_slowly)
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
        sessions.request(session.case, sessions.Wish(), kari)

    thread.join()
    assert not failed
