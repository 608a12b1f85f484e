"""What drafts of policy would do, as it is worked out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0051_suspicion_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyImpact",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ORDERED", "Being worked out"),
                            ("WORKED_OUT", "Worked out"),
                            ("FAILED", "Could not be worked out"),
                        ],
                        default="ORDERED",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("sha256", models.CharField(max_length=64)),
                ("ordered_at", models.DateTimeField()),
                ("worked_out_at", models.DateTimeField(null=True)),
                ("last_case", models.PositiveBigIntegerField(default=0)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("cases", models.PositiveIntegerField(default=0)),
                ("not_worked_out", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("tallies", models.JSONField(default=list)),
                ("changes", models.JSONField(default=list)),
                ("not_read", models.JSONField(default=list)),
                (
                    "against",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.policyversion",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impacts",
                        to="cases.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "impact of a draft of policy",
                "ordering": ["version", "-ordered_at"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["ORDERED", "WORKED_OUT", "FAILED"])),
                        name="policy_impact_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ORDERED")),
                        fields=("version",),
                        name="policy_impact_ordered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("against__isnull", False),
                                ("state", "WORKED_OUT"),
                                ("worked_out_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "WORKED_OUT"), _negated=True), ("worked_out_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="policy_impact_worked_out_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "FAILED"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="policy_impact_failed_has_reason",
                    ),
                ],
            },
        ),
    ]
