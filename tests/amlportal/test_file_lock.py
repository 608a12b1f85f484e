"""One at a time, between threads as between processes; who waits is given a time; whoever dies frees it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from amlportal.file_lock import file_lock, is_held

HOLDER = """
import sys, time
from pathlib import Path
from amlportal.file_lock import file_lock
with file_lock(Path(sys.argv[1])) as is_ours:
    print(is_ours, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "some.lock"


def test_one_has_it_and_the_next_when_it_is_free(path: Path) -> None:
    assert not is_held(path)
    with file_lock(path) as first:
        assert first
        assert is_held(path)
        with file_lock(path) as second:
            assert not second
        assert is_held(path)  # who did not get it frees nothing
    assert not is_held(path)
    with file_lock(path) as third:
        assert third


def test_who_waits_gets_it_as_soon_as_it_is_free(path: Path) -> None:
    is_taken, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with file_lock(path):
            is_taken.set()
            may_end.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_taken.wait(20)
    began = time.monotonic()
    with file_lock(path, seconds=0.2) as is_ours:
        assert not is_ours
    assert time.monotonic() - began >= 0.2
    may_end.set()
    with file_lock(path, seconds=20) as is_ours:
        assert is_ours
    holder.join()


def test_an_exception_frees_it(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), file_lock(path):
        _ = 1 / 0
    assert not is_held(path)


def test_a_process_that_is_killed_holds_nothing(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert is_held(path)
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert not is_held(path)


def test_file_and_folder_are_for_their_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        with file_lock(path):
            pass
    finally:
        os.umask(before)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"file"), file_lock(tmp_path / "file" / "some.lock"):
        pass
