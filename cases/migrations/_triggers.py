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
        "NEW.id <> OLD.id OR COALESCE(NEW.case_id, 0) <> COALESCE(OLD.case_id, 0) OR NEW.length <> OLD.length + 1",
        "audit chains only grow",
    ),
    (
        "cases_artefact",
        "UPDATE",
        "OLD.state = 'CAPTURED' OR NEW.id <> OLD.id OR NEW.session_id <> OLD.session_id OR NEW.kind <> OLD.kind",
        "captured results are never changed",
    ),
    ("cases_artefact", "DELETE", "", "results are never removed"),
    (
        "cases_delivery",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.attempt_id <> OLD.attempt_id OR NEW.received_at <> OLD.received_at"
        " OR NEW.body <> OLD.body OR NEW.media_type <> OLD.media_type",
        "deliveries are kept as they came",
    ),
    ("cases_delivery", "DELETE", "", "deliveries are kept as they came"),
    ("cases_hit", "DELETE", "", "hits are never removed"),
    (
        "cases_hit",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.fingerprint <> OLD.fingerprint"
        " OR NEW.first_seen_id <> OLD.first_seen_id",
        "hits stay who they are",
    ),
    ("cases_signaturecheck", "UPDATE", "", "signature checks are never changed"),
    ("cases_signaturecheck", "DELETE", "", "signature checks are never removed"),
    (
        "cases_report",
        "UPDATE",
        "OLD.state <> 'ASKED' OR NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.number <> OLD.number"
        " OR NEW.asked_by_id <> OLD.asked_by_id OR NEW.asked_at <> OLD.asked_at"
        " OR NEW.submission <> OLD.submission OR COALESCE(NEW.session_id, 0) <> COALESCE(OLD.session_id, 0)",
        "reports are never changed",
    ),
    ("cases_report", "DELETE", "", "reports are never removed"),
    ("cases_unreadableanswer", "UPDATE", "", "answers are kept as they came"),
    ("cases_unreadableanswer", "DELETE", "", "answers are kept as they came"),
    ("cases_note", "UPDATE", "", "notes are never changed"),
    ("cases_note", "DELETE", "", "notes are never removed"),
]
TABLES = sorted({table for table, *_ in REFUSED})
# What but its id makes a row of each table the only one.
UNIQUE = {
    "cases_auditevent": "chain_id = NEW.chain_id AND sequence = NEW.sequence",
    "cases_auditdetail": "event_id = NEW.event_id",
    "cases_auditchain": "COALESCE(case_id, 0) = COALESCE(NEW.case_id, 0)",
    "cases_artefact": "session_id = NEW.session_id AND kind = NEW.kind",
    "cases_delivery": "",
    "cases_hit": "case_id = NEW.case_id AND fingerprint = NEW.fingerprint",
    "cases_signaturecheck": "",
    "cases_report": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_unreadableanswer": "",
    "cases_note": "event_id = NEW.event_id OR submission = NEW.submission",
}


def install(connection: Any) -> None:
    """Guard every table there is; a later migration that makes a further one installs again."""
    with connection.cursor() as cursor:
        there = {*connection.introspection.table_names(cursor)}
        for statement in STATEMENTS[connection.vendor]["install"](there):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]["remove"]():
            cursor.execute(statement)


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation.lower()}"


def names(vendor: str) -> set[str]:
    """The names of all triggers there must be."""
    further = "REPLACE" if vendor == "sqlite" else "TRUNCATE"
    return {_name(table, operation) for table, operation, *_ in REFUSED} | {
        _name(table, further) for table in TABLES
    }


def installed(connection: Any) -> set[str]:
    """The names of all triggers there are and that fire."""
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUES[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def _sqlite_install(there: set[str]) -> list[str]:
    rows = [
        f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table}"
        f" {f'WHEN {when}' if when else ''} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        for table, operation, when, said in REFUSED
        if table in there
    ]
    # INSERT OR REPLACE removes the row that is in its way without asking the triggers for DELETE.
    replacing = [
        f"CREATE TRIGGER {_name(table, 'REPLACE')} BEFORE INSERT ON {table} WHEN EXISTS ({_same(table, unique)})"
        " BEGIN SELECT RAISE(ABORT, 'evidence is never replaced'); END"
        for table, unique in UNIQUE.items()
        if table in there
    ]
    return rows + replacing


def _same(table: str, unique: str) -> str:
    further = f" OR ({unique})" if unique else ""
    return f"SELECT 1 FROM {table} WHERE id = NEW.id{further}"  # noqa: S608 - the names above


def _sqlite_remove() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names("sqlite"))]


def _postgresql_install(there: set[str]) -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation} ON {table} FOR EACH ROW"
        f" {f'WHEN ({when})' if when else ''} EXECUTE FUNCTION cases_refuse('{said}')"
        for table, operation, when, said in REFUSED
        if table in there
    ]
    truncates = [
        f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        " EXECUTE FUNCTION cases_refuse('evidence is never removed')"
        for table in TABLES
        if table in there
    ]
    return [refuse, *rows, *truncates]


def _postgresql_remove() -> list[str]:
    names = [(table, _name(table, operation)) for table, operation, *_ in REFUSED]
    names += [(table, _name(table, "TRUNCATE")) for table in TABLES]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in names]


CATALOGUES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}
STATEMENTS: dict[str, dict[str, Any]] = {
    "sqlite": {"install": _sqlite_install, "remove": _sqlite_remove},
    "postgresql": {"install": _postgresql_install, "remove": _postgresql_remove},
}
