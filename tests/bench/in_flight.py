"""The bare script: sessions by the client alone, as many calls in flight as it may, in the least possible calls."""

import heapq
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from cases.provider.client import Order
from cases.workflows import provider

AGAIN_SECONDS = 0.05
Step = Callable[[], None]


class Script:
    """Orders sessions, asks for each when it should be ready, and fetches it. Nothing is remembered."""

    def __init__(self, ready_after: Mapping[str, float], folder: Path) -> None:
        """`ready_after`: for each number how long the provider takes, as a webhook would tell."""
        self._client, self._folder = provider.client(), folder
        self._turn, self._numbers = threading.Condition(), count()
        self._steps: list[tuple[float, int, Step]] = []
        self._left = len(ready_after)
        for number, seconds in ready_after.items():
            self._at(time.monotonic(), lambda number=number, seconds=seconds: self._order(number, seconds))

    def work(self) -> None:
        """Take steps that are due until all sessions are fetched; one of many threads."""
        while step := self._next():
            step()

    def _order(self, number: str, seconds: float) -> None:
        session = self._client.create_session(Order("no", number, (), (), "en", None)).session_id
        self._at(time.monotonic() + seconds, lambda: self._poll(session))

    def _poll(self, session: str) -> None:
        if not self._client.session_information(session).entities["json"].ready:
            self._at(time.monotonic() + AGAIN_SECONDS, lambda: self._poll(session))
            return
        self._client.fetch(session, "json", self._folder)
        with self._turn:
            self._left -= 1
            self._turn.notify_all()

    def _at(self, moment: float, step: Step) -> None:
        with self._turn:
            heapq.heappush(self._steps, (moment, next(self._numbers), step))
            self._turn.notify()

    def _next(self) -> Step | None:
        with self._turn:
            while self._left:
                wait = self._steps[0][0] - time.monotonic() if self._steps else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._steps)[2]
                self._turn.wait(wait)
            return None


def run(ready_after: Mapping[str, float], threads: int) -> None:
    """Take all sessions to their end."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(threads) as pool:
        script = Script(ready_after, Path(folder))
        for done in [pool.submit(script.work) for _ in range(threads)]:
            done.result()
