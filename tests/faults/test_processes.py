"""The portal's processes: they stop together, a dead keeper leaves nothing behind, and an idle queue is replaced."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from django_q.models import OrmQ
from pytest_django import DjangoDbBlocker

from amlportal.chaos import stack
from amlportal.chaos.stack import Stack
from cases.models import SessionState
from tests import databases, portal

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180), pytest.mark.one_database]


@pytest.fixture(scope="module")
def one_stack(
    migrated_database: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Stack]:
    """One for them all, on a database of its own: to start it takes longer than most of them."""
    folder = tmp_path_factory.mktemp("stack")
    name = databases.make_copy(migrated_database, folder)
    with django_db_blocker.unblock():
        with databases.talking_to(name):
            more = {"DATABASE_URL": databases.address(), "FILES_DIR": str(folder / "files")}
            with stack.running(folder, more=more) as running:
                yield running
        databases.drop(name)


@pytest.fixture
def whole(one_stack: Stack) -> Stack:
    """The portal at work, started again if a test before has ended it."""
    assert one_stack.keeper is not None
    if one_stack.keeper.poll() is not None:
        one_stack.serve()
    return one_stack


def serving(whole: Stack) -> dict[int, str]:
    """What belongs to the portal itself, without the sandbox."""
    return {pid: command for pid, command in whole.processes().items() if "amlportal.sandbox" not in command}


def capture_one(number: str) -> None:
    case = portal.order(number, reports=(), expands=())
    stack.wait_until(
        lambda: portal.session_of(case).state == SessionState.COMPLETE, 60, "the case is captured"
    )


def said_since(whole: Stack, before: str) -> str:
    return whole.log().removeprefix(before)


def test_a_second_worker_for_the_same_folder_is_refused(whole: Stack) -> None:
    before = whole.log()
    second = whole.run(*stack.MANAGE, "worker")
    assert second.wait(timeout=60) == 1
    assert "A worker runs here already" in said_since(whole, before)


def test_a_queue_that_lives_but_does_no_work_is_replaced(whole: Stack) -> None:
    before = whole.log()
    capture_one("317835337")
    # One that is stopped in the middle of a write would hold SQLite's lock, which is another trouble than this.
    stack.wait_until(lambda: not OrmQ.objects.exists(), 30, "the queue is idle")
    time.sleep(0.3)
    for pid in whole.queue_processes():
        os.kill(pid, signal.SIGSTOP)
    capture_one("312433060")
    assert "its cluster is replaced" in said_since(whole, before)


def test_a_killed_keeper_takes_its_processes_with_it_and_can_be_started_again(whole: Stack) -> None:
    assert whole.keeper is not None
    whole.keeper.kill()
    whole.keeper.wait()
    stack.wait_until(lambda: serving(whole) == {}, 40, "nothing of the portal is left")
    whole.serve()
    capture_one("319565329")


def test_a_case_is_captured_and_ctrl_c_then_stops_everything(whole: Stack) -> None:
    before = whole.log()
    capture_one("319613846")
    assert whole.keeper is not None
    whole.keeper.send_signal(signal.SIGINT)
    assert whole.keeper.wait(timeout=40) == 0
    assert serving(whole) == {}
    assert "Traceback" not in said_since(whole, before)
