"""Triggers that refuse to change or remove evidence, on both databases (docs/audit.md)."""

from typing import Any

# (table, operation, when it is refused ('' = always), what is said)
REFUSED = [
    ("cases_auditevent", "UPDATE", "", "audit events are never changed"),
    ("cases_auditevent", "DELETE", "", "audit events are never removed"),
    ("cases_auditdetail", "DELETE", "", "the detail of an event is never removed, only erased"),
    (
        "cases_auditdetail",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id OR OLD.erased_at IS NOT NULL"
        " OR NEW.erased_at IS NULL OR NEW.body <> '' OR NEW.salt <> ''",
        "the detail of an event is never changed, only erased",
    ),
    ("cases_auditchain", "DELETE", "", "audit chains are never removed"),
    (
        "cases_auditchain",
        "UPDATE",
        "NEW.case_id <> OLD.case_id OR NEW.length <> OLD.length + 1",
        "audit chains only grow",
    ),
    ("cases_artefact", "UPDATE", "OLD.state = 'CAPTURED'", "captured results are never changed"),
    ("cases_artefact", "DELETE", "", "results are never removed"),
    (
        "cases_delivery",
        "UPDATE",
        "NEW.attempt_id <> OLD.attempt_id OR NEW.received_at <> OLD.received_at OR NEW.body <> OLD.body"
        " OR NEW.media_type <> OLD.media_type",
        "deliveries are kept as they came",
    ),
    ("cases_delivery", "DELETE", "", "deliveries are kept as they came"),
]
TABLES = sorted({table for table, *_ in REFUSED})


def install(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]["install"]():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]["remove"]():
            cursor.execute(statement)


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation.lower()}"


def _sqlite_install() -> list[str]:
    return [
        f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table}"
        f" {f'WHEN {when}' if when else ''} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        for table, operation, when, said in REFUSED
    ]


def _sqlite_remove() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {_name(table, operation)}" for table, operation, *_ in REFUSED]


def _postgresql_install() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table} FOR EACH ROW"
        f" {f'WHEN ({when})' if when else ''} EXECUTE FUNCTION cases_refuse('{said}')"
        for table, operation, when, said in REFUSED
    ]
    truncates = [
        f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        " EXECUTE FUNCTION cases_refuse('evidence is never removed')"
        for table in TABLES
    ]
    return [refuse, *rows, *truncates]


def _postgresql_remove() -> list[str]:
    names = [(table, _name(table, operation)) for table, operation, *_ in REFUSED]
    names += [(table, _name(table, "TRUNCATE")) for table in TABLES]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in names]


STATEMENTS = {
    "sqlite": {"install": _sqlite_install, "remove": _sqlite_remove},
    "postgresql": {"install": _postgresql_install, "remove": _postgresql_remove},
}
