"""What is not cancelled in time is called back, by one thread for all."""

import os
import threading
import time

import pytest

from amlportal.deadlines import Deadlines, deadlines

# However busy the machine is, what is cancelled at once is cancelled before LATER.
SOON, LATER, LONG = 0.05, 3.0, 60.0


def watchers() -> int:
    return sum(thread.name == "deadlines" for thread in threading.enumerate())


class Called:
    """The words that were called back, in turn."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._changed = threading.Condition()

    def by(self, word: str) -> None:
        with self._changed:
            self.words.append(word)
            self._changed.notify()

    def awaited(self, many: int) -> list[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.words) >= many, 30)
        time.sleep(2 * SOON)
        return self.words


def test_what_lasts_too_long_is_called_back_once_the_first_to_end_first() -> None:
    deadlines, called = Deadlines(), Called()
    for word, seconds in (("long", LONG), ("third", 4 * SOON), ("second", 2 * SOON), ("first", SOON)):
        deadlines.after(seconds, lambda word=word: called.by(word))
    assert called.awaited(3) == ["first", "second", "third"]


def test_what_is_cancelled_is_never_called_and_the_next_is_watched_all_the_same() -> None:
    deadlines, called = Deadlines(), Called()
    for turn in range(1, 4):
        cancel = deadlines.after(LATER, lambda: called.by("in time"))
        cancel()
        cancel_late = deadlines.after(SOON, lambda: called.by("late"))
        assert (
            called.awaited(turn) == ["late"] * turn
        )  # then the thread has nothing to wait for, and must be woken
        cancel_late()
    time.sleep(LATER)
    assert called.words == ["late"] * 3


def test_a_call_that_fails_takes_no_other_with_it(caplog: pytest.LogCaptureFixture) -> None:
    deadlines, called = Deadlines(), Called()
    deadlines.after(SOON, {}.popitem)
    deadlines.after(SOON, lambda: called.by("next"))
    assert called.awaited(1) == ["next"]
    assert "KeyError" in caplog.text


def test_a_process_that_was_forked_watches_its_own_alone() -> None:
    inherited = threading.Event()
    cancel = deadlines.after(LONG, inherited.set)
    with deadlines._changed:  # as another thread may hold it just then
        child = os.fork()
        if not child:
            called = threading.Event()
            deadlines.after(SOON, called.set)
            os._exit(0 if called.wait(30) and len(deadlines._ends) == 0 else 1)
    cancel()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not inherited.is_set()


def test_a_thousand_at_once_take_one_thread() -> None:
    before, deadlines = watchers(), Deadlines()
    for _ in range(1000):
        deadlines.after(LONG, lambda: None)
    assert watchers() == before + 1
