"""A database that is away for a moment, while a step holds what took long to get: it is asked again for a while."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from cases.workflows.locks.leases import unheard_seconds

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)
PAUSE_SECONDS = 0.5

Got = TypeVar("Got")


def retried(work: Callable[[], Got]) -> Got:
    """Do the work, anew while the database is away, for as long as an unheard lease lasts (unheard_seconds).

    It writes in one transaction that is fenced; inside another there is nothing to repeat. Raises what `work` does.
    """
    ends = time.monotonic() + unheard_seconds()
    while True:
        try:
            return work()
        except AWAY as problem:
            if connection.in_atomic_block or time.monotonic() > ends:
                raise
            log.warning("the database is asked again: %s", type(problem).__name__)
        close_old_connections()
        time.sleep(PAUSE_SECONDS)
