"""Advance sessions. Person, webhook, queue and dispatcher only wake this; it is safe to call at any moment."""

import datetime
import logging
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import lru_cache
from os import getpid

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, transaction
from django.utils import timezone

from cases.models import AmlSession, SessionState, Verb, reasons
from cases.models.capture.session import SESSION
from cases.provider.client import ProviderClient
from cases.queue import Job, enqueue, waiting
from cases.workflows import heartbeat, provider
from cases.workflows.capture import order, poll, record_session, recover
from cases.workflows.locks import delays, leases
from cases.workflows.locks.lease_holding import Holding
from cases.workflows.locks.leases import Lease, LeaseLost
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

# One job takes new work for this long; then the queue gets its worker back, whatever is still under way.
TAKES_WORK_SECONDS = 20.0
GLANCE_SECONDS = 0.2
DATABASE_TROUBLE = (DatabaseError, InterfaceError)


def _lost_its_worker(lease: Lease, _client: ProviderClient, _session: AmlSession) -> None:
    recover.lost_answer(lease)


STEPS: dict[str, Callable[[Lease, ProviderClient, AmlSession], None]] = {
    SessionState.REQUESTED: order.create,
    SessionState.CREATING: _lost_its_worker,  # whoever was sending would have recorded its end
    SessionState.DOUBTFUL: recover.resolve,
    SessionState.OPEN: poll.poll,
}


def advance(pk: int) -> bool:
    """Take one step of one session, here and now, if it is due and free; say whether one was taken."""
    lease = leases.claim_session(pk)
    if lease is None:
        return False
    _step(lease)
    return True


def advance_due(first: int | None = None) -> int:
    """Move many due sessions at once, deadline first, until none is due; give the number of steps taken.

    HTTP waits are the cost, not CPU: threads share one client, its connections, its token and its rate limit. A step
    that is slower than the job is left to its thread, which holds its lease: the job ends, and the next has the others.
    """
    leases.free_what_the_dead_hold()
    threads, beats, pauses = _threads(getpid()), heartbeat.Beats(), provider.Learning()
    running: set[Future[None]] = set()
    taken, ends = 0, time.monotonic() + TAKES_WORK_SECONDS
    while time.monotonic() < ends:
        beats.beat()
        pauses.learn()
        for lease in _claims(threads.free, first):
            running.add(threads.begin(lease))
            taken += 1
        first = None
        if not running:
            break
        _done, running = wait(running, timeout=GLANCE_SECONDS, return_when=FIRST_COMPLETED)
    return taken


def _claims(most: int, first: int | None) -> list[Lease]:
    wanted = ([first] if first else []) + list(leases.due().values_list("pk", flat=True)[:most])
    return leases.claim_sessions(list(dict.fromkeys(wanted))[:most])


class Threads:
    """This process's threads, for all its jobs one after the other: some may still be at a step of an earlier job."""

    def __init__(self, count: int) -> None:
        self._executor = ThreadPoolExecutor(count, thread_name_prefix="advance")
        self._count = count
        self._running: set[Future[None]] = set()
        self._holding = Holding()

    @property
    def free(self) -> int:
        self._running = {step for step in self._running if not step.done()}
        return max(0, self._count - len(self._running))

    def begin(self, lease: Lease) -> Future[None]:
        step = self._executor.submit(self._step, lease)
        self._running.add(step)
        return step

    def shutdown(self) -> None:
        """Wait for the steps that are under way."""
        self._executor.shutdown()
        self._holding.shutdown()

    def _step(self, lease: Lease) -> None:
        close_old_connections()  # drops a connection that a database restart has broken
        with self._holding.holding(lease):
            has_ended = _step(lease)
        if not has_ended:
            self._holding.give_back(lease)
        try:
            heartbeat.step_ended()
        except DATABASE_TROUBLE as problem:
            log.warning("a sign of life is not kept: %s", type(problem).__name__)


@lru_cache(maxsize=1)
def _threads(_process: int) -> Threads:
    return Threads(settings.QUEUE_THREADS)


def _step(lease: Lease) -> bool:
    """Take the step that the session's state calls for, and let no exception out; False if the database failed it."""
    try:
        session = SESSION.get(lease.pk)
        if session.claims > leases.MOST_CLAIMS:
            _quarantine(lease)
            return True
        STEPS[session.state](lease, provider.client(), session)
    except LeaseLost:
        log.info("session %s: taken over by another worker", lease.pk)
    except DATABASE_TROUBLE as problem:
        log.warning("session %s: %s; it is tried again", lease.pk, type(problem).__name__)
        return False
    except Exception as problem:
        log.error("session %s: %s", lease.pk, described(problem))
        return _hold_after_fault(lease)
    return True


def _hold_after_fault(lease: Lease) -> bool:
    """Free the session for a later try; False if the database failed that too."""
    now = timezone.now()
    later = now + datetime.timedelta(seconds=delays.after_trouble(3, settings.AML_POLL_SECONDS))
    try:
        leases.free(lease, later, reason=reasons.INTERNAL)
    except DATABASE_TROUBLE as problem:
        log.warning("session %s: %s; it is tried again", lease.pk, type(problem).__name__)
        return False
    return True


def _quarantine(lease: Lease) -> None:
    with leases.locked_session(lease) as session:
        was = SessionState(session.state)
        session.mark_quarantined(reasons.TOO_MANY_DEATHS)
        session.let_go()
        session.save_changes()
        record_session.of_session(
            session, Verb.SESSION_QUARANTINED, was=was, detail={"reason": session.reason}
        )


@transaction.atomic
def wake_due() -> int:
    """Add jobs if anything is due, unless enough wait in the queue; give how many were added.

    One job moves many sessions, so as many jobs as there are workers are enough.
    """
    sessions = leases.due()[: settings.QUEUE_WORKERS * settings.QUEUE_THREADS].count()
    wanted = -(-sessions // settings.QUEUE_THREADS)
    jobs = wanted - waiting(Job.ADVANCE, wanted) if wanted else 0
    for _ in range(jobs):
        enqueue(Job.ADVANCE, 0)
    return jobs
