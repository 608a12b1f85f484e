"""The whole portal as real processes: sandbox, web, worker and dispatcher, on free ports, with short patience."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from amlportal.processes import MANAGE
from tests.processes import environment

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], Any], seconds: float, what: str) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).status_code < 500
    except requests.RequestException:
        return False


def processes_of(mark: str) -> dict[int, str]:
    """Every living process whose environment holds the mark: pid and command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes() and "Z" not in _state(folder):
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ").strip()
        except OSError:
            continue
    return found


def _state(folder: Path) -> str:
    return (folder / "stat").read_text().rpartition(")")[2].split()[0]


@dataclass
class Stack:
    """What runs, and how to reach it. `mark` stands in the environment of every process of it."""

    folder: Path
    sandbox_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)
    sandbox_options: tuple[str, ...] = ("--json-seconds", "0.5", "--report-seconds", "1")
    more: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    keeper: subprocess.Popen[bytes] | None = None

    @property
    def mark(self) -> str:
        return f"STACK_OF_TEST={self.folder}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def environment(self) -> dict[str, str]:
        return environment(
            PORTAL_ENV_FILE="",
            STACK_OF_TEST=str(self.folder),
            VAR_DIR=str(self.folder),
            PORT=str(self.web_port),
            PORTAL_URL=self.web,
            AML_ISSUER=f"{self.sandbox}/auth/realms/sandbox",
            AML_CLIENT_ID="sandbox",
            AML_CLIENT_SECRET="sandbox-secret",
            AML_POLL_SECONDS="1",
            AML_CREATE_ADOPT_SECONDS="15",
            QUEUE_PATIENCE_SECONDS="10",
            LEASE_SECONDS="8",
            LOG_LEVEL="WARNING",
            **self.more,
        )

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def start_sandbox(self) -> None:
        port = str(self.sandbox_port)
        state = str(self.folder / "sandbox")
        self.run(
            MANAGE[0], "-m", "amlportal.sandbox", "--port", port, "--state-dir", state, *self.sandbox_options
        )
        wait_until(lambda: answers(self.sandbox), START_SECONDS, "the sandbox answers")

    def serve(self) -> subprocess.Popen[bytes]:
        self.keeper = self.run(*MANAGE, "serve")
        wait_until(lambda: answers(f"{self.web}/healthz"), START_SECONDS, "the portal answers")
        return self.keeper

    def stats(self) -> dict[str, Any]:
        return dict(requests.get(f"{self.sandbox}/sandbox/stats", timeout=60).json())

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def kill(self) -> None:
        """End every process of it at once."""
        for pid in processes_of(self.mark):
            os.kill(pid, signal.SIGKILL)

    def queue_processes(self) -> list[int]:
        return [pid for pid, command in processes_of(self.mark).items() if "qcluster" in command]


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[Stack]:
    """Start it all; afterwards nothing of it is left, by process id."""
    stack = Stack(folder, **options)
    try:
        stack.start_sandbox()
        stack.serve()
        yield stack
    finally:
        for process in reversed(stack.started):
            process.send_signal(signal.SIGTERM)
        for process in reversed(stack.started):
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        stack.kill()
