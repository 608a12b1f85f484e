"""What refuses a replaced session on SQLite finds it by an index."""

from django.db import migrations

from cases.migrations import _triggers


def install(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0035_permission_in_plain_words")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
