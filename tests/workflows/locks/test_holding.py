"""Leases are held by processes: by one that lives as long as its step gets on, by one that is dead not at all."""

import datetime
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import OperationalError, connections, transaction
from django.utils import timezone
from pytest_django import Settings

from amlportal.process_identity import this_process
from cases.models import AmlSession, CaseReport, SessionState, reasons
from cases.workflows.background import reports
from cases.workflows.capture import advancing
from cases.workflows.locks import lease_holding, leases
from cases.workflows.locks.leases import Lease
from tests import factories, processes
from tests.workflows import engine_steps

UNHEARD = 1.0
ELSEWHERE = "elsewhere/0b0e1c5f-5d2f-4f0e-8f6f-2f1f3c6f4a11/1-1/7/7"
LATER = datetime.timedelta(minutes=10)
CLAIM_AND_HANG = """
import sys, time, django
django.setup()
from cases.workflows.locks import leases
assert leases.claim_session(int(sys.argv[1]))
print("claimed", flush=True)
time.sleep(600)
"""


@pytest.fixture
def waiting(own_database: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AmlSession:
    """A session that is due, on a database of the test's own; leases are short."""
    monkeypatch.setattr(leases, "UNHEARD_SECONDS", UNHEARD)
    settings.AML_POLL_SECONDS = 0.05
    return new_session()


def new_session() -> AmlSession:
    with transaction.atomic():
        return factories.session(state=SessionState.OPEN)


def now_of(session: AmlSession) -> AmlSession:
    return AmlSession.objects.get(pk=session.pk)


@contextmanager
def in_a_job(monkeypatch: pytest.MonkeyPatch, step: Callable[[Lease], None]) -> Iterator[None]:
    """A job is at this step while the block runs."""
    began = threading.Event()

    def _step(lease: Lease, *_: object) -> None:
        began.set()
        step(lease)

    def work() -> None:
        try:
            advancing.advance_due()
        finally:
            connections.close_all()

    monkeypatch.setitem(advancing.STEPS, SessionState.OPEN, _step)
    job = threading.Thread(target=work)
    job.start()
    try:
        assert began.wait(30)
        yield
    finally:
        job.join()


def end_step(lease: Lease) -> None:
    with leases.locked_session(lease) as session:
        session.next_step_at = timezone.now() + LATER
        session.let_go()
        session.save()


# --- By a process that lives ---------------------------------------------------------------------------------


def test_of_those_claimed_together_one_that_stands_still_is_not_held(
    waiting: AmlSession, settings: Settings
) -> None:
    claimed = leases.claim_sessions([waiting.pk, new_session().pk, new_session().pk])
    claimed[0].got_on -= settings.LEASE_SECONDS
    holding = lease_holding.Holding()
    with ExitStack() as held:
        for lease in claimed:
            held.enter_context(holding.holding(lease))
        time.sleep(1.5 * UNHEARD)
        kept = AmlSession.objects.filter(lease_until__gt=timezone.now()).values_list("pk", flat=True)
        assert set(kept) == {lease.pk for lease in claimed[1:]}
    holding.shutdown()


def test_a_step_is_held_for_as_long_as_it_takes_and_no_longer(
    waiting: AmlSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, taken = threading.Event(), []

    def step(lease: Lease) -> None:
        ended.wait(30)
        end_step(lease)

    with in_a_job(monkeypatch, step):
        ends = time.monotonic() + 3 * UNHEARD
        while time.monotonic() < ends:
            taken.append(leases.claim_session(waiting.pk))
            time.sleep(UNHEARD / 4)
        assert now_of(waiting).lease_owner == this_process()
        ended.set()

    assert set(taken) == {None}
    assert (now_of(waiting).lease, now_of(waiting).lease_owner) == ("", "")


def test_a_step_that_stands_still_loses_its_session_though_its_process_lives(
    waiting: AmlSession, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEASE_SECONDS = 2.5 * UNHEARD
    ended, lost, began = threading.Event(), [], time.monotonic()

    def step(lease: Lease) -> None:
        ended.wait(30)
        try:
            end_step(lease)
        except leases.LeaseLost:
            lost.append(lease.token)

    with in_a_job(monkeypatch, step):
        first = now_of(waiting).lease
        engine_steps.wait_for(lambda: leases.claim_session(waiting.pk))
        assert time.monotonic() - began > 1.5 * UNHEARD
        ended.set()

    # Under load the job may claim it anew before this test does, and lose that lease as well.
    assert first in lost
    assert now_of(waiting).next_step_at < timezone.now()


def test_a_step_that_gets_on_is_held_beyond_the_time_without_progress(
    waiting: AmlSession, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEASE_SECONDS = 2 * UNHEARD
    ended = threading.Event()

    def step(lease: Lease) -> None:
        while not ended.wait(UNHEARD / 4):
            lease.renew()
        end_step(lease)

    with in_a_job(monkeypatch, step):
        time.sleep(4 * UNHEARD)
        assert leases.claim_session(waiting.pk) is None
        ended.set()


def test_a_lease_that_a_step_left_behind_is_not_held_by_anybody(
    waiting: AmlSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, other = threading.Event(), new_session()

    def step(lease: Lease) -> None:
        if lease.pk == waiting.pk:
            AmlSession.objects.filter(pk=waiting.pk).update(next_step_at=timezone.now() + LATER)
        else:  # so that somebody is there to hold leases
            ended.wait(30)

    with in_a_job(monkeypatch, step):
        left = now_of(waiting).lease_until
        time.sleep(2 * UNHEARD)
        assert left is not None
        assert (now_of(waiting).lease_until, leases.claim_session(other.pk)) == (left, None)
        ended.set()


def test_what_a_step_could_not_record_for_want_of_the_database_is_given_back(
    waiting: AmlSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "UNHEARD_SECONDS", 60)
    free, away = leases.free, [1, 2]

    def free_if_there(*words: object, **why: str) -> None:
        if away:
            away.pop()
            raise OperationalError
        free(*words, **why)  # type: ignore[arg-type]

    def step(_lease: Lease) -> None:
        raise OperationalError

    monkeypatch.setattr(leases, "free", free_if_there)
    monkeypatch.setattr(lease_holding, "GIVES_BACK_EVERY_SECONDS", 0.1)
    monkeypatch.setattr(advancing, "TAKES_WORK_SECONDS", 0.1)
    with in_a_job(monkeypatch, step):
        engine_steps.wait_for(lambda: not now_of(waiting).lease)

    assert (now_of(waiting).claims, now_of(waiting).state, away) == (1, SessionState.OPEN, [])


# --- By a process that is dead -------------------------------------------------------------------------------


def claimed_by_a_process_that_hangs(session: AmlSession) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CLAIM_AND_HANG, str(session.pk)],
        env=processes.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "claimed\n"
    return process


def test_what_a_killed_process_held_is_free_at_once_and_its_claim_is_counted(own_database: str) -> None:
    killed, stopped = new_session(), new_session()
    workers = [claimed_by_a_process_that_hangs(session) for session in (killed, stopped)]
    try:
        assert leases.free_what_the_dead_hold() == 0
        os.kill(workers[0].pid, signal.SIGKILL)
        os.kill(workers[1].pid, signal.SIGSTOP)
        os.waitid(os.P_PID, workers[0].pid, os.WEXITED | os.WNOWAIT)
        assert leases.claim_session(killed.pk) is None
        assert leases.free_what_the_dead_hold() == 1
        assert (now_of(killed).lease, now_of(killed).lease_owner, now_of(killed).claims) == ("", "", 1)
        assert leases.claim_session(killed.pk)
        assert (leases.claim_session(stopped.pk), leases.free_what_the_dead_hold()) == (None, 0)
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def one_that_is_gone() -> str:
    return this_process().rpartition("/")[0] + "/1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owner", "freed"), [(this_process, 0), (one_that_is_gone, 1), (lambda: ELSEWHERE, 0), (str, 0)]
)
def test_only_what_is_surely_dead_holds_nothing(owner: Callable[[], str], freed: int) -> None:
    session = factories.session(state=SessionState.OPEN)
    assert leases.claim_session(session.pk)
    report, _is_new = reports.order(session.case, session, factories.kari(), uuid.uuid4())
    now = timezone.now()
    held = {"lease": "theirs", "lease_until": now + datetime.timedelta(seconds=15), "lease_owner": owner()}
    AmlSession.objects.filter(pk=session.pk).update(**held)
    CaseReport.objects.filter(pk=report.pk).update(**held)

    assert leases.free_what_the_dead_hold() == 2 * freed

    assert leases.due().filter(pk=session.pk).count() == freed
    assert CaseReport.objects.due(now).count() == freed
    assert reasons.TOO_MANY_DEATHS not in AmlSession.objects.values_list("reason", flat=True)
