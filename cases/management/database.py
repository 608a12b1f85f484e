"""The check that commands make first: can the database be used?"""

from django.core.management.base import CommandError

from cases.workflows.diagnostics import database


def require_database() -> None:
    """Stop with a clear message unless the database is there and migrated."""
    try:
        database.require()
    except database.NotUsable as problem:
        raise CommandError(str(problem)) from problem
