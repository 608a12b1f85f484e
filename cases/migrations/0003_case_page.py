import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_refuse_changes"),
    ]

    operations = [
        # SQLite makes the table of events anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.CreateModel(
            name="Hit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("name", models.CharField(blank=True, max_length=400, verbose_name="name")),
                ("list_word", models.CharField(blank=True, max_length=100, verbose_name="list")),
                (
                    "external_id",
                    models.CharField(blank=True, max_length=200, verbose_name="number on the list"),
                ),
                ("match", models.PositiveSmallIntegerField(null=True, verbose_name="match")),
            ],
            options={
                "verbose_name": "hit",
                "ordering": [
                    "case",
                    models.OrderBy(models.F("match"), descending=True, nulls_last=True),
                    "pk",
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number in its case")),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "Being made"), ("MADE", "Made"), ("FAILED", "Could not be made")],
                        default="ASKED",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("lease", models.CharField(blank=True, max_length=32)),
                ("lease_until", models.DateTimeField(null=True)),
                ("claims", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "report",
                "ordering": ["case", "-number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SignatureCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("VERIFIED", "Signature verified"),
                            ("NOT_TRUSTED", "Intact, signer not trusted"),
                            ("ALTERED", "Changed, or the signature is invalid"),
                            ("UNSIGNED", "No signature"),
                            ("NOT_A_PDF", "Not a PDF"),
                            ("CANNOT_TELL", "Cannot tell"),
                        ],
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=40)),
                ("about_us", models.BooleanField(null=True)),
                ("roots", models.CharField(blank=True, max_length=64)),
                ("signatures", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "signature check",
                "ordering": ["artefact", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("open_case", "Can open a case"),
                    ("take_case", "Can take a case"),
                    ("capture_case", "Can order captures and settle their doubts"),
                    ("note_case", "Can write in the timeline of a case"),
                    ("report_case", "Can make reports and check signatures again"),
                    ("view_provider", "Can see provider and queue"),
                ],
                "verbose_name": "case",
            },
        ),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="event_verb_known",
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("CASE_CREATED", "opened a new case"),
                    ("CASE_TAKEN", "took the case"),
                    ("CASE_VIEWED", "looked at the case"),
                    ("DOCUMENT_VIEWED", "opened a document"),
                    ("SESSION_REQUESTED", "asked the provider for results"),
                    ("CREATE_SENT", "sent the order to the provider"),
                    ("CREATE_REFUSED", "could not place the order"),
                    ("CREATE_IN_DOUBT", "lost the provider's answer to the order"),
                    ("SESSION_OPENED", "opened a session at the provider"),
                    ("SESSION_ADOPTED", "found the session whose answer was lost"),
                    ("SESSION_UNKNOWN", "could not learn whether a session was made"),
                    ("SESSION_DUPLICATED", "learned of a second session at the provider"),
                    ("KNOCK_REJECTED", "rejected a webhook that named another session"),
                    ("SESSION_TROUBLED", "met trouble at the provider"),
                    ("SESSION_RESUMED", "set the session going again"),
                    ("SESSION_QUARANTINED", "stopped the session"),
                    ("SESSION_ENDED", "ended the session"),
                    ("ARTEFACT_READY", "saw a result become ready"),
                    ("ARTEFACT_CAPTURED", "captured a result"),
                    ("ARTEFACT_FAILED", "could not get a result"),
                    ("ARTEFACT_EXPIRED", "came too late for a result"),
                    ("FETCH_FAILED", "could not fetch a result, and will try again"),
                    ("HITS_FOUND", "found possible hits"),
                    ("SIGNATURE_CHECKED", "checked the signature of a document"),
                    ("SIGNERS_CHECKED", "checked who signed"),
                    ("COMMENTED", "commented"),
                    ("REPORT_ASKED", "asked for a report"),
                    ("REPORT_MADE", "made a report"),
                    ("REPORT_FAILED", "could not make a report"),
                ],
                max_length=30,
                verbose_name="what happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verb__in",
                        [
                            "CASE_CREATED",
                            "CASE_TAKEN",
                            "CASE_VIEWED",
                            "DOCUMENT_VIEWED",
                            "SESSION_REQUESTED",
                            "CREATE_SENT",
                            "CREATE_REFUSED",
                            "CREATE_IN_DOUBT",
                            "SESSION_OPENED",
                            "SESSION_ADOPTED",
                            "SESSION_UNKNOWN",
                            "SESSION_DUPLICATED",
                            "KNOCK_REJECTED",
                            "SESSION_TROUBLED",
                            "SESSION_RESUMED",
                            "SESSION_QUARANTINED",
                            "SESSION_ENDED",
                            "ARTEFACT_READY",
                            "ARTEFACT_CAPTURED",
                            "ARTEFACT_FAILED",
                            "ARTEFACT_EXPIRED",
                            "FETCH_FAILED",
                            "HITS_FOUND",
                            "SIGNATURE_CHECKED",
                            "SIGNERS_CHECKED",
                            "COMMENTED",
                            "REPORT_ASKED",
                            "REPORT_MADE",
                            "REPORT_FAILED",
                        ],
                    )
                ),
                name="event_verb_known",
            ),
        ),
        migrations.AddField(
            model_name="hit",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="hit",
            name="first_seen",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.artefact"
            ),
        ),
        migrations.AddField(
            model_name="hit",
            name="last_seen",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="cases.artefact"
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="note", to="cases.auditevent"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports_made",
                to="cases.amlsession",
            ),
        ),
        migrations.AddField(
            model_name="signaturecheck",
            name="artefact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signature_checks",
                to="cases.artefact",
            ),
        ),
        migrations.AddField(
            model_name="signaturecheck",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(fields=("case", "fingerprint"), name="hit_once_in_case"),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.CheckConstraint(
                condition=models.Q(("fingerprint", ""), _negated=True), name="hit_has_fingerprint"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ASKED", "MADE", "FAILED"])), name="report_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="report_number_once"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("made_at__isnull", False),
                        ("size__isnull", False),
                        ("state", "MADE"),
                        models.Q(("sha256", ""), _negated=True),
                        models.Q(("file", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "MADE"), _negated=True),
                        ("file", ""),
                        ("made_at", None),
                        ("sha256", ""),
                        ("size", None),
                    ),
                    _connector="OR",
                ),
                name="report_made_has_bytes",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "FAILED"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="report_failed_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaturecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verdict__in",
                        ["VERIFIED", "NOT_TRUSTED", "ALTERED", "UNSIGNED", "NOT_A_PDF", "CANNOT_TELL"],
                    )
                ),
                name="signature_verdict_known",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
