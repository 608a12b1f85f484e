"""Locks between the threads and processes of one machine: flock on a file that is there for nothing else.

Each acquisition opens the file anew, so the lock holds between threads as between processes, and whoever dies frees it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.05


@contextmanager
def file_lock(path: Path, *, seconds: float = 0.0) -> Iterator[bool]:
    """Hold the lock while the block runs; yield whether it was taken, after waiting for it at most `seconds`.

    Makes the file and its folder, for their owner alone. Raises OSError if they cannot be made or opened.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + seconds
        while not (is_ours := _taken(lock, fcntl.LOCK_EX)) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        try:
            yield is_ours
        finally:
            # A process forked meanwhile shares the descriptor: closing ours alone would leave it the lock.
            if is_ours:
                fcntl.flock(lock, fcntl.LOCK_UN)
    finally:
        os.close(lock)


def is_held(path: Path) -> bool:
    """Whether the lock is held now; the check itself holds it for a moment, shared with other checks."""
    try:
        lock = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _taken(lock, fcntl.LOCK_SH)
    finally:
        os.close(lock)


def _taken(lock: int, how: int) -> bool:
    """Try to take a lock without waiting."""
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
