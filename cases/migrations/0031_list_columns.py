"""Columns of a case that say how its sessions stand."""

import django.db.models.deletion
from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_second_sessions")]

    operations = [
        # SQLite makes the table of cases anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="case",
            name="has_expired",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="has_result",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="newest_session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.amlsession",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="misses_anew",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="newest_capture",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing ordered"),
                    ("UNDER_WAY", "Under way"),
                    ("STUCK", "Order not confirmed, or stopped"),
                    ("COMPLETE", "Complete"),
                    ("PARTIAL", "Partly captured"),
                    ("FAILED", "Failed"),
                ],
                default="",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="newest_ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="next_expiry",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(install, remove),
    ]
