"""What is watched for too long is told, by one thread for all."""

import threading
import time
from contextlib import ExitStack

from amlportal.deadlines import Deadlines

SOON, LONG = 0.05, 60.0


def watchers() -> int:
    return sum(thread.name == "deadlines" for thread in threading.enumerate())


def test_what_lasts_too_long_expires_once_and_in_order() -> None:
    expired: list[str] = []
    all_are = threading.Event()

    def expire(word: str) -> None:
        expired.append(word)
        if word == "third":
            all_are.set()

    deadlines = Deadlines[str](SOON, expire)
    with ExitStack() as stack:
        for word in ("first", "second", "third"):
            stack.enter_context(deadlines.watching(word))
        assert all_are.wait(30)
        time.sleep(2 * SOON)
    assert expired == ["first", "second", "third"]


def test_what_ends_in_time_never_expires_and_the_next_is_watched_all_the_same() -> None:
    expired: list[str] = []
    is_late = threading.Event()
    deadlines = Deadlines[str](SOON, lambda word: (expired.append(word), is_late.set())[0])
    for _ in range(3):
        with deadlines.watching("in time"):
            pass
        time.sleep(2 * SOON)  # the thread has nothing to wait for, and must be woken
        with deadlines.watching("late"):
            assert is_late.wait(30)
        is_late.clear()
    assert expired == ["late"] * 3


def test_a_thousand_at_once_take_one_thread() -> None:
    before = watchers()
    deadlines = Deadlines[int](LONG, lambda _number: None)
    with ExitStack() as stack:
        for number in range(1000):
            stack.enter_context(deadlines.watching(number))
        assert watchers() == before + 1
