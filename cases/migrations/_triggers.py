"""Triggers that refuse to change or remove evidence, on both databases (docs/audit.md).

On PostgreSQL each trigger calls a function of its own name, which holds the condition: the server keeps its text as it
was written, so that it can be compared, and finds tables in our schema alone, whatever the search path says.
"""

from typing import Any, NamedTuple

from cases.migrations._guards import GUARDED_SINCE, REFUSED, TABLES, UNIQUE

__all__ = ["REFUSED", "TABLES", "Fault", "faults", "install", "installed", "names", "remove"]

NEVER_REMOVED = "evidence is never removed"
# Bits of pg_trigger.tgtype.
ROW, BEFORE, DELETE, UPDATE, TRUNCATE = 1, 2, 8, 16, 32
TYPES = {"UPDATE": ROW | BEFORE | UPDATE, "DELETE": ROW | BEFORE | DELETE, "TRUNCATE": BEFORE | TRUNCATE}


class Trigger(NamedTuple):
    """One as a database holds it: on which table, whether it fires, and what it says, for comparison."""

    table: str
    fires: bool
    text: tuple[Any, ...]


class Fault(NamedTuple):
    """A trigger that is not as it should be: its name, and what is the matter ('is missing')."""

    name: str
    problem: str


def install(connection: Any) -> None:
    """Guard every table there is; a later migration that makes a further one installs again."""
    with connection.cursor() as cursor:
        for statement in _installing(connection.vendor, cursor, _there(connection, cursor)):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Guard nothing any more, until they are installed again."""
    with connection.cursor() as cursor:
        for statement in _removing(connection.vendor):
            cursor.execute(statement)


def names(vendor: str) -> set[str]:
    """The names of all triggers there must be."""
    further = "REPLACE" if vendor == "sqlite" else "TRUNCATE"
    return {_name(table, operation) for table, operation, *_ in REFUSED} | {
        _name(table, further) for table in TABLES
    }


def installed(connection: Any) -> set[str]:
    """The names of all triggers that are there, fire, and do what the migrations say."""
    return names(connection.vendor) - {fault.name for fault in faults(connection)}


def faults(connection: Any) -> list[Fault]:
    """What differs from what the migrations install, by name; further triggers and rules at guarded tables too."""
    wanted = WANTED[connection.vendor]()
    with connection.cursor() as cursor:
        found = FOUND[connection.vendor](cursor)
        others = _rules(cursor) if connection.vendor == "postgresql" else []
    others += [name for name, each in found.items() if name not in wanted and each.table in TABLES]
    compared = [(name, _problem(found.get(name), trigger)) for name, trigger in wanted.items()]
    return sorted(
        [Fault(name, problem) for name, problem in compared if problem]
        + [Fault(name, "is not the portal's") for name in others]
    )


def _problem(found: Trigger | None, wanted: Trigger) -> str:
    if found is None:
        return "is missing"
    if not found.fires:
        return "is disabled"
    return "" if found == wanted else "does something else"


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation.lower()}"


def _there(connection: Any, cursor: Any) -> set[str]:
    """The tables that are to be guarded by now."""
    tables = {*TABLES} & {*connection.introspection.table_names(cursor)}
    return {table for table in tables if _may_be_guarded(connection, cursor, table, tables)}


def _may_be_guarded(connection: Any, cursor: Any, table: str, tables: set[str]) -> bool:
    """Is everything there that its guards read?"""
    if table not in GUARDED_SINCE:
        return True
    other, column = GUARDED_SINCE[table]
    if other not in tables:
        return False
    cursor.execute(f"SELECT * FROM {other} LIMIT 0")  # noqa: S608 - one of our own names
    return column in {name for name, *_type in cursor.description}


def _installing(vendor: str, cursor: Any, there: set[str]) -> list[str]:
    if vendor == "sqlite":
        return [text for table, text in _sqlite_triggers().values() if table in there]
    cursor.execute("SELECT quote_ident(current_schema())")
    (schema,) = cursor.fetchone()
    return [
        statement
        for (table, operation), body in _postgresql_bodies().items()
        if table in there
        for statement in _postgresql_install(table, operation, body, schema)
    ]


def _removing(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names(vendor))]
    guards = [(table, _name(table, operation)) for table, operation in _postgresql_bodies()]
    return [
        *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in guards),
        *(f"DROP FUNCTION IF EXISTS {name}()" for _table, name in guards),
        "DROP FUNCTION IF EXISTS cases_refuse()",  # all of them called it once
    ]


# --- SQLite --------------------------------------------------------------------------------------------------


def _sqlite_triggers() -> dict[str, tuple[str, str]]:
    """Table and text of each by its name. SQLite keeps the text as it is written."""
    rows = {
        _name(table, operation): (
            table,
            f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table}"
            f" {f'WHEN {when}' if when else ''} BEGIN SELECT RAISE(ABORT, '{said}'); END",
        )
        for table, operation, when, said in REFUSED
    }
    # INSERT OR REPLACE removes the row that is in its way without asking the triggers for DELETE.
    replacing = {
        _name(table, "REPLACE"): (
            table,
            f"CREATE TRIGGER {_name(table, 'REPLACE')} BEFORE INSERT ON {table}"
            f" WHEN EXISTS ({_same(table, unique)}) BEGIN SELECT RAISE(ABORT, 'evidence is never replaced'); END",
        )
        for table, unique in UNIQUE.items()
    }
    return rows | replacing


def _same(table: str, unique: str) -> str:
    further = f" OR ({unique})" if unique else ""
    return f"SELECT 1 FROM {table} WHERE id = NEW.id{further}"  # noqa: S608 - the names above


def _sqlite_wanted() -> dict[str, Trigger]:
    return {name: Trigger(table, True, (text,)) for name, (table, text) in _sqlite_triggers().items()}


def _sqlite_found(cursor: Any) -> dict[str, Trigger]:
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: Trigger(table, True, (text,)) for name, table, text in cursor.fetchall()}


# --- PostgreSQL ----------------------------------------------------------------------------------------------


def _postgresql_bodies() -> dict[tuple[str, str], str]:
    """The body of the function that each trigger calls, by table and operation."""
    rows = {(table, operation): _body(when, said) for table, operation, when, said in REFUSED}
    return rows | {(table, "TRUNCATE"): _body("", NEVER_REMOVED) for table in TABLES}


def _body(when: str, said: str) -> str:
    refuse = f"RAISE EXCEPTION USING MESSAGE = '{said}', ERRCODE = 'restrict_violation';"
    return f" BEGIN IF {when} THEN {refuse} END IF; RETURN NEW; END " if when else f" BEGIN {refuse} END "


def _postgresql_install(table: str, operation: str, body: str, schema: str) -> list[str]:
    name, each = _name(table, operation), "STATEMENT" if operation == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = {schema}, pg_temp AS $body${body}$body$",
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


def _postgresql_wanted() -> dict[str, Trigger]:
    return {
        _name(table, operation): Trigger(
            table, True, (TYPES[operation], True, _name(table, operation), True, "plpgsql", False, True, body)
        )
        for (table, operation), body in _postgresql_bodies().items()
    }


def _postgresql_found(cursor: Any) -> dict[str, Trigger]:
    cursor.execute(
        "SELECT t.tgname, c.relname, t.tgenabled IN ('O', 'A'), t.tgtype,"
        " t.tgqual IS NULL AND t.tgattr::text = '' AND t.tgnargs = 0,"
        " p.proname, p.pronamespace = c.relnamespace, l.lanname, p.prosecdef,"
        " p.proconfig IS NOT DISTINCT FROM"
        " ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp'], p.prosrc"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " JOIN pg_language l ON l.oid = p.prolang"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    return {name: Trigger(table, fires, tuple(text)) for name, table, fires, *text in cursor.fetchall()}


def _rules(cursor: Any) -> list[str]:
    """Rules rewrite a statement before any trigger sees it."""
    cursor.execute(
        "SELECT rulename FROM pg_rules WHERE schemaname = current_schema() AND tablename = ANY(%s)", [TABLES]
    )
    return [name for (name,) in cursor.fetchall()]


WANTED = {"sqlite": _sqlite_wanted, "postgresql": _postgresql_wanted}
FOUND = {"sqlite": _sqlite_found, "postgresql": _postgresql_found}
