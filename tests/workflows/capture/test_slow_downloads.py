"""Downloads that drip hold up nobody else, and end; what is due and left alone is said to be."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox, start
from cases.models import AmlSession, ArtefactState, Case, Heartbeat, SessionState
from cases.provider.http import transport
from cases.workflows import heartbeat
from cases.workflows.capture import advancing
from cases.workflows.locks import leases
from tests import factories, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import ANOTHER, NUMBER, Clock

_S = SessionState
JSON_ALONE = {"reports": (), "expands": ("address",)}
DRIPPING = ("317835337", "917200008")
FOR_EVER = {"name": "drip", "on": ["json"], "count": None, "seconds": 3600}


@pytest.fixture
def dripping(own_database: str, settings: Settings, tmp_path: Path) -> Iterator[RunningSandbox]:
    """A provider of the test's own, whose drips end when it is stopped."""
    with start(json_seconds=0.05, report_seconds=0.1, state_dir=tmp_path / "sandbox") as running:
        settings.VAR_DIR, settings.AML_ISSUER = tmp_path, running.issuer
        settings.AML_WEBHOOKS, settings.AML_POLL_SECONDS = False, 0.05
        settings.QUEUE_THREADS = 4
        yield running


@pytest.fixture
def short_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advancing, "TAKES_WORK_SECONDS", 0.3)


def order_drips(sandbox: RunningSandbox) -> list[Case]:
    for number in DRIPPING:
        portal.switch(sandbox, FOR_EVER, scope=f"NO-{number}")
    return [portal.order(number, **JSON_ALONE) for number in DRIPPING]


class Worker:
    """What a worker of the queue does: one job after the other, until it is told to stop."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        try:
            while not self._told.wait(0.01):
                advancing.advance_due()
        finally:
            connections.close_all()

    def __enter__(self) -> "Worker":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._told.set()
        self._thread.join()


def is_being_fetched(case: Case) -> bool:
    session = portal.session_of(case)
    return bool(session.lease) and session.artefacts.filter(state=ArtefactState.READY).exists()


def test_while_two_results_drip_what_is_ordered_meanwhile_is_captured(
    dripping: RunningSandbox, short_jobs: None
) -> None:
    slow = order_drips(dripping)
    with Worker(), dripping:  # which stops first, whatever happens
        engine_steps.wait_for(lambda: all(is_being_fetched(case) for case in slow))
        leased = [portal.session_of(case).lease for case in slow]
        for _ in range(3):  # one after the other, so that several jobs begin and end
            healthy = portal.order(ANOTHER, **JSON_ALONE)
            engine_steps.wait_for(lambda case=healthy: portal.session_of(case).state == _S.COMPLETE)

        assert [portal.session_of(case).lease for case in slow] == leased
        assert dripping.stats()["faults_met"] == {"drip": 2}


def test_a_job_ends_whatever_drips(dripping: RunningSandbox, short_jobs: None) -> None:
    slow = order_drips(dripping)
    with dripping:
        while not all(is_being_fetched(case) for case in slow):
            advancing.advance_due()

        assert advancing.advance_due() == 0
        assert all(is_being_fetched(case) for case in slow)


def test_what_is_slower_than_the_least_is_broken_off_and_asked_for_again(
    dripping: RunningSandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "PACE_SECONDS", 0.5)
    settings.AML_LEAST_BYTES_PER_SECOND = 10_000
    portal.switch(dripping, {**FOR_EVER, "count": 2}, scope=f"NO-{NUMBER}")
    case = portal.order(NUMBER, **JSON_ALONE)

    session = portal.drive(case)

    assert (session.state, portal.entities(session)) == (_S.COMPLETE, {"json": "CAPTURED"})
    assert session.artefacts.get().tries == 2
    assert {"reason": "too_slow"}.items() <= engine_steps.details(case, "FETCH_FAILED")[0].items()
    assert dripping.stats()["creates"]["total"] == 1


# --- What people are told ------------------------------------------------------------------------------------


def due(seconds: float) -> AmlSession:
    return factories.session(state=_S.OPEN, next_step_at=timezone.now() - datetime.timedelta(seconds=seconds))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("late", "held", "ended", "silent"),
    [
        (60, False, None, ["queue"]),
        (60, False, 60, ["queue"]),
        (60, False, 1, []),  # steps end: it is many that wait
        (60, True, None, []),
        (1, False, None, []),
        (-60, False, None, []),
    ],
)
def test_whoever_waits_in_a_loop_does_no_work(
    late: float, held: bool, ended: float | None, silent: list[str], clock: Clock
) -> None:
    session = due(late)
    if held:
        assert leases.claim_session(session.pk)
    for name in (heartbeat.cluster_name(), heartbeat.DISPATCHER):
        heartbeat.beat(name)
    if ended is not None:
        Heartbeat.objects.create(
            name=heartbeat.STEPS, beat_at=timezone.now() - datetime.timedelta(seconds=ended)
        )

    assert heartbeat.silence() == silent


@pytest.mark.django_db
def test_steps_alone_are_no_cluster_that_runs() -> None:
    heartbeat.beat(heartbeat.STEPS)
    heartbeat.beat(heartbeat.DISPATCHER)

    assert heartbeat.silence() == ["queue"]


def test_a_step_that_ended_is_a_sign_of_life(
    own_database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "_steps", heartbeat.Beats(heartbeat.STEPS))
    portal.drive(portal.order(NUMBER, **JSON_ALONE))

    assert heartbeat.last_beat(heartbeat.STEPS)
