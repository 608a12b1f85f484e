from django.db import migrations, models

from cases.findings.names.collation import sort_key

TOGETHER = 1000


def fill(apps, _schema_editor):
    organisations = apps.get_model("cases", "Organisation").objects
    rows = []
    for row in organisations.exclude(name="").iterator(TOGETHER):
        row.sort_key = sort_key(row.name) or None
        rows.append(row)
    organisations.bulk_update(rows, ["sort_key"], batch_size=TOGETHER)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_words_of_orders")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="sort_key",
            field=models.CharField(editable=False, max_length=200, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["sort_key", "country", "value"], name="organisation_by_name"),
        ),
    ]
