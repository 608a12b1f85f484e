"""Hold the leases of the steps that run in this process: one thread makes their ends later, while they run.

A step that stands still is not held for longer than LEASE_SECONDS, whatever its thread does. A step that could not
record for want of the database ends without its lease; that one is given back as soon as the database is there.
"""

import datetime
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from cases.models import AmlSession
from cases.workflows.locks import delays, leases
from cases.workflows.locks.leases import Lease
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

# So often a lease is made longer before it would run out: one write that comes late loses none.
WORDS_A_LEASE = 4
GIVES_BACK_EVERY_SECONDS = 1.0


class Holding:
    """The leases of this process's steps. Its thread lives while there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held: list[Lease] = []
        self._left: list[Lease] = []
        self._thread: threading.Thread | None = None

    @contextmanager
    def holding(self, lease: Lease) -> Iterator[None]:
        """Hold the lease until the block ends, and not a moment longer."""
        self._add(self._held, lease)
        try:
            yield
        finally:
            with self._changed:
                self._held.remove(lease)
                self._changed.notify()

    def give_back(self, lease: Lease) -> None:
        """Free the session once the database can be written, for a try a little later; the claim stays counted."""
        self._add(self._left, lease)

    def shutdown(self) -> None:
        """Wait until nothing is held any more; what could not be given back runs out by itself."""
        with self._changed:
            self._left.clear()
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _add(self, leases_: list[Lease], lease: Lease) -> None:
        with self._changed:
            leases_.append(lease)
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="leases", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        is_logged = False
        try:
            while self._wait():
                problem = self._trouble()
                if problem and not is_logged:
                    log.warning("leases cannot be held for now: %s", problem)
                is_logged = bool(problem)
        finally:
            connections.close_all()

    def _trouble(self) -> str:
        """Write what is to be written; a word for what kept us from it, else ''."""
        try:
            close_old_connections()  # drops a connection that a database restart has broken
            self._keep()
            self._free()
        except (DatabaseError, InterfaceError) as problem:
            return type(problem).__name__
        except Exception as problem:
            return described(problem)
        return ""

    def _wait(self) -> bool:
        """Wait until something is to be written; False, and the thread is over, if nothing is held any more."""
        began = time.monotonic()
        with self._changed:
            while self._held or self._left:
                rest = began + self._pause() - time.monotonic()
                if rest <= 0:
                    return True
                self._changed.wait(rest)
            self._thread = None
            return False

    def _pause(self) -> float:
        pause = leases.unheard_seconds() / WORDS_A_LEASE
        return min(pause, GIVES_BACK_EVERY_SECONDS) if self._left else pause

    def _keep(self) -> None:
        with self._changed:
            kept = [lease for lease in self._held if lease.may_be_kept]
        if kept:
            # Those that were claimed together have one token, and each is kept, or not, by itself.
            held = AmlSession.objects.filter(pk__in=[lease.pk for lease in kept])
            held.held_by(*{lease.token for lease in kept}).update(lease_until=leases.lease_end())

    def _free(self) -> None:
        with self._changed:
            left = list(self._left)
        for lease in left:
            later = timezone.now() + datetime.timedelta(
                seconds=delays.after_trouble(1, settings.AML_POLL_SECONDS)
            )
            leases.free(lease, later)
            with self._changed, suppress(ValueError):  # shut down meanwhile
                self._left.remove(lease)
