"""The identity of a process, as text for another process, and whether that process is known to be dead.

Only on Linux is this known. Nothing is guessed: a process of which it is unknown counts as living.
"""

import os
import socket
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

PROC = Path("/proc")
# In another namespace of process ids or of time, the same number would mean another process.
NAMESPACES = ("pid", "time")
# In /proc/PID/stat, behind the name in brackets.
STATE, THREADS, STARTED = 0, 17, 19


def this_process() -> str:
    """The identity of this process: 'HOST/BOOT/NAMESPACES/PID/START' (at most 150 characters); '' where unknown."""
    return _told(os.getpid())


def is_dead(identity: str) -> bool:
    """Is this process surely gone? False if it lives, or is of another machine, container or start of the machine."""
    machine, _slash, process = identity.rpartition("/")
    machine, _slash, pid = machine.rpartition("/")
    if not machine or machine != _machine() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)  # /proc may hide what belongs to another user
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    status = status_fields(int(pid))
    return bool(status) and (status[STARTED] != process or _has_ended(status))


def _has_ended(status: list[str]) -> bool:
    """Has the process ended with all its threads, its entry left for a parent that has not waited for it?"""
    return status[STATE] in {"Z", "X"} and int(status[THREADS]) <= 1


@lru_cache(maxsize=1)
def _told(pid: int) -> str:
    machine, status = _machine(), status_fields(pid)
    return f"{machine}/{pid}/{status[STARTED]}" if machine and status else ""


def status_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; [] if they cannot be read."""
    with suppress(OSError):
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return []


@lru_cache(maxsize=1)
def _machine() -> str:
    with suppress(OSError):
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        spaces = [str((PROC / "self/ns" / name).readlink()) for name in NAMESPACES]
        numbers = "-".join(space.partition("[")[2].rstrip("]") for space in spaces)
        return f"{socket.gethostname()[:64]}/{boot}/{numbers}"
    return ""
