"""The whole portal as real processes: sandbox, web, worker and dispatcher, on free ports, with short patience.

What is started stands in a folder of its own, and bears the folder's path in its environment: so all of it is found,
and nothing else.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from amlportal.process_identity import PROC, STATE, status_fields
from amlportal.processes import MANAGE, kill_leftovers, marked

START_SECONDS = 180  # a busy machine takes long
# Stands in the environment of every process of a stack: the stack's folder.
FOLDER_VARIABLE = "PORTAL_STACK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], Any], seconds: float, what: str) -> None:
    """Wait until a condition holds. Raises TimeoutError, which says what did not come."""
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= ends:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).status_code < 500
    except requests.RequestException:
        return False


def processes_of(folder: Path) -> dict[int, str]:
    """Every living process of the stack in this folder: pid and command line."""
    found = {}
    for pid in marked(FOLDER_VARIABLE, str(folder)):
        status = status_fields(pid)
        with suppress(OSError):
            command = (PROC / str(pid) / "cmdline").read_text()
            if status and status[STATE] != "Z":
                found[pid] = command.replace("\0", " ").strip()
    return found


@dataclass
class Stack:
    """A portal with its sandbox, and their addresses. `more` is added to the environment of every process of it."""

    folder: Path
    sandbox_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)
    sandbox_options: tuple[str, ...] = ("--json-seconds", "0.5", "--report-seconds", "1")
    more: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    keeper: subprocess.Popen[bytes] | None = None

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "amlportal.settings",
            "PORTAL_ENV_FILE": "",
            FOLDER_VARIABLE: str(self.folder),
            "VAR_DIR": str(self.folder),
            "PORT": str(self.web_port),
            "PORTAL_URL": self.web,
            "AML_ISSUER": f"{self.sandbox}/auth/realms/sandbox",
            "AML_CLIENT_ID": "sandbox",
            "AML_CLIENT_SECRET": "sandbox-secret",
            "AML_POLL_SECONDS": "1",
            "AML_CREATE_ADOPT_SECONDS": "15",
            "QUEUE_PATIENCE_SECONDS": "10",
            "LEASE_SECONDS": "8",
            "LOG_LEVEL": "WARNING",
            **self.more,
        }

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own programs
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

    def keep_serving(self) -> None:
        """Start the portal again if its keeper was killed, as the machine's own keeper of services would."""
        if self.keeper is not None and self.keeper.poll() is not None:
            self.started.remove(self.keeper)
            self.keeper = self.run(*MANAGE, "serve")

    def switch(self, scope: str, faults: Sequence[dict[str, Any]]) -> None:
        """Switch faults of the sandbox on, for one organisation or globally."""
        address = f"{self.sandbox}/sandbox/faults/{scope}"
        requests.put(address, json={"faults": list(faults)}, timeout=60).raise_for_status()

    def stats(self) -> dict[str, Any]:
        return dict(requests.get(f"{self.sandbox}/sandbox/stats", timeout=60).json())

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def kill(self) -> None:
        """Kill every process of the stack at once."""
        kill_leftovers(FOLDER_VARIABLE, str(self.folder))

    def processes(self) -> dict[int, str]:
        """Every living process of the stack: pid and command line."""
        return processes_of(self.folder)

    def queue_processes(self) -> list[int]:
        return [pid for pid, command in self.processes().items() if "qcluster" in command]


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[Stack]:
    """Run a whole stack; afterwards none of its processes is left, each ended by its process id."""
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
