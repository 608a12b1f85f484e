"""A SQLite file that its owner alone may read, whatever the umask of the process that made it."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

FOR_ITS_OWNER = 0o600
BESIDE = ("", "-wal", "-shm")  # SQLite makes those two with the rights of the file itself


class PrivateConnection(sqlite3.Connection):
    """Django's `factory` of connections: the file is made, or put right, before it is opened."""

    def __init__(self, database: Any, *args: Any, **options: Any) -> None:
        if not str(database).startswith((":memory:", "file:")):
            _make_private(str(database))
        super().__init__(database, *args, **options)


def _make_private(database: str) -> None:
    """Files of another user are left as they are: whether they can be used is seen when they are opened."""
    with suppress(OSError):
        os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FOR_ITS_OWNER))
    for each in BESIDE:
        path = Path(database + each)
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(FOR_ITS_OWNER)
