"""Who a process is, as another is told; only what is surely dead is called dead."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amlportal import process_identity
from amlportal.process_identity import is_dead, this_process

TELL = "from amlportal.process_identity import this_process; print(this_process(), flush=True); input()"
Started = tuple[subprocess.Popen[str], str]


@pytest.fixture
def another() -> Iterator[Started]:
    """A process, and what it says of itself."""
    with subprocess.Popen(
        [sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def test_a_process_tells_host_start_of_the_machine_number_and_its_own_start(another: Started) -> None:
    process, identity = another
    host, boot, _namespaces, pid, started = identity.split("/")
    mine = this_process().split("/")
    assert ([host, boot], pid) == (mine[:2], str(process.pid))
    assert int(started) >= int(mine[4])
    assert len(identity) <= 150


def test_it_lives_until_it_is_killed_even_if_nobody_waits_for_it(another: Started) -> None:
    process, identity = another
    assert not is_dead(identity)
    process.send_signal(signal.SIGSTOP)
    assert not is_dead(identity)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(identity)
    process.wait()
    assert is_dead(identity)


def _changed(place: int, value: str) -> Callable[[list[str]], list[str]]:
    return lambda parts: [*parts[:place], value, *parts[place + 1 :]]


NO_PROCESS = str(2**22 + 1)  # more than the kernel gives out


@pytest.mark.parametrize(
    ("changes", "dead"),
    [
        ((), False),
        ((_changed(4, "1"),), True),  # its number belongs to another now
        ((_changed(3, NO_PROCESS),), True),
        ((_changed(3, NO_PROCESS), _changed(0, "elsewhere")), False),
        ((_changed(3, NO_PROCESS), _changed(1, "0b0e1c5f-5d2f-4f0e-8f6f-2f1f3c6f4a11")), False),
        ((_changed(3, NO_PROCESS), _changed(2, "1-1")), False),
        ((_changed(3, ""),), False),
        ((_changed(3, "-1"),), False),
        ((_changed(3, "9" * 30),), False),
    ],
)
def test_only_one_of_this_machine_that_is_gone_is_dead(
    changes: tuple[Callable[[list[str]], list[str]], ...], dead: bool
) -> None:
    parts = this_process().split("/")
    for change in changes:
        parts = change(parts)
    assert is_dead("/".join(parts)) is dead


@pytest.mark.parametrize("words", ["", "/", "a/b/c/d/e", "nobody"])
def test_who_is_nobody_is_not_dead(words: str) -> None:
    assert not is_dead(words)


def test_where_nothing_is_told_nobody_is_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = this_process()
    monkeypatch.setattr(process_identity, "PROC", tmp_path)
    process_identity._machine.cache_clear()
    process_identity._told.cache_clear()
    try:
        assert this_process() == ""
        assert not is_dead(mine)
        assert not is_dead("/".join([*mine.split("/")[:4], "1"]))
    finally:
        process_identity._machine.cache_clear()
        process_identity._told.cache_clear()
