"""The rights of the role of PostgreSQL that the portal runs as, which owns nothing (docs/operations.md).

What the guards always refuse the role may not even try: whoever holds its password can neither switch them off nor put
others in their place. Details are erased, people's groups defined and migrations made by the owner alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from cases.migrations._guards import REFUSED

READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
ALL = (READ, ADD, CHANGE, REMOVE)
# Rights that the portal's own role must not have at all.
NEVER = ("TRUNCATE", "REFERENCES", "TRIGGER")
BY_COLUMN = {READ, ADD, CHANGE, "REFERENCES"}
# Filled by `migrate`, and read by the portal.
FILLED_BY_MIGRATE = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}
CHANGED_BY_OWNER = {"cases_auditdetail"}


class CannotGrant(Exception):
    """The rights cannot be granted to the role. The message says why, and what to do."""


@dataclass(frozen=True)
class Place:
    """Where the portal's tables are, and who we are there; names as they are, not quoted."""

    database: str
    schema: str
    user: str


def rights(table: str) -> tuple[str, ...]:
    """What the portal needs of a table, in the words of GRANT."""
    if table in FILLED_BY_MIGRATE:
        return (READ,)
    refused = {operation for name, operation, when, _reason in REFUSED if name == table and not when}
    return tuple(
        text for text in ALL if text not in refused and not (text == CHANGE and table in CHANGED_BY_OWNER)
    )


def grant(run_as: str, *, dry_run: bool = False) -> list[str]:
    """Give a role just what the portal needs to run, in one transaction; return the statements of SQL.

    Done again it is the same. Run as the owner of the tables. Raises CannotGrant.
    """
    if connection.vendor != "postgresql":
        raise CannotGrant("SQLite knows no roles: whoever can write the file can change all of it.")
    place = here()
    _require_fit(place, run_as)
    statements = [*_statements(place, run_as, tables())]
    if not dry_run:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    return statements


def here() -> Place:
    return Place(*_row("SELECT current_database(), current_schema(), current_user"))


def tables() -> list[str]:
    """All tables of our schema, in order."""
    return [
        name
        for (name,) in _rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = current_schema()::regnamespace ORDER BY relname"
        )
    ]


# --- What is the matter with a role --------------------------------------------------------------------------


def powers(role: str) -> list[str]:
    """Why a role could switch the guards off, in words that follow its name; none if it cannot."""
    questions = POWERS | (SINCE_15 if connection.get_database_version() >= (15,) else {})
    answers = _row(f"SELECT {', '.join(questions.values())}", [role] * len(questions))
    return [message for message, answer in zip(questions, answers, strict=True) if answer]


def wrong_rights(role: str) -> list[str]:
    """The tables of which a role may not do just what the portal needs."""
    # A right to one column of a table is a right, too; some are not to be had by column.
    questions = ", ".join(
        f"has_{'any_column' if text in BY_COLUMN else 'table'}_privilege(%s, c.oid, '{text}')"
        for text in (*ALL, *NEVER)
    )
    found = _rows(
        f"SELECT c.relname, {questions} FROM pg_class c WHERE c.relkind IN ('r', 'p')"
        " AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname",
        [role] * len((*ALL, *NEVER)),
    )
    return [
        table
        for table, *held in found
        if {text for text, has in zip((*ALL, *NEVER), held, strict=True) if has} != {*rights(table)}
    ]


_ROLE = "(SELECT oid FROM pg_roles WHERE rolname = %s)"
# What is in the server's own schemas nobody can shadow, and what is temporary ends with its session.
_ANY_SCHEMA = "nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_t%%'"
_OURS = "relnamespace = current_schema()::regnamespace"
POWERS: dict[str, str] = {
    "is a superuser": f"(SELECT rolsuper FROM pg_roles WHERE oid = {_ROLE})",
    "may make roles": f"(SELECT rolcreaterole FROM pg_roles WHERE oid = {_ROLE})",
    "owns tables": f"EXISTS (SELECT 1 FROM pg_class WHERE {_OURS} AND pg_has_role({_ROLE}, relowner, 'MEMBER'))",
    "owns functions": "EXISTS (SELECT 1 FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    f" AND pg_has_role({_ROLE}, proowner, 'MEMBER'))",
    "owns the database": "EXISTS (SELECT 1 FROM pg_database WHERE datname = current_database()"
    f" AND pg_has_role({_ROLE}, datdba, 'MEMBER'))",
    "is a member of other roles": f"EXISTS (SELECT 1 FROM pg_auth_members WHERE member = {_ROLE})",
    "may create in the schema": f"has_schema_privilege({_ROLE}, current_schema(), 'CREATE')",
    # A role chooses its own search path, and could put tables of the same names before ours.
    "may create in another schema": "EXISTS (SELECT 1 FROM pg_namespace WHERE nspname <> current_schema()"
    f" AND {_ANY_SCHEMA} AND has_schema_privilege({_ROLE}, oid, 'CREATE'))",
    "may create temporary tables": f"has_database_privilege({_ROLE}, current_database(), 'TEMPORARY')",
    "may create schemas": f"has_database_privilege({_ROLE}, current_database(), 'CREATE')",
}
# Before, superusers alone may.
SINCE_15 = {
    "may keep triggers from firing": f"has_parameter_privilege({_ROLE}, 'session_replication_role', 'SET')"
}
# Powers that a REVOKE in _statements() takes away, and those that none does.
TAKEN = {"may create in the schema", "may create schemas", "may create temporary tables"}
OF_ITSELF = {*POWERS, *SINCE_15} - TAKEN


def _require_fit(place: Place, run_as: str) -> None:
    (others,) = _row(
        f"SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND {_OURS} AND NOT pg_has_role(relowner, 'MEMBER')"
    )
    if others or not tables():
        raise CannotGrant(
            f"{place.user} does not own the portal's tables. Run this with the owner's address: DATABASE_OWNER_URL."
        )
    if not _rows("SELECT 1 FROM pg_roles WHERE rolname = %s", [run_as]):
        raise CannotGrant(f"There is no role {run_as}. Make it: createuser --pwprompt {run_as}")
    unfit = [power for power in powers(run_as) if power in OF_ITSELF]
    if unfit:
        raise CannotGrant(
            f"{run_as} {', '.join(unfit)}: choose a role of its own that owns and is nothing else."
        )


# --- What is granted -----------------------------------------------------------------------------------------


def _statements(place: Place, run_as: str, names: list[str]) -> Iterator[str]:
    role, schema, database = _quoted(run_as), _quoted(place.schema), _quoted(place.database)
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {role}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {role}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {role}"
    for name in names:
        yield f"GRANT {', '.join(rights(name))} ON {schema}.{_quoted(name)} TO {role}"
    # Until this is done again after a migration that makes a table: enough to go on with, and nothing but rows.
    yield (
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {_quoted(place.user)} IN SCHEMA {schema}"
        f" GRANT {', '.join(ALL)} ON TABLES TO {role}"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(question: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def _row(question: str, values: list[Any] | None = None) -> tuple[Any, ...]:
    return _rows(question, values)[0]
