"""What waits for its first signature check has a row of its own, which is leased like other work."""

from itertools import islice

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

AT_ONCE = 5000


def add_unchecked(apps, _schema_editor):
    """Every captured PDF without a check waits for one."""
    pending = apps.get_model("cases", "PendingSignatureCheck")
    captured = apps.get_model("cases", "Artefact").objects.filter(state="CAPTURED").exclude(kind="json")
    unchecked = captured.filter(signature_checks=None).values_list("pk", flat=True)
    rows = (pending(artefact_id=pk) for pk in unchecked.iterator(AT_ONCE))
    while some := list(islice(rows, AT_ONCE)):
        pending.objects.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_chains_grow_by_events")]

    operations = [
        migrations.CreateModel(
            name="PendingSignatureCheck",
            fields=[
                ("lease", models.CharField(blank=True, max_length=32)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_owner", models.CharField(blank=True, max_length=200)),
                ("claims", models.PositiveSmallIntegerField(default=0)),
                (
                    "artefact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pending_signature_check",
                        serialize=False,
                        to="cases.artefact",
                    ),
                ),
                ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                ("broke_off", models.PositiveSmallIntegerField(default=0)),
                ("troubles", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "pending signature check",
                "default_permissions": (),
                "indexes": [models.Index(fields=["not_before"], name="pending_check_when")],
            },
        ),
        migrations.RunPython(add_unchecked, migrations.RunPython.noop),
    ]
