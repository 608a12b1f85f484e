"""Notes of suspicion, with a stream of events of their own for each case that has any."""

import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from cases.migrations._steps import install_guards, remove_guards


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0047_decisions"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.CreateModel(
            name="SuspicionNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField(verbose_name="in your words")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("CONSIDERED_NOT_REPORTED", "Considered, not reported"),
                            ("REPORTED", "Reported"),
                            ("STILL_LOOKED_INTO", "Still looked into"),
                        ],
                        max_length=23,
                        verbose_name="conclusion",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("salt", models.CharField(max_length=32)),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "note of suspicion",
                "ordering": ["case", "-number"],
                "permissions": [("see_suspicion", "Can see and write notes of suspicion")],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="auditchain",
            name="one_chain_of_the_portal",
        ),
        migrations.RemoveConstraint(
            model_name="verification",
            name="verification_kind_known",
        ),
        migrations.AddField(
            model_name="auditchain",
            name="sealed",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="auditchain",
            name="suspicion_of",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspicion_stream",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="verification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("AUDIT", "Audit trail and rows"),
                    ("EVIDENCE", "Stored files"),
                    ("SEALED", "Notes of suspicion"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditchain",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce("case", 0),
                condition=models.Q(("case", None), ("suspicion_of", None)),
                name="one_chain_of_the_portal",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditchain",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", None), ("suspicion_of", None), _connector="OR"),
                name="chain_of_one_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditchain",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", ""), ("case__isnull", False), _connector="OR"),
                name="chain_sealed_of_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["AUDIT", "EVIDENCE", "SEALED"])),
                name="verification_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="suspicionnote",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspicionnote",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="suspicion_notes", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="suspicionnote",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspicion_note",
                to="cases.auditevent",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conclusion__in", ["CONSIDERED_NOT_REPORTED", "REPORTED", "STILL_LOOKED_INTO"])
                ),
                name="suspicion_conclusion_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicionnote",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="suspicion_number_once"),
        ),
        migrations.AddConstraint(
            model_name="suspicionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("salt", ""), _negated=True)
                ),
                name="suspicion_says_what",
            ),
        ),
        migrations.RunPython(install_guards, remove_guards),
    ]
