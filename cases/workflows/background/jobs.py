"""The background jobs of the queue: reports, signature checks, what comes with a day, and what a draft would do.

One such job at a time on a machine, which has two workers or more: there is always one for what the provider will not
keep.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

from amlportal.file_lock import file_lock, is_held
from cases.queue import wake_background_jobs
from cases.workflows import heartbeat
from cases.workflows.background import (
    changed_assessments,
    changed_proposals,
    expired_judgements,
    policy_impacts,
    reports,
    signature_checks,
    waits_over,
)

# One job begins new rounds for this long; then the queue gets its worker back.
TAKES_WORK_SECONDS = 20.0

# A kind of work: is any of it due; do one piece of it (False if there was none, or it was in other hands).
Work = tuple[Callable[[], bool], Callable[[heartbeat.Beats], bool]]
# In the order they take turns: for a report somebody waits.
WORKS: tuple[Work, ...] = (
    (reports.is_due, reports.make_next),
    (signature_checks.is_due, signature_checks.do),
    (expired_judgements.is_due, expired_judgements.do),
    (changed_proposals.is_due, changed_proposals.do),
    (changed_assessments.is_due, changed_assessments.do),
    (waits_over.is_due, waits_over.do),
    (policy_impacts.is_due, policy_impacts.do),
)


def do_due() -> int:
    """Do the background work that is due, for a while; give the number of pieces done.

    Every round is finished, one piece of each kind, however long the first of them took: none starves another.
    """
    beats, done, ends = heartbeat.Beats(), 0, time.monotonic() + TAKES_WORK_SECONDS
    with file_lock(_lock()) as alone:
        while alone and time.monotonic() < ends:
            pieces = sum([do(beats) for _is_due, do in WORKS])
            if not pieces:
                break
            done += pieces
    return done


def wake_due() -> bool:
    """Enqueue the work that is due, unless a job waits in the queue or somebody on this machine is at it; say
    whether there is any. Asked without a transaction, which on SQLite would keep everybody else from writing."""
    due = any(is_due() for is_due, _do in WORKS)
    if due and not _is_being_done():
        _wake()
    return due


@transaction.atomic
def _wake() -> None:
    wake_background_jobs()


def _is_being_done() -> bool:
    """Whether a background job runs here now. Asking may keep a job that begins this moment from it: the job
    that is added then stands for it."""
    with suppress(OSError):
        return is_held(_lock())
    return False


def _lock() -> Path:
    path: Path = settings.VAR_DIR / "background-jobs.lock"
    return path
