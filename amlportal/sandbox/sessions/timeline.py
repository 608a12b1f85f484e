"""Things to be done later, by a few threads."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Timeline:
    """Runs jobs when they are due; what is not due when it stops is dropped."""

    def __init__(self, threads: int = 16) -> None:
        self._wake = threading.Condition()
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, name=f"sandbox-timeline-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Drop the jobs that wait and let the threads end."""
        with self._wake:
            self._stopping = True
            self._due.clear()
            self._wake.notify_all()

    def clear(self) -> None:
        """Drop the jobs that wait."""
        with self._wake:
            self._due.clear()

    def after(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job after some seconds."""
        with self._wake:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), job))
            self._wake.notify()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception:
                log.exception("a job of the sandbox failed")

    def _next(self) -> Callable[[], None] | None:
        with self._wake:
            while not self._stopping:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    job = heapq.heappop(self._due)[2]
                    self._wake.notify()  # another thread now waits for the next one
                    return job
                self._wake.wait(wait)
            return None
