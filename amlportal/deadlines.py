"""Time limits of whatever goes on at once in a process, watched by one thread."""

import logging
import math
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Deadlines:
    """Calls back what was not cancelled in time, as threading.Timer does, without a thread for each.

    A thread costs more than all else that answers a small request. What is called back runs while nothing else is
    watched: it must not wait.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._ends: dict[object, tuple[float, Callable[[], None]]] = {}
        self._wakes_at = math.inf
        self._watcher: threading.Thread | None = None

    def after(self, seconds: float, expire: Callable[[], None]) -> Callable[[], None]:
        """Have `expire` called once after so many seconds. Gives what cancels that: it is not called from then on."""
        key, end = object(), time.monotonic() + seconds
        with self._changed:
            self._ends[key] = end, expire
            self._watch_until(end)
        return lambda: self._cancel(key)

    def _cancel(self, key: object) -> None:
        with self._changed:
            self._ends.pop(key, None)

    def _watch_until(self, end: float) -> None:
        # A process that was forked has no thread of the one before.
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._watch, name="deadlines", daemon=True)
            self._watcher.start()
        elif end < self._wakes_at:
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while True:
                self._expire(time.monotonic())
                self._wakes_at = min((end for end, _expire in self._ends.values()), default=math.inf)
                self._changed.wait(None if self._wakes_at == math.inf else self._wakes_at - time.monotonic())

    def _expire(self, now: float) -> None:
        over = sorted(
            (end, number, key) for number, (key, (end, _)) in enumerate(self._ends.items()) if end <= now
        )
        for _end, _number, key in over:
            _over, expire = self._ends.pop(key)
            try:
                expire()
            except Exception as problem:
                log.error("what a time limit called failed: %s", type(problem).__name__)


deadlines = Deadlines()
