from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_ordered_for"),
    ]

    operations = [
        # SQLite makes the table of reports anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="amlsession",
            name="lease_owner",
            field=models.CharField(blank=True, max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="report",
            name="lease_owner",
            field=models.CharField(blank=True, max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(install, remove),
    ]
