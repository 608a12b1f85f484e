"""Risk classes that people set apart from the one that is worked out."""

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
        ("cases", "0041_risk_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "to_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "As worked out"),
                            ("low", "Low"),
                            ("normal", "Normal"),
                            ("high", "High"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "worked_out",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("normal", "Normal"),
                            ("high", "High"),
                            ("prohibited", "Prohibited"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rationale", models.TextField(verbose_name="in your words")),
                ("until", models.DateField(null=True)),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "second_state",
                    models.CharField(
                        choices=[
                            ("NOT_NEEDED", "No second person needed"),
                            ("AWAITED", "Waiting for a second person"),
                            ("CONFIRMED", "Confirmed"),
                            ("SENT_BACK", "Sent back"),
                        ],
                        default="NOT_NEEDED",
                        max_length=10,
                    ),
                ),
                ("second_at", models.DateTimeField(null=True)),
                ("second_words", models.TextField(blank=True)),
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
                        related_name="risk_overrides",
                        to="cases.case",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_overrides",
                        to="cases.policyversion",
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "override",
                "ordering": ["case", "-number"],
                "permissions": [
                    ("confirm_override", "Can confirm or send back an override of the risk class")
                ],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_class__in", ["", "low", "normal", "high"])),
                        name="override_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("worked_out__in", ["low", "normal", "high", "prohibited"])),
                        name="override_worked_out_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_state__in", ["NOT_NEEDED", "AWAITED", "CONFIRMED", "SENT_BACK"])
                        ),
                        name="override_second_known",
                    ),
                    models.UniqueConstraint(fields=("case", "number"), name="override_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rationale", ""), _negated=True), name="override_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_class", ""), ("until", None)),
                            models.Q(models.Q(("to_class", ""), _negated=True), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="override_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            models.Q(("second_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="override_second_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("second_state__in", ("CONFIRMED", "SENT_BACK")), _negated=True),
                                ("second_at", None),
                                ("second_by", None),
                                ("second_words", ""),
                            ),
                            models.Q(
                                ("second_at__isnull", False),
                                ("second_by__isnull", False),
                                ("second_state", "CONFIRMED"),
                            ),
                            models.Q(
                                ("second_at__isnull", False),
                                ("second_by__isnull", False),
                                ("second_state", "SENT_BACK"),
                                models.Q(("second_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="override_second_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_state", "NOT_NEEDED"),
                            models.Q(
                                models.Q(
                                    ("to_class", "low"), ("worked_out__in", ["normal", "high", "prohibited"])
                                ),
                                models.Q(("to_class", "normal"), ("worked_out__in", ["high", "prohibited"])),
                                models.Q(("to_class", "high"), ("worked_out__in", ["prohibited"])),
                                _connector="OR",
                            ),
                            _negated=True,
                        ),
                        name="override_down_needs_second",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="riskoverride",
            index=models.Index(
                condition=models.Q(("second_state", "AWAITED")), fields=["case"], name="override_awaited"
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
