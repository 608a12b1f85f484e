"""What the queue does beside captures: reports, and looks at signatures. One job of it at a time on a machine, so that
there is always a worker for what the provider will not keep."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from cases.queue import ring_for_paperwork
from cases.workflows import pulse, reports, verifying

# One job takes new work for this long; then the queue gets its worker back.
TAKES_WORK_SECONDS = 20.0

# A kind of work: is any of it due; do one piece of it (False if there was none, or it was in other hands).
Work = tuple[Callable[[], bool], Callable[[pulse.Heart], bool]]
# In the order they are done: for a report somebody waits.
WORKS: tuple[Work, ...] = ((reports.is_due, reports.make_next), (verifying.is_due, verifying.do))


def do_due() -> int:
    """Do what is due, for a while; give the number of pieces done."""
    heart, done, ends = pulse.Heart(), 0, time.monotonic() + TAKES_WORK_SECONDS
    with _alone() as alone:
        while alone and time.monotonic() < ends and any(do(heart) for _is_due, do in WORKS):
            done += 1
    return done


@transaction.atomic
def wake_due() -> bool:
    """Ring for the work that is due, unless a bell hangs in the queue; say whether there is any."""
    due = any(is_due() for is_due, _do in WORKS)
    if due:
        ring_for_paperwork()
    return due


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else on this machine is at it, until the block ends."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "paperwork.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
