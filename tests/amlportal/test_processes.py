"""Processes are found, and ended, by what stands in their environment."""

import os
import subprocess
from pathlib import Path

from amlportal.chaos.stack import FOLDER_VARIABLE, processes_of
from amlportal.processes import kill_leftovers, marked


def test_who_bears_a_mark_is_found_and_killed_and_nobody_else(tmp_path: Path) -> None:
    def started(folder: Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(["sleep", "60"], env={**os.environ, FOLDER_VARIABLE: str(folder)})

    with started(tmp_path) as ours, started(tmp_path / "beside") as theirs:
        try:
            assert list(marked(FOLDER_VARIABLE, str(tmp_path))) == [ours.pid]
            assert processes_of(tmp_path) == {ours.pid: "sleep 60"}
            assert kill_leftovers(FOLDER_VARIABLE, str(tmp_path)) == 1
            os.waitid(
                os.P_PID, ours.pid, os.WEXITED | os.WNOWAIT
            )  # its entry is left until somebody waits for it
            assert processes_of(tmp_path) == {}
            assert processes_of(tmp_path / "beside") == {theirs.pid: "sleep 60"}
        finally:
            ours.kill()
            theirs.kill()
