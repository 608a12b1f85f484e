"""The portal's processes: they stop together, a dead keeper leaves nothing behind, and an idle queue is replaced."""

import os
import signal

import pytest

from cases.models import SessionState
from tests import portal
from tests.faults import stack
from tests.faults.stack import Stack

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


def serving(whole: Stack) -> dict[int, str]:
    """What belongs to the portal itself, without the sandbox."""
    return {
        pid: command
        for pid, command in stack.processes_of(whole.mark).items()
        if "amlportal.sandbox" not in command
    }


def capture_one(number: str) -> None:
    case = portal.order(number, reports=(), expands=())
    stack.wait_until(
        lambda: portal.session_of(case).state == SessionState.COMPLETE, 60, "the case is captured"
    )


def test_a_case_is_captured_and_ctrl_c_then_stops_everything(whole: Stack) -> None:
    capture_one("317835337")
    keeper = whole.started[-1]
    keeper.send_signal(signal.SIGINT)
    assert keeper.wait(timeout=40) == 0
    assert serving(whole) == {}
    assert "Traceback" not in whole.log()


def test_a_queue_that_lives_but_does_no_work_is_replaced(whole: Stack) -> None:
    capture_one("317835337")
    for pid in whole.queue_processes():
        os.kill(pid, signal.SIGSTOP)
    capture_one("312433060")
    assert "its cluster is replaced" in whole.log()


def test_a_killed_keeper_takes_its_processes_with_it_and_can_be_started_again(whole: Stack) -> None:
    keeper = whole.started[-1]
    keeper.kill()
    keeper.wait()
    stack.wait_until(lambda: serving(whole) == {}, 40, "nothing of the portal is left")
    whole.serve()
    capture_one("317835337")


def test_a_second_worker_for_the_same_folder_is_refused(whole: Stack) -> None:
    second = whole.run(*stack.MANAGE, "worker")
    assert second.wait(timeout=60) == 1
    assert "A worker runs here already" in whole.log()
