"""What has another name in the code. Columns that guards and the audit trail know keep theirs in the database."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _who(**options: bool) -> models.ForeignKey:
    return models.ForeignKey(
        db_column="asked_by_id",
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_verifications")]

    operations = [
        migrations.RenameField("amlsession", "rung", "wake_requested"),
        migrations.RenameModel("RefusedKnocks", "RefusedDeliveries"),
        migrations.RenameModel("Pulse", "Heartbeat"),
        migrations.AlterModelTable("report", "cases_report"),
        migrations.RenameModel("Report", "CaseReport"),
        migrations.AlterField("casereport", "asked_at", models.DateTimeField(db_column="asked_at")),
        migrations.RenameField("casereport", "asked_at", "ordered_at"),
        migrations.AlterField("casereport", "asked_by", _who()),
        migrations.RenameField("casereport", "asked_by", "ordered_by"),
        migrations.AlterField("signaturecheck", "asked_by", _who(null=True)),
        migrations.RenameField("signaturecheck", "asked_by", "ordered_by"),
        migrations.AlterField("amlsession", "reports", models.JSONField(db_column="reports", default=list)),
        migrations.RenameField("amlsession", "reports", "ordered_reports"),
    ]
