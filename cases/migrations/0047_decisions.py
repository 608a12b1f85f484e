"""Decisions of two, cases that wait or are reopened, and who is recused."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations._steps import install_guards, remove_guards

# The order in which what nothing is known of stands last downwards (0034).
DOWNWARDS = "case_gravity_down"
COLUMNS = "screening_gravity DESC NULLS LAST, likely_hit_count DESC, hit_count DESC, id DESC"


def add_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {DOWNWARDS} ON cases_case ({COLUMNS})")


def remove_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {DOWNWARDS}")


def work_on(apps, _schema_editor):
    """Back to before: what was decided, waits or was reopened is in review again; what was decided goes."""
    known = ("NEW", "IN_REVIEW", "WITHDRAWN")
    cases = apps.get_model("cases", "Case").objects.exclude(state__in=known)
    cases.update(state="IN_REVIEW", waits_for="", waits_until=None)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0046_requirement_set_choices"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("number", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("APPROVE", "Approve"),
                            ("CONDITIONS", "Approve with conditions"),
                            ("REFUSE", "Refuse"),
                            ("CLOSE", "Close without decision"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None"),
                            ("OUTSIDE_APPETITE", "Outside our appetite"),
                            ("CANNOT_BE_COMPLETED", "Cannot be completed"),
                            ("SANCTIONS", "Sanctions"),
                            ("CUSTOMER_WITHDREW", "The customer withdrew"),
                            ("DUPLICATE", "Duplicate"),
                            ("OPENED_IN_ERROR", "Opened in error"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rationale", models.TextField(verbose_name="rationale")),
                ("conditions", models.JSONField(default=list)),
                ("next_review", models.DateField(null=True, verbose_name="next review")),
                ("risk_class", models.CharField(blank=True, max_length=10)),
                ("superior_because", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("basis", models.JSONField(default=list)),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not ended"), ("WITHDRAWN", "Withdrawn"), ("VOID", "Void")],
                        default="",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.JSONField(default=list)),
                ("held_at", models.DateTimeField()),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "decision",
                "ordering": ["case", "-number"],
                "permissions": [
                    ("propose_decision", "Can propose a decision"),
                    ("countersign_decision", "Can countersign a decision or send it back"),
                    ("act_as_superior", "Can countersign what the law reserves to a superior"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="time")),
            ],
            options={
                "verbose_name": "recusal",
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("open_case", "Can open a case"),
                    ("take_case", "Can take a case"),
                    ("change_case", "Can change a case, correct its number, withdraw it and hand it over"),
                    ("assign_case", "Can hand over the cases of others"),
                    ("reopen_case", "Can reopen a case that was decided"),
                    ("capture_case", "Can order captures and resolve those that are stuck"),
                    ("note_case", "Can write in the timeline of a case"),
                    ("report_case", "Can make reports and check signatures again"),
                    ("view_provider", "Can see provider and queue"),
                ],
                "verbose_name": "case",
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_state_known",
        ),
        migrations.RunPython(remove_downwards, add_downwards),
        migrations.RemoveIndex(
            model_name="case",
            name="case_work",
        ),
        migrations.RemoveIndex(model_name="case", name="case_gravity"),
        migrations.RemoveField(model_name="case", name="lasting_urgency"),
        migrations.RemoveField(model_name="case", name="screening_gravity"),
        migrations.AddField(
            model_name="case",
            name="waits_for",
            field=models.CharField(blank=True, max_length=300, verbose_name="waits for"),
        ),
        migrations.AddField(
            model_name="case",
            name="waits_until",
            field=models.DateField(null=True, verbose_name="waits until"),
        ),
        migrations.AddField(
            model_name="case",
            name="lasting_urgency",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("verdicts__identity", "alarm"),
                            ("verdicts__owners", "alarm"),
                            ("verdicts__authority", "alarm"),
                            ("verdicts__sanctions", "alarm"),
                            ("verdicts__pep", "alarm"),
                            ("verdicts__documents", "alarm"),
                            _connector="OR",
                        ),
                        then=models.Value(1),
                    ),
                    models.When(models.Q(("newest_capture__in", ("STUCK", "FAILED"))), then=models.Value(2)),
                    models.When(
                        models.Q(
                            models.Q(("evidence", "USABLE"), _negated=True),
                            ("has_expired", True),
                            models.Q(
                                ("newest_capture", "PARTIAL"),
                                models.Q(
                                    models.Q(
                                        ("newest_capture", "PARTIAL"), ("misses_anew", False), _negated=True
                                    ),
                                    ("read_at", None),
                                    ("read_at__lt", models.F("newest_ended_at")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("screening__in", ("NOT_RUN", "UNCERTAIN", "UNUSABLE")),
                                models.Q(
                                    models.Q(("newest_capture", "UNDER_WAY"), _negated=True),
                                    ("has_result", True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        then=models.Value(3),
                    ),
                    models.When(
                        models.Q(("screening", "HITS"), models.Q(("state", "WAITING"), _negated=True)),
                        then=models.Value(6),
                    ),
                    models.When(
                        models.Q(
                            ("result_at__isnull", False),
                            models.Q(
                                ("read_at", None), ("read_at__lt", models.F("result_at")), _connector="OR"
                            ),
                        ),
                        then=models.Value(8),
                    ),
                    models.When(
                        models.Q(("assignee__isnull", False), ("newest_capture", "UNDER_WAY")),
                        then=models.Value(9),
                    ),
                    models.When(models.Q(("assignee", None)), then=models.Value(10)),
                    default=models.Value(11),
                ),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="screening_gravity",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(("state__in", ("APPROVED", "CONDITIONS", "REFUSED", "CLOSED", "WITHDRAWN"))),
                        then=models.Value(None),
                    ),
                    models.When(
                        models.Q(
                            ("verdicts__sanctions", "alarm"), ("verdicts__pep", "alarm"), _connector="OR"
                        ),
                        then=models.Value(0),
                    ),
                    models.When(models.Q(("screening", "HITS")), then=models.Value(-1)),
                    models.When(
                        models.Q(
                            ("screening", "UNUSABLE"),
                            models.Q(
                                ("screening", "NOT_RUN"),
                                models.Q(
                                    models.Q(("newest_capture", "UNDER_WAY"), _negated=True),
                                    ("has_result", True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        then=models.Value(-2),
                    ),
                    models.When(models.Q(("screening", "UNCERTAIN")), then=models.Value(-3)),
                    models.When(models.Q(("screening", "NOT_RUN")), then=models.Value(-4)),
                    models.When(models.Q(("screening", "JUDGED")), then=models.Value(-5)),
                    models.When(models.Q(("screening", "NONE")), then=models.Value(-6)),
                ),
                output_field=models.SmallIntegerField(null=True),
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("NEW", "New"),
                    ("IN_REVIEW", "In review"),
                    ("WAITING", "Waiting for information"),
                    ("PROPOSED", "Waiting for countersignature"),
                    ("SENT_BACK", "Sent back"),
                    ("REOPENED", "Reopened"),
                    ("APPROVED", "Approved"),
                    ("CONDITIONS", "Approved with conditions"),
                    ("REFUSED", "Refused"),
                    ("CLOSED", "Closed without decision"),
                    ("WITHDRAWN", "Withdrawn"),
                ],
                default="NEW",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("APPROVED", "CONDITIONS", "REFUSED", "CLOSED", "WITHDRAWN")), _negated=True
                ),
                fields=[
                    "assignee",
                    "lasting_urgency",
                    "next_expiry",
                    "due",
                    "opened_at",
                    "likely_hit_count",
                    "state",
                    "id",
                ],
                name="case_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "NEW",
                            "IN_REVIEW",
                            "WAITING",
                            "PROPOSED",
                            "SENT_BACK",
                            "REOPENED",
                            "APPROVED",
                            "CONDITIONS",
                            "REFUSED",
                            "CLOSED",
                            "WITHDRAWN",
                        ],
                    )
                ),
                name="case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "WAITING"),
                        ("waits_until__isnull", False),
                        models.Q(("waits_for", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "WAITING"), _negated=True),
                        ("waits_for", ""),
                        ("waits_until", None),
                    ),
                    _connector="OR",
                ),
                name="case_waits_for_something",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="capture",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.artefact"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="requirement_set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="risk_model",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="second_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recusals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["APPROVE", "CONDITIONS", "REFUSE", "CLOSE"])),
                name="decision_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "OUTSIDE_APPETITE",
                            "CANNOT_BE_COMPLETED",
                            "SANCTIONS",
                            "CUSTOMER_WITHDREW",
                            "DUPLICATE",
                            "OPENED_IN_ERROR",
                        ],
                    )
                ),
                name="decision_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending__in", ["", "WITHDRAWN", "VOID"])), name="decision_ending_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_state__in", ["NOT_NEEDED", "AWAITED", "CONFIRMED", "SENT_BACK"])),
                name="decision_second_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_by", None),
                    models.Q(("second_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="decision_second_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
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
                name="decision_second_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="decision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ending", ""), ("second_state", "AWAITED")),
                fields=("case",),
                name="decision_awaited",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rationale", ""), _negated=True), models.Q(("digest", ""), _negated=True)
                ),
                name="decision_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_state", "NOT_NEEDED"), _negated=True), name="decision_by_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("next_review__isnull", False),
                        (
                            "outcome__in",
                            (
                                "APPROVE",
                                "CONDITIONS",
                            ),
                        ),
                        ("reason", ""),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "outcome__in",
                                (
                                    "APPROVE",
                                    "CONDITIONS",
                                ),
                            ),
                            _negated=True,
                        ),
                        models.Q(("reason", ""), _negated=True),
                        ("next_review", None),
                    ),
                    _connector="OR",
                ),
                name="decision_has_review_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ending", "")),
                    models.Q(
                        models.Q(("ending", ""), _negated=True),
                        ("ended_at__isnull", False),
                        ("second_state", "AWAITED"),
                    ),
                    _connector="OR",
                ),
                name="decision_ends_unanswered",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(fields=("case", "person"), name="recused_once"),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="recusal_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["screening_gravity", "likely_hit_count", "hit_count", "-id"], name="case_gravity"
            ),
        ),
        migrations.RunPython(add_downwards, remove_downwards),
        migrations.RunPython(migrations.RunPython.noop, work_on),
        migrations.RunPython(install_guards, remove_guards),
    ]
