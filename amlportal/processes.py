"""Processes that are started together and stop together.

Each child leads a process group of its own. A child that ends is started again, later each time; when the keeper is
told to stop (SIGTERM, SIGINT) every group gets SIGTERM and, after a grace period, SIGKILL. If the keeper itself is
killed, the kernel sends its children SIGTERM.
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 10.0
CALM_AFTER_SECONDS = 60.0

MANAGE = [sys.executable, str(Path(__file__).resolve().parent.parent / "manage.py")]


class Child:
    """One program, started again whenever it ends."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment or {})
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self._pause = 0.0
        self._not_before = 0.0

    def start(self) -> None:
        follow = [setpriv, "--pdeathsig", "TERM"] if (setpriv := shutil.which("setpriv")) else []
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            [*follow, *self.command],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def keep_running(self) -> None:
        """Start the program if it is not running and its pause is over; the first start has no pause."""
        now = time.monotonic()
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return
            if now - self.started_at > CALM_AFTER_SECONDS:
                self._pause = 0.0
            log.warning("%s ended (status %s); it is started again in %.0f s", self.name, status, self._pause)
            self.kill_group()
            self.process, self._not_before = None, now + self._pause
            self._pause = min(LONGEST_PAUSE_SECONDS, self._pause * 2 or 1.0)
        if now >= self._not_before:
            self.start()

    def ask_to_stop(self) -> None:
        self._signal(signal.SIGTERM)

    def kill_group(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            log.debug("%s has no process left", self.name)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def stop(children: Sequence[Child], grace_seconds: float = GRACE_SECONDS) -> None:
    """Stop them all, the last started first; nothing of their groups is left when this returns."""
    for child in reversed(children):
        child.ask_to_stop()
    ends = time.monotonic() + grace_seconds
    while any(child.is_running for child in children) and time.monotonic() < ends:
        time.sleep(0.05)
    for child in children:
        child.kill_group()
        if child.process is not None:
            child.process.wait()


class Stopped(Exception):
    """SIGTERM or SIGINT told this process to stop."""


def keep(
    children: Sequence[Child],
    each_round: Callable[[], None] = lambda: None,
    round_seconds: float = 0.5,
    grace_seconds: float = GRACE_SECONDS,
) -> None:
    """Keep the children running, and call `each_round` between, until SIGTERM or SIGINT; then stop them."""

    def told(_number: int, _frame: object) -> None:
        raise Stopped

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    try:
        while True:
            for child in children:
                child.keep_running()
            each_round()
            time.sleep(round_seconds)
    except Stopped:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        log.info("stopping")
    finally:
        stop(children, grace_seconds)


def kill_leftovers(variable: str, value: str) -> int:
    """Kill every process of ours whose environment holds variable=value: what a killed keeper left behind."""
    killed = 0
    for pid in marked(variable, value):
        if pid != os.getpid():
            with suppress(OSError):  # it ended by itself
                os.kill(pid, signal.SIGKILL)
                killed += 1
    return killed


def marked(variable: str, value: str) -> Iterator[int]:
    """The pid of every process of ours whose environment holds variable=value, one found after the other."""
    mark = f"{variable}={value}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended, or is not ours
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name)
