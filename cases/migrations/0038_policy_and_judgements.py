"""Versions of policy, and what people judge hits to be."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _triggers


def install(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0037_machines")]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("FALSE_POSITIVE", "Not the same"),
                            ("TRUE_MATCH", "The same"),
                            ("NOT_APPLICABLE", "No measure applies"),
                            ("CANNOT_TELL", "Cannot tell yet"),
                        ],
                        max_length=14,
                        verbose_name="verdict",
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("rationale", models.TextField(verbose_name="in your words")),
                ("particulars", models.TextField(blank=True)),
                ("contacted", models.TextField(blank=True)),
                ("wake_up", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("party", models.CharField(blank=True, max_length=64)),
                ("content", models.JSONField(default=dict)),
                ("comparison", models.JSONField(default=list)),
                ("match", models.PositiveSmallIntegerField(null=True)),
                ("at", models.DateTimeField(verbose_name="time")),
                ("second_because", models.JSONField(default=list)),
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
                ("reopened_at", models.DateTimeField(null=True)),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "judgement",
                "ordering": ["hit", "-number"],
                "permissions": [
                    ("judge_hit", "Can judge hits"),
                    ("confirm_hit", "Can confirm or send back how somebody else judged a hit"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PartyList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("parties", models.JSONField(default=dict)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("risk_model", "Risk model"), ("hit_reasons", "Hit reasons")],
                        max_length=20,
                        verbose_name="document",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("ACTIVE", "In force"),
                            ("RETIRED", "No longer in force"),
                            ("DISCARDED", "Discarded"),
                        ],
                        default="DRAFT",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("written_at", models.DateTimeField()),
                ("activated_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "version of policy",
                "ordering": ["kind", "-number"],
                "permissions": [
                    ("view_policy", "Can read the policy by which cases are judged"),
                    ("edit_policy", "Can write drafts of policy"),
                    ("activate_policy", "Can put a draft of policy by somebody else in force"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="judgement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="capture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.artefact"
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="hit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="cases.hit"
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="second_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="partylist",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="parties",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="cases.partylist"
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="activated_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="judgements",
                to="cases.policyversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="partylist",
            constraint=models.UniqueConstraint(fields=("case", "digest"), name="party_list_once_in_case"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["risk_model", "hit_reasons"])), name="policy_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["DRAFT", "ACTIVE", "RETIRED", "DISCARDED"])),
                name="policy_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("kind", "number"), name="policy_number_once"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ACTIVE")), fields=("kind",), name="policy_in_force_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("activated_by", None), ("author", None)),
                    models.Q(("activated_at", None), ("activated_by", None), ("author__isnull", False)),
                    models.Q(
                        ("activated_by__isnull", False),
                        models.Q(
                            ("author", None),
                            models.Q(("author", models.F("activated_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="policy_activated_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state__in", ("ACTIVE", "RETIRED")), _negated=True), ("activated_at", None)
                    ),
                    models.Q(("activated_at__isnull", False), ("state__in", ("ACTIVE", "RETIRED"))),
                    _connector="OR",
                ),
                name="policy_in_force_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict__in", ["FALSE_POSITIVE", "TRUE_MATCH", "NOT_APPLICABLE", "CANNOT_TELL"])
                ),
                name="judgement_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_state__in", ["NOT_NEEDED", "AWAITED", "CONFIRMED", "SENT_BACK"])),
                name="judgement_second_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(fields=("hit", "number"), name="judgement_number_once"),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("rationale", ""), _negated=True), name="judgement_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_by", None),
                    models.Q(("second_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="judgement_second_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
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
                name="judgement_second_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_state", "NOT_NEEDED"),
                    ("verdict__in", ("TRUE_MATCH", "NOT_APPLICABLE")),
                    _negated=True,
                ),
                name="judgement_needs_second",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "CANNOT_TELL"), _negated=True),
                    ("wake_up__isnull", False),
                    _connector="OR",
                ),
                name="judgement_waits_until",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
