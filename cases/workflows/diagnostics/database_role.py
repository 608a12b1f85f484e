"""Whether the role that runs the portal could switch off what protects its evidence."""

from collections.abc import Iterator

from django.db import connection

from cases.workflows.diagnostics import database_roles
from cases.workflows.diagnostics.finding import Finding, warning, wrong

SUBJECT = "database"
MOST_NAMED = 3  # tables
ADVICE = "Run `manage.py database_roles --run-as {}` as the owner, as after every migrate."


def user() -> str:
    """The name of the database role that the portal runs as."""
    return database_roles.here().user


def check() -> Iterator[Finding]:
    """Check the role, on PostgreSQL alone; no findings if it has the rights of `database_roles` and no others."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        (mode,) = cursor.fetchone()
    if mode != "origin":
        message = f"session_replication_role is {mode}: no trigger fires, and no evidence is protected."
        yield wrong(SUBJECT, message, "Find out who set it for the database or the role, and reset it.")
    name = user()
    powers = database_roles.powers(name)
    if powers:
        yield warning(
            SUBJECT,
            "Evidence is protected against mistakes, not against whoever holds the portal's password:"
            f" {name} {', '.join(powers)}.",
            "Run the portal as a role of its own: `manage.py database_roles` (docs/operations.md).",
        )
    elif tables := database_roles.wrong_rights(name):
        message = f"{name} may not do just what the portal needs of {len(tables)} tables, such as"
        yield warning(
            SUBJECT,
            f"{message} {', '.join(tables[:MOST_NAMED])}.",
            ADVICE.format(name),
        )
