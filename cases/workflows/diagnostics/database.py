"""The database: there, migrated, and set up so that it neither loses nor lets go of anything."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cases.migrations import _triggers
from cases.workflows.diagnostics import database_role
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "database"
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
OLDEST_POSTGRESQL = 14
MOST_NAMED = 3  # triggers
NOT_ALLOWED = "42501"  # insufficient privilege, as PostgreSQL says it
# Whatever else synchronous_commit is, the disk of the server itself is waited for.
NEVER_OFF = ("fsync", "full_page_writes", "synchronous_commit")


class NotUsable(Exception):
    """The database cannot be worked with: what is the matter, and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.message, self.advice = message, advice


def require() -> None:
    """Raise NotUsable unless the database can be reached and every migration is applied."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        if getattr(problem.__cause__, "sqlstate", "") == NOT_ALLOWED:
            message = f"{database_role.user()} has no rights in the database."
            raise NotUsable(message, database_role.ADVICE.format(database_role.user())) from problem
        reason = next(iter(str(problem).splitlines()), type(problem).__name__).rstrip(".")
        message = f"The database cannot be reached: {reason}."
        raise NotUsable(message, "Check DATABASE_URL, and that the server runs.") from problem
    if missing:
        message = f"The database is not migrated ({len(missing)} migrations are missing)."
        as_owner = " as the owner of the tables" if connection.vendor == "postgresql" else ""
        raise NotUsable(message, f"Run `manage.py migrate`{as_owner}.")


def check() -> Iterator[Finding]:
    try:
        require()
    except NotUsable as problem:
        yield wrong(SUBJECT, problem.message, problem.advice)
        return
    if connection.vendor == "sqlite":
        message = "evidence protected by triggers against mistakes, not against whoever can write the file"
        found = [*_sqlite(), *_triggers_at_fault()]
    else:
        message = "evidence protected by triggers, which the portal's own role cannot switch off"
        found = [*_postgresql(), *_triggers_at_fault(), *database_role.check()]
    yield from found or [ok(SUBJECT, f"{_version()}, migrated, {message}.")]


def _version() -> str:
    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def _query(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def _sqlite() -> Iterator[Finding]:
    for name, wanted in PRAGMAS.items():
        found = _query(f"PRAGMA {name}")
        if found != wanted:
            yield wrong(
                SUBJECT,
                f"SQLite works with {name}={found} where {wanted} is needed.",
                "Is the file on a disk of this machine? SQLite's write-ahead log does not work over a network.",
            )


def _postgresql() -> Iterator[Finding]:
    version = connection.get_database_version()
    if version < (OLDEST_POSTGRESQL,):
        message = f"{_version()} is too old: at least {OLDEST_POSTGRESQL} is needed."
        yield wrong(SUBJECT, message, "Upgrade the server.")
    encoding = _query("SHOW server_encoding")
    if encoding != "UTF8":
        message = f"The database's encoding is {encoding}: names in other scripts cannot be kept."
        yield wrong(SUBJECT, message, "Make the database anew with ENCODING 'UTF8'.")
    isolation = _query("SHOW default_transaction_isolation")
    if isolation != "read committed":
        message = f"Transactions are {isolation}; the portal is made for read committed."
        yield warning(
            SUBJECT, message, "Unset default_transaction_isolation for the portal's database and role."
        )
    unsafe = [name for name in NEVER_OFF if _query(f"SHOW {name}") == "off"]
    if unsafe:
        message = f"A power cut may lose what was captured: {', '.join(unsafe)} is off."
        yield warning(SUBJECT, message, f"Turn {' and '.join(unsafe)} on at the server.")
    options: Any = connection.settings_dict.get("OPTIONS", {})
    if options.get("pool"):
        yield wrong(
            SUBJECT,
            "Connections are pooled by Django, which stops the queue's workers after a while.",
            "Remove pool from DATABASE_URL.",
        )


def _triggers_at_fault() -> Iterator[Finding]:
    faults = _triggers.faults(connection)
    if faults:
        advice = ", ".join(f"{fault.name} {fault.problem}" for fault in faults[:MOST_NAMED])
        yield wrong(
            SUBJECT,
            f"Evidence is not protected: {len(faults)} triggers are not as they were installed, such as {advice}.",
            "Find out who changed them, run `manage.py verify_audit`, then see docs/audit.md on installing them again.",
        )
