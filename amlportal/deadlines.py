"""Time limits of whatever goes on at once in a process, watched by one thread."""

import logging
import math
import os
import threading
import time
from collections.abc import Callable
from itertools import count

log = logging.getLogger(__name__)


class Deadlines:
    """Calls back what was not cancelled in time, as threading.Timer does, without a thread for each.

    A thread costs more than all else that answers a small request. What is called back runs while nothing else is
    watched: it must not wait.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew. In a process that was forked: the thread, and what it watched, are those of the one before."""
        self._changed = threading.Condition()
        self._numbers = count()
        self._ends: dict[int, tuple[float, Callable[[], None]]] = {}
        self._wakes_at = math.inf
        self._watcher: threading.Thread | None = None

    def after(self, seconds: float, expire: Callable[[], None]) -> Callable[[], None]:
        """Have `expire` called once after so many seconds. Gives what cancels that: it is not called from then on."""
        end = time.monotonic() + seconds
        with self._changed:
            self._watch_until(end)  # first: where no thread can be had, nothing is left behind
            number = next(self._numbers)
            self._ends[number] = end, expire
        return lambda: self._cancel(number)

    def _cancel(self, number: int) -> None:
        with self._changed:
            self._ends.pop(number, None)

    def _watch_until(self, end: float) -> None:
        if self._watcher is None:
            watcher = threading.Thread(target=self._watch, name="deadlines", daemon=True)
            watcher.start()
            self._watcher = watcher
        elif end < self._wakes_at:
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while True:
                self._expire(time.monotonic())
                self._wakes_at = min((end for end, _expire in self._ends.values()), default=math.inf)
                self._changed.wait(None if self._wakes_at == math.inf else self._wakes_at - time.monotonic())

    def _expire(self, now: float) -> None:
        for _end, number in sorted((end, number) for number, (end, _) in self._ends.items() if end <= now):
            _over, expire = self._ends.pop(number)
            try:
                expire()
            except Exception as problem:
                log.error("what a time limit called failed: %s", type(problem).__name__)


deadlines = Deadlines()
os.register_at_fork(after_in_child=deadlines.forget)
