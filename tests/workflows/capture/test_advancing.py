"""What is worked on first, how much at once, and how many jobs are added."""

import datetime
import threading
import time
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox, start
from cases.models import AmlSession, Artefact, ArtefactState, SessionState
from cases.provider.client import ProviderClient
from cases.queue import Job, enqueue, wake
from cases.workflows.capture import advancing
from cases.workflows.locks import leases
from cases.workflows.ordering import session_requests
from tests import factories, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, follow

_S = SessionState
READY, ORDERED = ArtefactState.READY, ArtefactState.ORDERED


def due_since(seconds: float, state: str = _S.OPEN, **fields: Any) -> AmlSession:
    return factories.session(
        state=state, next_step_at=timezone.now() - datetime.timedelta(seconds=seconds), **fields
    )


def ready(minutes_left: float, seconds_due: float = 1) -> AmlSession:
    session = due_since(seconds_due, results={"json": READY, "aml": ORDERED})
    expires = timezone.now() + datetime.timedelta(minutes=minutes_left)
    Artefact.objects.filter(session=session, state=READY).update(expires_at=expires)
    return session


# --- What first ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_would_be_lost_first_is_worked_on_first() -> None:
    new = due_since(500, _S.REQUESTED)
    doubtful = due_since(400, _S.DOUBTFUL)
    waiting_short, waiting_long = due_since(1), due_since(300)
    much_left, little_left, none_left = ready(90, 200), ready(5), ready(-1)

    assert list(leases.due()) == [
        none_left,
        little_left,
        much_left,
        waiting_long,
        waiting_short,
        doubtful,
        new,
    ]


@pytest.mark.django_db
def test_a_result_that_is_ours_already_presses_nobody() -> None:
    captured = due_since(1, results={"json": ArtefactState.CAPTURED, "aml": ORDERED})
    pressing = ready(100)

    assert list(leases.due()) == [pressing, captured]


@pytest.mark.django_db
def test_what_rests_waits_or_is_held_is_not_due(clock: Clock) -> None:
    for state in (_S.COMPLETE, _S.PARTIAL, _S.FAILED, _S.UNKNOWN, _S.QUARANTINED):
        factories.session(state=state)
    due_since(-30)
    held = due_since(1)
    assert leases.claim_session(held.pk)

    assert not leases.due().exists()


def test_of_more_than_there_are_threads_the_most_pressing_are_fetched(
    own_database: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUEUE_THREADS = 2
    begun: list[int] = []
    two = threading.Barrier(2)  # none is through with its first before the other has begun

    def step(lease: leases.Lease, *_: object) -> None:
        begun.append(lease.pk)
        two.wait(20)
        _end_step(lease)

    with transaction.atomic():
        pks = [ready(minutes).pk for minutes in (80, 10, 50, 30)]
    monkeypatch.setitem(advancing.STEPS, _S.OPEN, step)

    assert advancing.advance_due() == 4
    assert set(begun[:2]) == {pks[1], pks[3]}


def _end_step(lease: leases.Lease) -> None:
    with leases.locked_session(lease) as session:
        session.next_step_at = timezone.now() + datetime.timedelta(minutes=5)
        session.let_go()
        session.save()


# --- How much at once ----------------------------------------------------------------------------------------


def test_never_more_are_in_flight_than_there_are_threads_and_nobody_is_forgotten(
    own_database: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUEUE_THREADS = 3
    in_flight, held, lock = set[int](), [0], threading.Lock()

    def step(lease: leases.Lease, *_: object) -> None:
        with lock:
            in_flight.add(lease.pk)
            held.append(max(len(in_flight), AmlSession.objects.exclude(lease="").count()))
        time.sleep(0.02)
        with lock:
            in_flight.remove(lease.pk)
        _end_step(lease)

    with transaction.atomic():
        for _ in range(10):
            due_since(1)
    monkeypatch.setitem(advancing.STEPS, _S.OPEN, step)

    assert advancing.advance_due() == 10
    assert max(held) == 3
    assert not leases.due().exists()


def test_one_session_that_hangs_holds_up_no_other(
    own_database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = portal.order(NUMBER), portal.order(engine_steps.ANOTHER)
    hanging, create, answered = portal.session_of(slow).pk, advancing.STEPS[_S.REQUESTED], threading.Event()

    def hang(lease: leases.Lease, client: ProviderClient, session: AmlSession) -> None:
        if lease.pk == hanging:
            answered.wait(120)
        create(lease, client, session)

    monkeypatch.setitem(advancing.STEPS, _S.REQUESTED, hang)
    worker = threading.Thread(target=_advance_due_elsewhere)
    worker.start()
    try:
        engine_steps.wait_for(lambda: portal.session_of(quick).state == _S.COMPLETE)
        assert portal.session_of(slow).state == _S.REQUESTED
    finally:
        answered.set()
        worker.join()


def _advance_due_elsewhere() -> None:
    try:
        ends = time.monotonic() + 1.2
        while time.monotonic() < ends:
            advancing.advance_due()
    finally:
        connections.close_all()


def test_two_workers_on_the_same_sessions_order_nothing_twice(
    own_database: str, sandbox: RunningSandbox
) -> None:
    cases = [portal.order(str(917_200_000 + number), reports=(), expands=("address",)) for number in range(8)]
    workers = [threading.Thread(target=_advance_due_elsewhere) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert {portal.drive(case).state for case in cases} == {_S.COMPLETE}
    assert sandbox.stats()["creates"]["total"] == len(cases)


# --- How many jobs are added -------------------------------------------------------------------------------


def jobs_waiting() -> int:
    return OrmQ.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize(("sessions_due", "jobs"), [(0, 0), (1, 1), (4, 1), (5, 2), (30, 3)])
def test_no_more_jobs_are_added_than_workers_can_do(sessions_due: int, jobs: int, settings: Settings) -> None:
    settings.QUEUE_WORKERS, settings.QUEUE_THREADS = 3, 4
    for _ in range(sessions_due):
        due_since(1)

    assert advancing.wake_due() == jobs
    assert jobs_waiting() == jobs
    assert advancing.wake_due() == 0


def taken_by_a_worker() -> None:
    later = timezone.now() + datetime.timedelta(minutes=21)
    OrmQ.objects.update(lock=later)


@pytest.mark.django_db
def test_jobs_that_died_with_their_workers_keep_no_job_from_being_added(settings: Settings) -> None:
    settings.QUEUE_WORKERS = 2
    due_since(1)
    for _ in range(10):
        enqueue(Job.ADVANCE, 0)
    taken_by_a_worker()

    assert advancing.wake_due() == 1


@pytest.mark.django_db
def test_jobs_from_before_the_clock_was_put_back_keep_no_job_from_being_added(clock: Clock) -> None:
    session = due_since(1)
    for _ in range(10):
        enqueue(Job.ADVANCE, 0)
    clock.jump(hours=-3)
    AmlSession.objects.update(next_step_at=timezone.now())

    assert advancing.wake_due() == 1
    wake(session.pk)
    assert jobs_waiting() == 12


@pytest.mark.django_db
def test_a_crowd_of_webhooks_adds_as_many_jobs_as_there_are_workers(settings: Settings) -> None:
    settings.QUEUE_WORKERS = 2
    for number in range(50):
        wake(number)
    assert jobs_waiting() == 2

    taken_by_a_worker()
    wake(51)
    assert jobs_waiting() == 3


@pytest.mark.django_db
def test_a_request_that_is_rolled_back_wakes_nobody() -> None:
    case = factories.case()

    with pytest.raises(ZeroDivisionError):
        _request_and_fail(case)

    assert (jobs_waiting(), case.sessions.count()) == (0, 0)


@transaction.atomic
def _request_and_fail(case: Any) -> None:
    session_requests.request(case, session_requests.ResultRequest(), None)
    raise ZeroDivisionError


# --- Together with the provider ------------------------------------------------------------------------------


def test_a_pause_holds_every_session_and_the_network_is_left_alone(
    untold: RunningSandbox, clock: Clock
) -> None:
    waiting = [portal.order(NUMBER), portal.order(engine_steps.ANOTHER)]
    for case in waiting:
        follow(case, lambda session: session.state == _S.OPEN)
    portal.switch(untold, {"name": "http_429", "on": ["information"], "count": 1, "seconds": 2})
    clock.jump(seconds=60)
    for case in waiting:
        assert advancing.advance(portal.session_of(case).pk)
    answers = untold.stats()["answers"]

    assert (answers["information 429"], answers.get("information 200", 0)) == (1, 0)
    paused = [portal.session_of(case) for case in waiting]
    assert {(session.reason, session.lost_answers) for session in paused} == {("rate_limited", 0)}
    for session in paused:
        assert 0.5 < (session.next_step_at - timezone.now()).total_seconds() < 3
        assert not advancing.advance(session.pk)

    assert {follow(case).state for case in waiting} == {_S.COMPLETE}


def test_a_token_that_ends_on_the_way_is_renewed(
    own_database: str, settings: Settings, tmp_path: Any
) -> None:
    with start(token_seconds=1, json_seconds=0.7, report_seconds=1.2) as short:
        settings.VAR_DIR, settings.AML_ISSUER = tmp_path, short.issuer
        settings.AML_WEBHOOKS, settings.AML_POLL_SECONDS = False, 0.05

        session = portal.drive(portal.order(NUMBER))

        assert session.state == _S.COMPLETE
        assert short.stats()["requests"]["token"] >= 2
        assert short.stats()["creates"]["total"] == 1


def test_a_provider_that_forgets_every_token_again_and_again_gets_us_nowhere_wrong(
    untold: RunningSandbox,
) -> None:
    case = portal.order(NUMBER)

    def forgotten(session: AmlSession) -> bool:
        untold.sandbox.control.forget_tokens(None)  # type: ignore[arg-type]
        return engine_steps.resting(session)

    session = follow(case, forgotten)

    assert (session.state, session.lost_answers) == (_S.COMPLETE, 0)
    assert untold.stats()["answers"]["create 201"] == 1
