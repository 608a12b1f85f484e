"""A chain grows by all events of a transaction at once, and its head is the last of them."""

from django.db import migrations

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_report_kind")]

    operations = [
        migrations.RunPython(remove, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
