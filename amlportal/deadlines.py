"""Time limits of many requests at once, watched by one thread of a process."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Watched = TypeVar("Watched")


class Deadlines(Generic[Watched]):
    """Calls `expire` for whatever is still watched after `seconds`, once and never later than the end of its block.

    All have the same time, so the first to come is the first to end. A thread for each would cost more than all else
    that answers a small request. `expire` must not wait, nor watch.
    """

    def __init__(self, seconds: float, expire: Callable[[Watched], None]) -> None:
        self._seconds, self._expire = seconds, expire
        self._changed = threading.Condition()
        # In the order in which they end.
        self._ends: dict[object, tuple[float, Watched]] = {}
        self._is_idle = False
        self._watcher: threading.Thread | None = None

    @contextmanager
    def watching(self, watched: Watched) -> Iterator[None]:
        """Watch it for as long as the block runs."""
        key = object()
        with self._changed:
            self._ends[key] = time.monotonic() + self._seconds, watched
            self._wake_watcher()
        try:
            yield
        finally:
            with self._changed:
                self._ends.pop(key, None)

    def _wake_watcher(self) -> None:
        # A process that was forked has no thread of the one before.
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = threading.Thread(target=self._watch, name="deadlines", daemon=True)
            self._watcher.start()
        elif self._is_idle:
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while True:
                key = next(iter(self._ends), None)
                if key is None:
                    self._await_the_next()
                    continue
                end, watched = self._ends[key]
                left = end - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                else:
                    del self._ends[key]
                    self._expire(watched)

    def _await_the_next(self) -> None:
        self._is_idle = True
        self._changed.wait()
        self._is_idle = False
