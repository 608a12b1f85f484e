"""An attempt remembers the session that its late answer named, so that it is told of once."""

from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_pending_signature_checks")]

    operations = [
        # SQLite makes the table of attempts anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="createattempt",
            name="second_session",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.RunPython(install, remove),
    ]
