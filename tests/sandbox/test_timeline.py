"""Things to be done later."""

import threading
import time
from collections.abc import Iterator

import pytest

from amlportal.sandbox.sessions.timeline import Timeline


@pytest.fixture
def timeline() -> Iterator[Timeline]:
    made = Timeline(threads=4)
    made.start()
    yield made
    made.stop()


def test_jobs_run_in_the_order_of_their_time(timeline: Timeline) -> None:
    ran: list[str] = []
    done = threading.Event()
    timeline.after(0.2, lambda: (ran.append("late"), done.set()))
    timeline.after(0.1, lambda: ran.append("early"))
    assert done.wait(10)
    assert ran == ["early", "late"]


def test_a_long_job_holds_up_no_other(timeline: Timeline) -> None:
    let_go, done = threading.Event(), threading.Event()
    timeline.after(0.3, done.set)
    timeline.after(0.05, lambda: let_go.wait(10))
    timeline.after(0, lambda: let_go.wait(10))
    begun = time.monotonic()
    assert done.wait(10)
    assert time.monotonic() - begun < 5
    let_go.set()


def fail() -> None:
    raise RuntimeError("as it should")


def test_a_job_that_fails_ends_no_thread(timeline: Timeline) -> None:
    done = threading.Event()
    for _ in range(8):
        timeline.after(0, fail)
    timeline.after(0.05, done.set)
    assert done.wait(10)


def test_what_waits_is_dropped_when_it_stops(timeline: Timeline) -> None:
    ran = threading.Event()
    timeline.after(0.2, ran.set)
    timeline.stop()
    assert not ran.wait(0.5)
