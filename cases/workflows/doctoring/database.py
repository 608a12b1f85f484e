"""The database: there, migrated, and set up so that it neither loses nor lets go of anything."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class NotUsable(Exception):
    """The database cannot be worked with. The message says why and what to do."""


def require() -> None:
    """Raise NotUsable unless the database can be reached and every migration is applied."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        reason = next(iter(str(problem).splitlines()), type(problem).__name__)
        raise NotUsable(f"The database cannot be reached: {reason} Check DATABASE_URL.") from problem
    if missing:
        raise NotUsable(
            f"The database is not migrated ({len(missing)} migrations are missing). Run `manage.py migrate`."
        )
