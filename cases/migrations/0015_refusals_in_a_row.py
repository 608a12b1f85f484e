from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_failure_announced"),
    ]

    operations = [
        # SQLite makes the table of results anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="amlsession",
            name="refusals",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="amlsession",
            name="refused_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="artefact",
            name="refusals",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="artefact",
            name="refused_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(install, remove),
    ]
