"""Reports and looks at signatures are done one after the other, and keep no capture waiting."""

import fcntl
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from pytest_django import Settings

from amlportal.compiled import Compiled
from cases import queue
from cases.queue import Job, enqueue, waiting, wake
from cases.workflows import heartbeat
from cases.workflows.background import jobs

pytestmark = pytest.mark.django_db


class Pile:
    """So many pieces of work."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces
        self.ordered_at: list[int] = []

    def is_due(self) -> bool:
        self.ordered_at.append(len(connection.savepoint_ids))
        return self.pieces > 0

    def do(self, _beats: heartbeat.Beats) -> bool:
        if not self.pieces:
            return False
        self.pieces -= 1
        return True


@pytest.fixture
def pile(monkeypatch: pytest.MonkeyPatch) -> Pile:
    pile = Pile(3)
    monkeypatch.setattr(jobs, "WORKS", ((pile.is_due, pile.do),))
    return pile


def test_one_job_does_all_that_is_due(pile: Pile) -> None:
    assert jobs.do_due() == 3
    assert pile.pieces == 0


def test_kinds_of_work_take_turns_and_a_long_piece_of_one_keeps_no_other_from_its_turn(
    pile: Pile, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, order, now = Pile(2), [], [0.0]

    def do(which: Pile, name: str, seconds: float) -> Callable[[heartbeat.Beats], bool]:
        def one(beats: heartbeat.Beats) -> bool:
            now[0] += seconds
            order.append(name)
            return which.do(beats)

        return one

    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: now[0]))
    works = ((pile.is_due, do(pile, "report", 11)), (other.is_due, do(other, "look", 1)))
    monkeypatch.setattr(jobs, "WORKS", works)
    assert jobs.do_due() == 4
    assert order == ["report", "look"] * 2
    now[0] += 1000
    pile.pieces, order[:] = 1, []
    monkeypatch.setattr(jobs, "TAKES_WORK_SECONDS", 5)
    jobs.do_due()
    assert order == ["report", "look"]


def test_no_job_is_added_while_somebody_on_this_machine_is_at_it(pile: Pile, settings: Settings) -> None:
    with (settings.VAR_DIR / "background-jobs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert jobs.wake_due()
        assert waiting(Job.BACKGROUND, 9) == 0
    assert jobs.wake_due()
    assert waiting(Job.BACKGROUND, 9) == 1


def test_asking_what_is_due_keeps_nobody_from_writing(pile: Pile) -> None:
    outside = len(connection.savepoint_ids)
    assert jobs.wake_due()
    assert pile.ordered_at == [outside]


def open_no_more_than(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number stands in the SQL, which is made once."""
    monkeypatch.setattr(queue, "MOST_OPENED", most)
    monkeypatch.setattr(queue, "NEWEST", Compiled(queue.NEWEST.build, *queue.NEWEST.types))


def test_no_more_rows_of_the_queue_are_opened_than_tell_whether_a_job_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        enqueue(Job.BACKGROUND)
    opened, load = [], SignedPackage.loads

    def loads(payload: str) -> object:
        opened.append(payload)
        return load(payload)

    monkeypatch.setattr(SignedPackage, "loads", loads)
    assert waiting(Job.BACKGROUND, 2) == 2
    assert len(opened) == 2
    open_no_more_than(3, monkeypatch)
    assert waiting(Job.ADVANCE, 1) == 0
    assert len(opened) == 2 + 3


def test_the_newest_job_is_found_behind_any_pile(monkeypatch: pytest.MonkeyPatch) -> None:
    open_no_more_than(3, monkeypatch)
    for job in [Job.HEARTBEAT] * 5 + [Job.BACKGROUND]:
        enqueue(job)
    assert waiting(Job.BACKGROUND, 1) == 1


def test_one_job_waits_at_a_time(pile: Pile) -> None:
    assert jobs.wake_due()
    assert jobs.wake_due()
    assert waiting(Job.BACKGROUND, 9) == 1


def test_no_job_is_added_when_nothing_is_due(pile: Pile) -> None:
    pile.pieces = 0
    assert not jobs.wake_due()
    assert OrmQ.objects.count() == 0


def test_two_are_not_at_it_at_once_on_a_machine(pile: Pile, settings: Settings) -> None:
    with (settings.VAR_DIR / "background-jobs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert jobs.do_due() == 0
    assert pile.pieces == 3


def test_background_jobs_that_wait_keep_no_capture_from_being_woken(pile: Pile, settings: Settings) -> None:
    settings.QUEUE_WORKERS = 2
    for _ in range(5):
        enqueue(Job.BACKGROUND)
    wake(1)
    assert waiting(Job.ADVANCE, 9) == 1


def test_a_job_signed_with_another_key_counts_as_none(pile: Pile) -> None:
    enqueue(Job.BACKGROUND)
    OrmQ.objects.update(payload="not of ours")
    assert waiting(Job.BACKGROUND, 9) == 0
    assert jobs.wake_due()
