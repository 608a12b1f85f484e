"""What a case keeps of its risk class and its conditions, for lists; what was sent back stands before open hits."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from cases.migrations._steps import install_guards, remove_guards

# The order in which what nothing is known of stands last downwards (0034).
DOWNWARDS = "case_by_risk_down"
COLUMNS = "risk_rank DESC NULLS LAST, id DESC"


def add_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {DOWNWARDS} ON cases_case ({COLUMNS})")


def remove_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {DOWNWARDS}")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0048_suspicion"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.RemoveIndex(
            model_name="case",
            name="case_work",
        ),
        # What presses after the overdue has other numbers.
        migrations.RemoveField(model_name="case", name="lasting_urgency"),
        migrations.AddField(
            model_name="case",
            name="assess_at",
            field=models.DateTimeField(default=django.utils.timezone.now, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="condition_due",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="risk_class",
            field=models.CharField(
                blank=True,
                choices=[
                    ("prohibited", "Prohibited"),
                    ("high", "High"),
                    ("normal", "Normal"),
                    ("", "not known"),
                    ("low", "Low"),
                ],
                default="",
                max_length=10,
                verbose_name="risk",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="risk_is_provisional",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="risk_model",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.policyversion",
            ),
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
                        then=models.Value(7),
                    ),
                    models.When(
                        models.Q(
                            ("result_at__isnull", False),
                            models.Q(
                                ("read_at", None), ("read_at__lt", models.F("result_at")), _connector="OR"
                            ),
                        ),
                        then=models.Value(10),
                    ),
                    models.When(
                        models.Q(("assignee__isnull", False), ("newest_capture", "UNDER_WAY")),
                        then=models.Value(11),
                    ),
                    models.When(models.Q(("assignee", None)), then=models.Value(12)),
                    default=models.Value(13),
                ),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="risk_rank",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        state__in=("APPROVED", "CONDITIONS", "REFUSED", "CLOSED", "WITHDRAWN"),
                        then=models.Value(None),
                    ),
                    models.When(risk_class="prohibited", then=models.Value(0)),
                    models.When(risk_class="high", then=models.Value(1)),
                    models.When(risk_class="normal", then=models.Value(2)),
                    models.When(risk_class="", then=models.Value(3)),
                    models.When(risk_class="low", then=models.Value(4)),
                ),
                output_field=models.PositiveSmallIntegerField(null=True),
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
                    "risk_rank",
                    "id",
                ],
                name="case_work",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["risk_class", "-updated_at", "-id"], name="case_risk"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("risk_is_provisional", True)),
                fields=["-updated_at", "-id"],
                name="case_provisional",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("assess_at__isnull", False)), fields=["assess_at"], name="case_assess"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("APPROVED", "CONDITIONS", "REFUSED", "CLOSED")), _negated=True
                ),
                fields=["risk_model"],
                name="case_risk_model",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("condition_due__isnull", False)),
                fields=["assignee", "condition_due"],
                name="case_condition",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["risk_rank", "-id"], name="case_by_risk"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("second_state", "SENT_BACK")), fields=["by"], name="decision_sent_back"
            ),
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(
                condition=models.Q(("second_state", "SENT_BACK")), fields=["by"], name="judgement_sent_back"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk_class__in", ["prohibited", "high", "normal", "", "low"])),
                name="case_risk_known",
            ),
        ),
        migrations.RunPython(add_downwards, remove_downwards),
        migrations.RunPython(install_guards, remove_guards),
    ]
