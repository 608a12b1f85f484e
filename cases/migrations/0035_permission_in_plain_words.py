"""What one may do who may order captures, in plain words."""

from django.db import migrations


def rename(apps, _schema_editor):
    # Django names a permission when it makes it, and never again.
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="cases", codename="capture_case"
    )
    permissions.update(name="Can order captures and resolve those that are stuck")


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_list_indexes"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("open_case", "Can open a case"),
                    ("take_case", "Can take a case"),
                    ("change_case", "Can change a case, correct its number, withdraw it and hand it over"),
                    ("assign_case", "Can hand over the cases of others"),
                    ("capture_case", "Can order captures and resolve those that are stuck"),
                    ("note_case", "Can write in the timeline of a case"),
                    ("report_case", "Can make reports and check signatures again"),
                    ("view_provider", "Can see provider and queue"),
                ],
                "verbose_name": "case",
            },
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
