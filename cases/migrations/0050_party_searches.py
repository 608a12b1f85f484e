"""What people record of searches of parties, and the files that show it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations._steps import check_now, install_guards, remove_guards


def drop(apps, schema_editor):
    """Back to before: files that show a search go with it. Their events stay, and `verify_audit` of before names them."""
    apps.get_model("cases", "Attachment").objects.exclude(search=None).delete()
    check_now(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0049_assessed_columns"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.CreateModel(
            name="PartySearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("SANCTIONS", "Sanctions lists"),
                            ("PEP", "Politically exposed, family and close associates too"),
                        ],
                        max_length=9,
                    ),
                ),
                ("parties", models.JSONField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("NOTHING_FOUND", "Nothing was found"),
                            ("FOUND", "Something was found"),
                            ("TAKEN_BACK", "Taken back: what was recorded last does not count"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not stated"),
                            ("SEARCH", "Searched"),
                            ("DECLARATION", "Declared by the person"),
                        ],
                        max_length=11,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
                ("lists", models.CharField(blank=True, max_length=500)),
                ("day", models.DateField(null=True)),
                ("words", models.TextField(blank=True, verbose_name="in your words")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "search of parties",
                "ordering": ["case", "-number"],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="attachment",
            name="attachment_of_one",
        ),
        migrations.AddField(
            model_name="partysearch",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="partysearch",
            name="capture",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.artefact"
            ),
        ),
        migrations.AddField(
            model_name="partysearch",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="party_searches", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="search",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="cases.partysearch",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("conclusion__isnull", True),
                        ("judgement__isnull", False),
                        ("search__isnull", True),
                        ("statement__isnull", True),
                    ),
                    models.Q(
                        ("conclusion__isnull", True),
                        ("judgement__isnull", True),
                        ("search__isnull", True),
                        ("statement__isnull", False),
                    ),
                    models.Q(
                        ("conclusion__isnull", False),
                        ("judgement__isnull", True),
                        ("search__isnull", True),
                        ("statement__isnull", True),
                    ),
                    models.Q(
                        ("conclusion__isnull", True),
                        ("judgement__isnull", True),
                        ("search__isnull", False),
                        ("statement__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="attachment_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("topic__in", ["SANCTIONS", "PEP"])), name="search_topic_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["", "SEARCH", "DECLARATION"])), name="search_means_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["NOTHING_FOUND", "FOUND", "TAKEN_BACK"])),
                name="search_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="search_number_once"),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("day", None),
                        ("means", ""),
                        ("outcome", "TAKEN_BACK"),
                        models.Q(("words", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "TAKEN_BACK"), _negated=True),
                        models.Q(("means", ""), _negated=True),
                        models.Q(("source", ""), _negated=True),
                        ("day__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="search_says_where_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "FOUND"), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="search_says_what_was_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="partysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "TAKEN_BACK"),
                    models.Q(("topic", "SANCTIONS"), _negated=True),
                    models.Q(("means", "SEARCH"), models.Q(("lists", ""), _negated=True)),
                    _connector="OR",
                ),
                name="search_names_its_lists",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop),
        migrations.RunPython(install_guards, remove_guards),
    ]
