"""Steps of migrations for RunPython: guards away while tables change, and there again."""

from typing import Any

from cases.migrations import _triggers


def remove_guards(_apps: Any, schema_editor: Any) -> None:
    """Take the guards away: SQLite makes a table anew where a column changes, and loses them."""
    _triggers.remove(schema_editor.connection)


def install_guards(_apps: Any, schema_editor: Any) -> None:
    """Put the guards of every table there is in place, those of before in their newest form."""
    _triggers.remove(schema_editor.connection)
    _triggers.install(schema_editor.connection)


def check_now(schema_editor: Any) -> None:
    """Check what rests on removed rows now: PostgreSQL alters no table of which it has something still to check."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")
