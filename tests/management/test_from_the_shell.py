"""The commands as processes: exit status, what goes to which stream, and a database that is not fit."""

import json
import shlex
import signal
import subprocess
from pathlib import Path

import pytest

from amlportal.processes import MANAGE
from cases.models import AmlSession, Case
from tests import processes
from tests.workflows.forgery import event, forge, long_case

pytestmark = pytest.mark.one_database


def manage(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MANAGE, *words],
        env=processes.environment(**changes),
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


ORDER = ["open_case", "--country", "no", "--identifier", "317835337"]
EVERY_COMMAND = [["verify_audit"], ["reread"], ORDER]


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=lambda words: words[0])
def test_a_database_that_is_not_migrated_is_said_in_one_line(words: list[str], tmp_path: Path) -> None:
    done = manage(*words, DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 1
    assert "The database is not migrated" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=lambda words: words[0])
def test_a_database_that_cannot_be_reached_is_said_in_one_line(words: list[str]) -> None:
    done = manage(*words, DATABASE_URL="postgresql://portal:s3cret@127.0.0.1:9/portal")
    assert done.returncode == 1
    assert "The database cannot be reached" in done.stderr
    assert "s3cret" not in done.stderr + done.stdout
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_trouble(own_database: str) -> None:
    """As `open_case … | head` does."""
    line = shlex.join([*MANAGE, *ORDER])
    done = subprocess.run(
        ["bash", "-c", f"{line} | true; exit ${{PIPESTATUS[0]}}"],
        env=processes.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 141
    assert "is opened" in done.stderr
    assert "Pipe" not in done.stderr


def test_open_case_prints_json_alone_on_stdout(own_database: str) -> None:
    done = manage(*ORDER[:-1], "123456789", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["session"]["state"] == "requested"
    assert "check digit" in done.stderr
    assert "nothing works on the queue" in done.stderr


def test_a_misused_open_case_does_not_end_with_what_means_not_yet(own_database: str) -> None:
    done = manage("open_case", "--country", "no")
    assert done.returncode == 1
    assert "--identifier" in done.stderr
    assert done.stdout == ""


def test_ctrl_c_while_it_waits_leaves_the_case_as_it_is(own_database: str) -> None:
    waiting = subprocess.Popen(
        [*MANAGE, *ORDER, "--wait", "60", "--json"],
        env=processes.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    line = ""
    while "nothing works on the queue" not in line:
        line = waiting.stderr.readline()
        assert line, "it ended by itself"
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate(timeout=30)
    assert waiting.returncode == 2
    assert "The case goes on" in err
    assert "Traceback" not in err
    assert json.loads(out)["reference"] == Case.objects.get().reference
    assert AmlSession.objects.get().is_active


def test_the_doctor_finds_a_database_that_is_not_migrated(tmp_path: Path) -> None:
    done = manage("doctor", DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 1
    assert "The database is not migrated" in done.stdout
    assert "manage.py migrate" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("words", [*EVERY_COMMAND, ["doctor"]], ids=lambda words: words[0])
def test_a_setting_that_is_missing_is_named(words: list[str]) -> None:
    done = manage(*words, SECRET_KEY="", PORTAL_ENV_FILE="")
    assert done.returncode == 1
    assert "SECRET_KEY is not set" in done.stderr
