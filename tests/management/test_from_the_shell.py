"""The commands as processes: exit status, what goes to which stream, and a database that is not fit."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import processes
from tests.workflows.forgery import event, forge, long_case


def manage(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=processes.environment(**changes),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_verify_audit_tells_the_shell(own_database: str) -> None:
    case = long_case(2)
    whole = manage("verify_audit")
    assert (whole.returncode, whole.stderr) == (0, "")
    forge("UPDATE cases_auditdetail SET body = 'x' WHERE event_id = %s", event(case, 1).pk)
    broken = manage("verify_audit")
    assert broken.returncode == 1
    assert f"{case.reference}: event 1 " in broken.stdout


@pytest.mark.parametrize("words", [["verify_audit"]])
def test_a_database_that_is_not_migrated_is_said_in_one_line(words: list[str], tmp_path: Path) -> None:
    done = manage(*words, DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 1
    assert "The database is not migrated" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("words", [["verify_audit"]])
def test_a_database_that_cannot_be_reached_is_said_in_one_line(words: list[str]) -> None:
    done = manage(*words, DATABASE_URL="postgresql://portal:s3cret@127.0.0.1:9/portal")
    assert done.returncode == 1
    assert "The database cannot be reached" in done.stderr
    assert "s3cret" not in done.stderr + done.stdout
    assert len(done.stderr.splitlines()) == 1
