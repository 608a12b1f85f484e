"""To which version of the requirement set a case was moved."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations._steps import install_guards


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0045_owner_conclusions"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequirementSetChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
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
                        related_name="requirement_set_choices",
                        to="cases.case",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the requirement set of a case",
                "ordering": ["case", "-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="set_choice_number_once")
                ],
            },
        ),
        migrations.RunPython(install_guards, migrations.RunPython.noop),
    ]
