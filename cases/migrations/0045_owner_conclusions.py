"""What people conclude on beneficial owners, and the files that show it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations._steps import check_now, install_guards, remove_guards


def drop(apps, schema_editor):
    """Back to before: files that show a conclusion go with it."""
    apps.get_model("cases", "Attachment").objects.exclude(conclusion=None).delete()
    check_now(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0044_requirements"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.CreateModel(
            name="OwnerConclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("person", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("born", models.CharField(blank=True, max_length=40)),
                ("is_added", models.BooleanField(default=False)),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("BENEFICIAL_OWNER", "Beneficial owner"),
                            ("NOT_ONE", "Not one"),
                            ("SENIOR_MANAGER", "Senior manager"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No ground"),
                            ("SHARES_OVER_LIMIT", "Shares over 25 %"),
                            ("SHARES_THROUGH_ANOTHER", "Shares through another firm"),
                            ("VOTES_OVER_LIMIT", "Votes over 25 %"),
                            ("APPOINTS_MAJORITY", "Appoints the majority of the board"),
                            ("TOGETHER_WITH_FAMILY", "Together with close family"),
                            ("AGREEMENT_OR_OTHER", "Agreement or other control"),
                            ("FOUNDATION_BOARD_OR_CHIEF", "Foundation: board or chief executive"),
                        ],
                        max_length=25,
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("words", models.TextField(verbose_name="evidence and words")),
                ("is_search_stated", models.BooleanField(default=False)),
                ("reckoned", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="time")),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "conclusion on a beneficial owner",
                "ordering": ["case", "-number"],
                "permissions": [("conclude_owner", "Can conclude who is a beneficial owner")],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="attachment",
            name="attachment_of_one",
        ),
        migrations.AddField(
            model_name="ownerconclusion",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ownerconclusion",
            name="capture",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.artefact"
            ),
        ),
        migrations.AddField(
            model_name="ownerconclusion",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="owner_conclusions", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="conclusion",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="cases.ownerconclusion",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conclusion", None), ("judgement__isnull", False), ("statement", None)),
                    models.Q(("conclusion", None), ("judgement", None), ("statement__isnull", False)),
                    models.Q(("conclusion__isnull", False), ("judgement", None), ("statement", None)),
                    _connector="OR",
                ),
                name="attachment_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("conclusion__in", ["BENEFICIAL_OWNER", "NOT_ONE", "SENIOR_MANAGER"])),
                name="owner_conclusion_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        [
                            "",
                            "SHARES_OVER_LIMIT",
                            "SHARES_THROUGH_ANOTHER",
                            "VOTES_OVER_LIMIT",
                            "APPOINTS_MAJORITY",
                            "TOGETHER_WITH_FAMILY",
                            "AGREEMENT_OR_OTHER",
                            "FOUNDATION_BOARD_OR_CHIEF",
                        ],
                    )
                ),
                name="owner_ground_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="owner_number_once"),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(("person", ""), _negated=True),
                    models.Q(("name", ""), _negated=True),
                ),
                name="owner_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conclusion", "BENEFICIAL_OWNER"), models.Q(("ground", ""), _negated=True)),
                    models.Q(models.Q(("conclusion", "BENEFICIAL_OWNER"), _negated=True), ("ground", "")),
                    _connector="OR",
                ),
                name="owner_has_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conclusion", "SENIOR_MANAGER"), _negated=True),
                    ("is_search_stated", True),
                    _connector="OR",
                ),
                name="owner_manager_after_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownerconclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("percent", None), models.Q(("percent__gte", 0), ("percent__lte", 100)), _connector="OR"
                ),
                name="owner_percent_is_one",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop),
        migrations.RunPython(install_guards, remove_guards),
    ]
