"""`./portal chaos`, a short cut of it: under faults, kills and a crash nothing is lost, nothing is ordered twice.

A minute of it and more are commands (docs/reliability.md).
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from amlportal.chaos import options
from amlportal.chaos.stack import wait_until
from amlportal.processes import kill_leftovers, marked
from tests import databases

pytestmark = [pytest.mark.faults, pytest.mark.database]

COMMAND = [sys.executable, "-m", "amlportal.chaos"]
DATABASE = options.POSTGRESQL if databases.ON_POSTGRESQL else options.SQLITE
# Set in the environment of all that it starts.
MARK = "CHAOS_OF_TEST"


@pytest.fixture
def mark() -> Iterator[str]:
    word = secrets.token_hex(8)
    yield word
    kill_leftovers(MARK, word)


def living(mark: str) -> list[int]:
    return list(marked(MARK, mark))


def started(mark: str, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, "--database", DATABASE, *words],
        env={**os.environ, MARK: mark},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.timeout(600)
def test_a_short_while_of_it_loses_nothing(mark: str) -> None:
    run = started(mark, "--seed=8", "--minutes=0.3", "--sessions=20", "--kills=3", "--restarts=1")
    printed, complained = run.communicate()

    assert run.returncode == 0, printed + complained
    rows = dict(line.split(maxsplit=1) for line in printed.splitlines())
    assert rows["sessions"] == "20"
    assert rows["lost"].startswith("0 of ")
    assert (rows["twice"], rows["unended"]) == ("0", "0")
    assert rows["chains"] == "20 of 20 hold"
    assert living(mark) == []


@pytest.mark.one_database
@pytest.mark.timeout(400)
@pytest.mark.parametrize(("number", "is_under_way"), [(signal.SIGINT, False), (signal.SIGTERM, True)])
def test_told_to_stop_it_leaves_nothing(number: signal.Signals, is_under_way: bool, mark: str) -> None:
    run = started(mark, "--seed=8", "--minutes=5", "--sessions=50")
    assert run.stderr is not None
    if is_under_way:
        assert "under way" in run.stderr.readline()
    else:
        wait_until(lambda: len(living(mark)) > 1, 60, "the first of its processes has begun")
    folders = {Path(folder) for pid in living(mark) if (folder := folder_of(pid))}
    run.send_signal(number)
    run.communicate()

    assert (run.returncode, len(folders)) == (130, 1)
    ends = time.monotonic() + 10  # the last of PostgreSQL's own children may take a moment
    while living(mark) and time.monotonic() < ends:
        time.sleep(0.1)
    assert (living(mark), [folder for folder in folders if folder.exists()]) == ([], [])


@pytest.mark.one_database
@pytest.mark.parametrize("number", options.STOPS)
def test_told_to_stop_at_once_it_leaves_no_folder(
    number: signal.Signals, mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    run = started(mark, "--seed=8", "--minutes=5")
    wait_until(lambda: any(tmp_path.iterdir()), 60, "its folder is made")
    run.send_signal(number)
    run.communicate()

    assert (run.returncode, list(tmp_path.iterdir()), living(mark)) == (130, [], [])


def folder_of(pid: int) -> str:
    own = f"{options.OWN_FOLDER}=".encode()
    try:
        entries = (Path("/proc") / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    return next((entry.removeprefix(own).decode() for entry in entries if entry.startswith(own)), "")
