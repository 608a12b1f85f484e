"""Columns that the database keeps by itself, and the indexes of the lists."""

from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_fill_list_columns")]

    operations = [
        # SQLite makes the table of cases anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="case",
            name="is_unread",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            ("result_at__isnull", False),
                            models.Q(
                                ("read_at", None), ("read_at__lt", models.F("result_at")), _connector="OR"
                            ),
                        ),
                        then=models.Value(True),
                    ),
                    default=models.Value(False),
                ),
                output_field=models.BooleanField(),
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
                    models.When(models.Q(("screening", "NONE")), then=models.Value(-5)),
                ),
                output_field=models.SmallIntegerField(null=True),
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
                    models.When(models.Q(("screening", "HITS")), then=models.Value(6)),
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
        migrations.RunPython(install, remove),
    ]
