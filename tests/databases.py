"""The databases the suite runs on: SQLite by default, PostgreSQL when DATABASE_URL says so."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from psycopg import sql

from cases.migrations import _triggers
from cases.models import AuditChain

ON_POSTGRESQL = connection.vendor == "postgresql"

only_on_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL; set DATABASE_URL")
only_on_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite; unset DATABASE_URL")


def address() -> str:
    """DATABASE_URL of the database that the tests are talking to just now, for processes they start."""
    now = connection.settings_dict
    if not ON_POSTGRESQL:
        return f"sqlite://{quote(str(now['NAME']))}"
    user = ":".join(quote(str(part), safe="") for part in (now["USER"], now["PASSWORD"]) if part)
    host = f"{now['HOST']}:{now['PORT']}" if now["PORT"] else now["HOST"]
    options = f"?{urlencode(now['OPTIONS'])}" if now["OPTIONS"] else ""
    return f"postgresql://{user}@{host}/{quote(str(now['NAME']), safe='')}{options}"


def make_migrated(folder: Path) -> str:
    """Make a database with every migration applied and return its name; copies of it are cheap."""
    name = _new_name(folder)
    if ON_POSTGRESQL:
        _administer("CREATE DATABASE {}", name)
    with talking_to(name):
        call_command("migrate", verbosity=0, interactive=False)
    return name


def make_copy(template: str, folder: Path) -> str:
    """Copy a database that nobody is connected to and return the copy's name."""
    name = _new_name(folder)
    if ON_POSTGRESQL:
        _administer("CREATE DATABASE {} TEMPLATE {}", name, template)
    else:
        shutil.copyfile(template, name)
    return name


def migrated_in_this_run(folder: Path) -> str:
    """Return the name of the one migrated database of a run: made by whichever worker comes first, others wait for it.

    `folder` is that of the run. It lives as long as the run, so no database of older migrations is ever met.
    """
    noted = folder / "migrated"
    with (folder / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not noted.exists():
            noted.write_text(make_migrated(folder))
    return noted.read_text()


def drop_migrated_in_this_run(folder: Path) -> None:
    """Remove that database when the run has ended, if it was made."""
    noted = folder / "migrated"
    if noted.exists():
        drop(noted.read_text())


def drop(name: str) -> None:
    """Remove a database, whoever is still connected to it."""
    if ON_POSTGRESQL:
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    else:
        for file in (name, f"{name}-wal", f"{name}-shm"):
            Path(file).unlink(missing_ok=True)


def let_tests_clean_up(patch: pytest.MonkeyPatch) -> None:
    """Between tests that commit, Django empties all tables; the triggers that keep evidence would refuse that."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        _triggers.remove(self.connection)
        try:
            flush(self, statements)
        finally:
            _triggers.install(self.connection)
        AuditChain.objects.create(case=None)  # as the migration did

    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_without_triggers)


@contextmanager
def talking_to(name: str, **server: str) -> Iterator[None]:
    """Let Django's connections, those of new threads too, go to another database for a while.

    `server` (HOST, PORT, USER, PASSWORD) names another server as well, of the same make.
    """
    elsewhere = {"NAME": name, **server}
    before = {key: connection.settings_dict[key] for key in elsewhere}
    connections.close_all()
    connection.settings_dict.update(elsewhere)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)


def _new_name(folder: Path) -> str:
    unique = f"portal_{uuid4().hex}"
    return unique if ON_POSTGRESQL else str(folder / f"{unique}.sqlite3")


def _administer(statement: str, *names: str) -> None:
    now = connection.settings_dict
    with psycopg.connect(
        host=now["HOST"],
        port=now["PORT"] or None,
        user=now["USER"],
        password=now["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
