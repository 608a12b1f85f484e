"""Screenings whose hits are all judged, and how many judgements wait for a second person."""

from django.db import migrations, models

from cases.migrations import _triggers

# The order in which what nothing is known of stands last downwards (0034).
DOWNWARDS = "case_gravity_down"
COLUMNS = "screening_gravity DESC NULLS LAST, likely_hit_count DESC, hit_count DESC, id DESC"


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


def add_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {DOWNWARDS} ON cases_case ({COLUMNS})")


def remove_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {DOWNWARDS}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0038_policy_and_judgements")]

    operations = [
        # SQLite makes the table of cases anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.RunPython(remove_downwards, add_downwards),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_screening_known",
        ),
        migrations.RemoveIndex(model_name="case", name="case_gravity"),
        migrations.RemoveField(model_name="case", name="screening_gravity"),
        migrations.AddField(
            model_name="case",
            name="unconfirmed_hit_count",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="case",
            name="screening",
            field=models.CharField(
                choices=[
                    ("NOT_RUN", "not screened"),
                    ("NONE", "no hits"),
                    ("HITS", "open hits"),
                    ("JUDGED", "all hits judged"),
                    ("UNCERTAIN", "screening failed"),
                    ("UNUSABLE", "not usable"),
                ],
                default="NOT_RUN",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="screening_gravity",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(("state__in", ("WITHDRAWN",))), then=models.Value(None)),
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
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["screening_gravity", "likely_hit_count", "hit_count", "-id"], name="case_gravity"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("unconfirmed_hit_count__gt", 0)),
                fields=["-updated_at", "-id"],
                name="case_unconfirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("screening__in", ["NOT_RUN", "NONE", "HITS", "JUDGED", "UNCERTAIN", "UNUSABLE"])
                ),
                name="case_screening_known",
            ),
        ),
        migrations.RunPython(add_downwards, remove_downwards),
        migrations.RunPython(install, remove),
    ]
