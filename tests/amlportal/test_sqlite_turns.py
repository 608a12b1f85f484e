"""Threads that write to SQLite wait for each other without looking again and again."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from pytest_django import DjangoDbBlocker

from amlportal.sqlite.base import DatabaseWrapper

THREADS, WRITES = 8, 25


class Broken(Exception):
    pass


def connected(file: Path, timeout: float = 60) -> Any:
    """A connection to the file for which SQLite itself waits for nobody."""
    settings = {
        "NAME": str(file),
        "OPTIONS": {"timeout": timeout, "transaction_mode": "IMMEDIATE"},
        **{"TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "CONN_MAX_AGE": None, "AUTOCOMMIT": True},
        "ATOMIC_REQUESTS": False,
    }
    connection = DatabaseWrapper(settings)
    connection.inc_thread_sharing()
    connection.cursor().execute("PRAGMA busy_timeout=0")
    return connection


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    with django_db_blocker.unblock():
        connection = connected(tmp_path / "portal.sqlite3")
        connection.cursor().execute("PRAGMA journal_mode=WAL")
        connection.cursor().execute("CREATE TABLE counted (number)")
        connection.cursor().execute("INSERT INTO counted VALUES (0)")
        yield tmp_path / "portal.sqlite3"
        connection.close()


def begin(connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def add_one(connection: Any) -> None:
    begin(connection)
    connection.cursor().execute("UPDATE counted SET number = number + 1")
    connection.commit()
    connection.set_autocommit(True)


def counted(file: Path) -> int:
    connection = connected(file)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM counted")
        (number,) = cursor.fetchone()
    connection.close()
    return int(number)


def test_many_threads_write_although_sqlite_waits_for_nobody(file: Path) -> None:
    def write_some(_thread: int) -> None:
        connection = connected(file)
        for _ in range(WRITES):
            add_one(connection)
        connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(write_some, range(THREADS)))
    assert counted(file) == THREADS * WRITES


def test_however_a_transaction_ends_the_next_one_begins(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rolled_back(connection: Any) -> None:
        begin(connection)
        connection.rollback()

    def closed(connection: Any) -> None:
        begin(connection)
        connection.close()

    def never_begun(connection: Any) -> None:
        connection.transaction_mode = "NO SUCH MODE"
        with pytest.raises(OperationalError):
            begin(connection)

    def not_committed(connection: Any) -> None:
        begin(connection)
        monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper._commit", lambda _self: _fail())
        with pytest.raises(Broken):
            connection.commit()
        monkeypatch.undo()
        connection.rollback()

    for ending in (rolled_back, closed, never_begun, not_committed):
        before = counted(file)
        ending(connected(file))
        add_one(connected(file, timeout=0.1))
        assert counted(file) == before + 1, ending.__name__


def _fail() -> None:
    raise Broken


def test_a_turn_that_does_not_come_is_a_locked_database(file: Path) -> None:
    begin(connected(file))
    with pytest.raises(OperationalError, match="database is locked"):
        begin(connected(file, timeout=0.05))


def test_a_process_that_was_forked_meanwhile_has_turns_of_its_own(file: Path) -> None:
    writing, may_end = threading.Event(), threading.Event()

    def write() -> None:
        connection = connected(file)
        begin(connection)
        writing.set()
        may_end.wait(30)
        connection.rollback()

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait(30)
    child = os.fork()
    if not child:
        os._exit(_turn_is_free(file))
    may_end.set()
    writer.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _turn_is_free(file: Path) -> int:
    """0 if this process waits for nobody but SQLite, which says so at once."""
    try:
        begin(connected(file, timeout=5))
    except OperationalError as problem:
        return 0 if "locked" in str(problem) and problem.__cause__ is not None else 1
    return 2
