"""A SQLite file that its owner alone may read, whatever the umask of the process that made it.

A process that closes any descriptor of a file loses all locks it has on that file, those of its other connections too.
Another process may then take itself for the last, and remove the write-ahead log that they are writing to. So a
database that is there already is never opened here.
"""

import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

FOR_ITS_OWNER = 0o600
BESIDE = ("", "-wal", "-shm")  # SQLite makes those two with the rights of the file itself


# Nobody of this process may have a lock on the new file yet when its descriptor is closed.
_making = threading.Lock()


class PrivateConnection(sqlite3.Connection):
    """A SQLite connection, Django's `factory`, that makes its file, or makes it private, before it opens it."""

    def __init__(self, database: Any, *args: Any, **options: Any) -> None:
        if not str(database).startswith((":memory:", "file:")):
            _make_private(str(database))
        super().__init__(database, *args, **options)


def _make_private(database: str) -> None:
    """Make the database's files private; another user's stay as they are: opening shows if they can be used."""
    with _making, suppress(OSError):
        os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FOR_ITS_OWNER))
    for text in BESIDE:
        path = Path(database + text)
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(FOR_ITS_OWNER)
