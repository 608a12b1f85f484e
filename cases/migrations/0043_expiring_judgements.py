"""Find judgements that expire without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0042_overrides"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(
                condition=models.Q(("expires_on__isnull", False), ("reopened_at", None)),
                fields=["expires_on"],
                name="judgement_expires",
            ),
        ),
    ]
