from typing import Any

from django.db import migrations

from cases.migrations import _triggers


def install(_apps: Any, schema_editor: Any) -> None:
    _triggers.install(schema_editor.connection)


def remove(_apps: Any, schema_editor: Any) -> None:
    _triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
