"""Reports and looks at signatures are done one after the other, and keep no capture waiting."""

import fcntl

import pytest
from django_q.models import OrmQ
from pytest_django import Settings

from cases.queue import Job, enqueue, ring, waiting
from cases.workflows import paperwork, pulse

pytestmark = pytest.mark.django_db


class Pile:
    """So many pieces of work."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces

    def is_due(self) -> bool:
        return self.pieces > 0

    def do(self, _heart: pulse.Heart) -> bool:
        if not self.is_due():
            return False
        self.pieces -= 1
        return True


@pytest.fixture
def pile(monkeypatch: pytest.MonkeyPatch) -> Pile:
    pile = Pile(3)
    monkeypatch.setattr(paperwork, "WORKS", ((pile.is_due, pile.do),))
    return pile


def test_one_job_does_all_that_is_due(pile: Pile) -> None:
    assert paperwork.do_due() == 3
    assert pile.pieces == 0


def test_one_bell_hangs_at_a_time(pile: Pile) -> None:
    assert paperwork.wake_due()
    assert paperwork.wake_due()
    assert waiting(Job.PAPERWORK) == 1


def test_no_bell_is_rung_when_nothing_is_due(pile: Pile) -> None:
    pile.pieces = 0
    assert not paperwork.wake_due()
    assert OrmQ.objects.count() == 0


def test_two_are_not_at_it_at_once_on_a_machine(pile: Pile, settings: Settings) -> None:
    with (settings.VAR_DIR / "paperwork.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert paperwork.do_due() == 0
    assert pile.pieces == 3


def test_paperwork_that_waits_keeps_no_capture_from_being_rung_for(pile: Pile, settings: Settings) -> None:
    settings.QUEUE_WORKERS = 1
    for _ in range(5):
        enqueue(Job.PAPERWORK)
    ring(1)
    assert waiting(Job.ADVANCE) == 1


def test_a_bell_signed_with_another_key_counts_as_none(pile: Pile) -> None:
    enqueue(Job.PAPERWORK)
    OrmQ.objects.update(payload="not of ours")
    assert waiting(Job.PAPERWORK) == 0
    assert paperwork.wake_due()
