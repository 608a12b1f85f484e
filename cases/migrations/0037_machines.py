"""The turn of the dispatcher, and the pause that a provider asked for, for several machines on one database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0036_replacing_by_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="DispatcherTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lease", models.CharField(blank=True, max_length=32)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_owner", models.CharField(blank=True, max_length=200)),
                ("claims", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ProviderPause",
            fields=[
                ("provider", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
