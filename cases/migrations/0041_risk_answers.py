"""What people answer to the questions of the risk model."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _triggers


def install(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0040_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskAnswers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("answers", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="time")),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_answers",
                        to="cases.case",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_answers",
                        to="cases.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "answers",
                "ordering": ["case", "-number"],
                "permissions": [("assess_risk", "Can answer the questions of the risk model")],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="answers_number_once")
                ],
            },
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
