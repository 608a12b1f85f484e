"""The sandbox as a program of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from amlportal.sandbox.cli import SECRET_VARIABLE
from amlportal.sandbox.options import Options
from amlportal.sandbox.server import RunningSandbox
from tests.sandbox.customer import Customer

PROJECT = Path(__file__).parents[2]
Runner = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Runner]:
    started: list[subprocess.Popen[str]] = []

    def runner(*arguments: str, **environment: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env={**os.environ, "TMPDIR": str(tmp_path), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        line = re.fullmatch(r"sandbox listening on (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
        assert line, process.communicate()[1]
        return process, line[1]

    yield runner
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_stops_when_told(
    run: Runner, tmp_path: Path, number: signal.Signals
) -> None:
    process, url = run("-m", "amlportal.sandbox", "--json-seconds", "60")
    Customer(url).open("no", "317835337")
    begun = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert time.monotonic() - begun < 5
    assert not [*tmp_path.glob("aml-sandbox-*")], "its temporary folder is still there"


def test_it_takes_the_arguments(run: Runner, tmp_path: Path) -> None:
    state = tmp_path / "state"
    _, url = run(
        "-m", "amlportal.sandbox",
        "--state-dir", str(state),
        "--json-seconds", "0",
        "--report-seconds", "0",
        "--token-seconds", "42",
        "--client-id", "portal",
        "--scopes", "aml_organization/basic",
        **{SECRET_VARIABLE: "from the environment"},
    )  # fmt: skip
    customer = Customer(url, scopes="")
    answer = customer.ask_token(
        auth=("portal", "from+the+environment"), scope="aml_organization/basic aml_organization/OFAC"
    )
    assert (answer.json()["scope"], answer.json()["expires_in"]) == ("aml_organization/basic", 42)
    customer.token = answer.json()["access_token"]
    customer.wait_for(customer.open("no", "317835337"))
    assert (state / "authority.pem").exists()


def test_a_port_in_use_is_said_in_words(run: Runner) -> None:
    _, url = run("-m", "amlportal.sandbox")
    port = url.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "amlportal.sandbox", "--port", port],
        cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("sandbox: cannot start:")
    assert "Traceback" not in done.stderr


def test_manage_starts_it_too(run: Runner) -> None:
    process, url = run("manage.py", "sandbox", "--json-seconds", "0", DJANGO_SETTINGS_MODULE="tests.settings")
    customer = Customer(url)
    assert customer.create("se", "559657-0704").status_code == 201
    process.terminate()
    assert process.wait(10) == 0


@pytest.mark.timeout(20)
def test_one_that_was_never_started_stops_and_frees_its_port_and_folder() -> None:
    with RunningSandbox(Options()) as never_started:
        folder = never_started.sandbox.report_store.folder
        assert folder.exists()
    assert not folder.exists()
    with RunningSandbox(Options(port=never_started.port)):
        pass


def test_it_needs_neither_django_nor_the_portal() -> None:
    code = "import amlportal.sandbox.cli, sys, json; print(json.dumps([*sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert not {name.partition(".")[0] for name in json.loads(done.stdout)} & {"django", "cases"}
