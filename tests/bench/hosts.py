"""Machines of the portal as processes: each with a host name, numbers of processes and a VAR_DIR of its own.

All of them have one database, one folder for files and one sandbox. The first runs the web as well. They share the
network and the cores of this machine.
"""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amlportal.chaos import stack
from amlportal.chaos.stack import Stack
from amlportal.processes import MANAGE
from cases.models import Heartbeat
from cases.workflows import heartbeat
from tests import databases

SLOW_SECONDS = 0.1
START_SECONDS = 120.0
# Kinds of processes, by a word of their command line.
KINDS = {
    "gunicorn": "web",
    "qcluster": "queue",
    "manage.py worker": "worker's keeper",
    "manage.py dispatcher": "dispatcher",
    "manage.py serve": "keeper",
    "amlportal.sandbox": "sandbox",
}
OTHER = "other"
IDLE, MACHINE = "(idle)", "(this machine, all users)"
SERVER = "database server"
# A host of its own as far as the portal can tell: another name, other numbers of processes.
APART = ["unshare", "--uts", "--pid", "--fork", "--kill-child=SIGTERM", "--mount-proc", "--", "sh", "-c"]


@contextmanager
def sandbox_of(folder: Path, **more: str) -> Iterator[Stack]:
    """The first machine, of which only the sandbox runs; whatever is started on it later is stopped at the end."""
    first = Stack(folder / "host1", sandbox_options=("--json-seconds", "0", "--report-seconds", "0"))
    first.folder.mkdir()
    first.more.update(_production(folder, more))
    try:
        first.start_sandbox()
        slow = {
            "name": "slow",
            "seconds": SLOW_SECONDS,
            "on": ["token", "create", "information", "json", "report"],
        }
        first.switch("global", [slow])
        yield first
    finally:
        _stop(first)


@contextmanager
def at_work(first: Stack, hosts: int) -> Iterator[list[Stack]]:
    """So many machines, all warm: web, worker and dispatcher on the first, worker and dispatcher on each other."""
    others = [_another(first, number) for number in range(2, hosts + 1)]
    try:
        first.serve()
        for other in others:
            for program in ("worker", "dispatcher"):
                command = " ".join((*MANAGE, program))
                other.run(*APART, f"hostname {other.folder.name} && exec {command}")
        stack.wait_until(lambda: _clusters() >= hosts, START_SECONDS, "every machine's queue has run a task")
        yield [first, *others]
    finally:
        for other in others:
            _stop(other)


def _production(folder: Path, more: dict[str, str]) -> dict[str, str]:
    """Settings as they are by default, not the short patience of trials."""
    return {
        "DATABASE_URL": databases.address(),
        "FILES_DIR": str(folder / "files"),
        "LEASE_SECONDS": "60",
        "QUEUE_PATIENCE_SECONDS": "60",
        "AML_POLL_SECONDS": "2",
        "AML_CREATE_ADOPT_SECONDS": "30",
        **more,
    }


def _another(first: Stack, number: int) -> Stack:
    folder = first.folder.parent / f"host{number}"
    folder.mkdir()
    return Stack(folder, sandbox_port=first.sandbox_port, web_port=first.web_port, more=dict(first.more))


def _clusters() -> int:
    return Heartbeat.objects.exclude(name__in=heartbeat.NO_CLUSTERS).count()


def _stop(host: Stack) -> None:
    """Ask all that was started to stop; what is left is killed by its process id."""
    for process in reversed(host.started):
        process.send_signal(signal.SIGTERM)
    for process in host.started:
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
    host.kill()


def cpu_by_kind(hosts: list[Stack]) -> Counter[str]:
    """Seconds of CPU so far of every process of the machines, and of the database server's that serve this database."""
    seconds: Counter[str] = Counter()
    for host in hosts:
        for pid, command in host.processes().items():
            seconds[next((kind for word, kind in KINDS.items() if word in command), OTHER)] += _cpu(pid)
    if databases.ON_POSTGRESQL:
        name = databases.address().rpartition("/")[2].partition("?")[0]
        seconds[SERVER] = sum(_cpu(pid) for pid in _serving(name))
    return seconds + _of_machine()


def _of_machine() -> Counter[str]:
    """Seconds for which the cores of this machine have worked, for whomever, and for which they had nothing to do."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    a_second = os.sysconf("SC_CLK_TCK")
    idle = ticks[3] + ticks[4]
    return Counter({IDLE: idle / a_second, MACHINE: (sum(ticks) - idle) / a_second})


def _serving(name: str) -> Iterator[int]:
    """Processes of PostgreSQL on this machine that serve a database; its background writers are none of them."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if command.startswith("postgres:") and name in command:
            yield int(folder.name)


def _cpu(pid: int) -> float:
    """Seconds that a process has worked, with those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
