"""What people say of requirements, and the files that show it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations._steps import check_now, install_guards, remove_guards


def drop(apps, schema_editor):
    """Back to before: what rests on a requirement set goes, for its kind is not known there."""
    apps.get_model("cases", "Attachment").objects.filter(judgement=None).delete()
    apps.get_model("cases", "RequirementStatement").objects.all().delete()
    apps.get_model("cases", "PolicyVersion").objects.filter(kind="requirement_set").delete()
    check_now(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0043_expiring_judgements"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.CreateModel(
            name="RequirementStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("requirement", models.CharField(max_length=8)),
                (
                    "kind",
                    models.CharField(
                        choices=[("MET", "Met"), ("WAIVED", "Waived"), ("TAKEN_BACK", "Taken back")],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not stated"),
                            ("NOTHING_FOUND", "Nothing was found"),
                            ("FOUND", "Something was found"),
                        ],
                        max_length=13,
                    ),
                ),
                ("words", models.TextField(verbose_name="in your words")),
                ("evidence_day", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("about", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="time")),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "statement about a requirement",
                "ordering": ["case", "-number"],
                "permissions": [
                    ("meet_requirement", "Can say that a requirement is met"),
                    ("waive_requirement", "Can waive a requirement, or say that one is met that is a lead's"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="policyversion",
            name="policy_kind_known",
        ),
        migrations.AlterField(
            model_name="attachment",
            name="judgement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="cases.judgement",
            ),
        ),
        migrations.AlterField(
            model_name="policyversion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("risk_model", "Risk model"),
                    ("hit_reasons", "Hit reasons"),
                    ("requirement_set", "Requirement set"),
                ],
                max_length=20,
                verbose_name="document",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["risk_model", "hit_reasons", "requirement_set"])),
                name="policy_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="requirementstatement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="requirementstatement",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requirement_statements",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="requirementstatement",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requirement_statements",
                to="cases.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="statement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="cases.requirementstatement",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("judgement", None), ("statement", None), _connector="XOR"),
                name="attachment_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["MET", "WAIVED", "TAKEN_BACK"])), name="statement_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "NOTHING_FOUND", "FOUND"])),
                name="statement_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementstatement",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="statement_number_once"),
        ),
        migrations.AddConstraint(
            model_name="requirementstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("requirement", ""), _negated=True)
                ),
                name="statement_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "WAIVED"), ("until__isnull", False)),
                    models.Q(models.Q(("kind", "WAIVED"), _negated=True), ("until", None)),
                    _connector="OR",
                ),
                name="statement_waiver_ends",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop),
        migrations.RunPython(install_guards, remove_guards),
    ]
