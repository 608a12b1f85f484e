"""The indexes of the lists of cases."""

from django.db import migrations, models

# The order in which what nothing is known of stands last downwards; SQLite reads an index for it as it is.
DOWNWARDS = {
    "case_due_down": "cases_case (due DESC NULLS LAST, id DESC)",
    "case_owners_down": "cases_case (beneficial_owner_count DESC NULLS LAST, id DESC)",
    "case_gravity_down": "cases_case (screening_gravity DESC NULLS LAST, likely_hit_count DESC, hit_count DESC, id DESC)",
    "organisation_by_name_down": "cases_organisation (sort_key DESC NULLS LAST, country DESC, value DESC)",
}


def add_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in DOWNWARDS.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {columns}")


def remove_downwards(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in DOWNWARDS:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_generated_list_columns"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("WITHDRAWN",)), _negated=True),
                fields=[
                    "assignee",
                    "lasting_urgency",
                    "next_expiry",
                    "due",
                    "opened_at",
                    "likely_hit_count",
                    "id",
                ],
                name="case_work",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "-updated_at", "-id"], name="case_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["assignee", "-updated_at", "-id"], name="case_assignee"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["newest_capture", "-updated_at", "-id"], name="case_capture"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["screening", "-updated_at", "-id"], name="case_screening"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_unread", True)), fields=["-updated_at", "-id"], name="case_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("has_expired", True)), fields=["-updated_at", "-id"], name="case_lost"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("next_expiry__isnull", False)),
                fields=["next_expiry"],
                name="case_expiring",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["due", "-id"], name="case_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["beneficial_owner_count", "-id"], name="case_owners"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["screening_gravity", "likely_hit_count", "hit_count", "-id"], name="case_gravity"
            ),
        ),
        migrations.RunPython(add_downwards, remove_downwards),
    ]
