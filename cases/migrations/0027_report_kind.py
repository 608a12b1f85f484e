"""A report is of a kind; those that are there are full ones. Their guards hold the kind too."""

from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_verbs_without_constraint")]

    operations = [
        # SQLite makes the table of reports anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            "casereport",
            "kind",
            models.CharField(
                choices=[("FULL", "Report")], default="FULL", max_length=20, verbose_name="kind"
            ),
        ),
        migrations.AddConstraint(
            "casereport",
            models.CheckConstraint(condition=models.Q(kind__in=["FULL"]), name="report_kind_known"),
        ),
        migrations.RunPython(install, remove),
    ]
