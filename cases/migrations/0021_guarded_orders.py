from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


def fill(apps, _schema_editor):
    """No event of before tells of a change to come."""
    chains = apps.get_model("cases", "AuditChain").objects.filter(case=OuterRef("pk"))
    newest = Coalesce(Subquery(chains.values("length")[:1]), 0)
    apps.get_model("cases", "Case").objects.update(change_event=newest)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_chain_of_the_portal"),
    ]

    operations = [
        # SQLite makes the tables of events and cases anew, and their triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="event_verb_known",
        ),
        migrations.AddField(
            model_name="case",
            name="change_event",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("CASE_CREATED", "opened a new case"),
                    ("CASE_TAKEN", "took the case"),
                    ("CASE_CHANGED", "changed the case"),
                    ("CASE_HANDED_OVER", "handed the case over"),
                    ("CASE_HANDED_BACK", "handed the case back"),
                    ("NUMBER_CORRECTED", "corrected the number of the organisation"),
                    ("CASE_WITHDRAWN", "withdrew the case"),
                    ("CASE_VIEWED", "looked at the case"),
                    ("DOCUMENT_VIEWED", "opened a document"),
                    ("SESSION_REQUESTED", "ordered results from the provider"),
                    ("CREATE_SENT", "sent the order to the provider"),
                    ("CREATE_REFUSED", "could not place the order"),
                    ("CREATE_IN_DOUBT", "lost the provider's answer to the order"),
                    ("SESSION_OPENED", "opened a session at the provider"),
                    ("SESSION_ADOPTED", "found the session whose answer was lost"),
                    ("SESSION_UNKNOWN", "could not learn whether a session was made"),
                    ("SESSION_DUPLICATED", "learned of a second session at the provider"),
                    ("KNOCK_REJECTED", "rejected a webhook that named another session"),
                    ("FAILURE_ANNOUNCED", "received a webhook that announces a failure, and goes on looking"),
                    ("SESSION_TROUBLED", "met trouble at the provider"),
                    ("SESSION_RESUMED", "set the session going again"),
                    ("SESSION_QUARANTINED", "stopped the session"),
                    ("SESSION_ENDED", "ended the session"),
                    ("ARTEFACT_READY", "saw a result become ready"),
                    ("ARTEFACT_CAPTURED", "captured a result"),
                    ("ARTEFACT_FAILED", "could not get a result"),
                    ("ARTEFACT_EXPIRED", "came too late for a result"),
                    ("FETCH_FAILED", "could not fetch a result, and will try again"),
                    ("IDENTITY_SHARED", "found a number that another organisation has too"),
                    ("HITS_FOUND", "found hits"),
                    ("SIGNATURE_CHECKED", "checked the signature of a document"),
                    ("SIGNERS_CHECKED", "checked who signed"),
                    ("COMMENTED", "commented"),
                    ("REPORT_ASKED", "ordered a report"),
                    ("REPORT_MADE", "made a report"),
                    ("REPORT_FAILED", "could not make a report"),
                    ("SEARCHED", "searched the cases"),
                    ("PERSON_ADDED", "added a person"),
                    ("PERSON_CHANGED", "changed somebody's name or e-mail"),
                    ("ROLES_CHANGED", "changed somebody's roles"),
                    ("PERSON_ACTIVATED", "activated somebody's account"),
                    ("PERSON_DEACTIVATED", "deactivated somebody's account"),
                    ("PASSWORD_SET", "set somebody's password"),
                    ("PASSWORD_REMOVED", "removed somebody's password"),
                    ("PASSWORD_CHANGED", "changed their own password"),
                    ("FIRST_SIGN_IN", "signed in for the first time since their access was changed"),
                    ("DETAIL_ERASED", "erased the details of an event under the law"),
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
                            "CASE_CHANGED",
                            "CASE_HANDED_OVER",
                            "CASE_HANDED_BACK",
                            "NUMBER_CORRECTED",
                            "CASE_WITHDRAWN",
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
                            "FAILURE_ANNOUNCED",
                            "SESSION_TROUBLED",
                            "SESSION_RESUMED",
                            "SESSION_QUARANTINED",
                            "SESSION_ENDED",
                            "ARTEFACT_READY",
                            "ARTEFACT_CAPTURED",
                            "ARTEFACT_FAILED",
                            "ARTEFACT_EXPIRED",
                            "FETCH_FAILED",
                            "IDENTITY_SHARED",
                            "HITS_FOUND",
                            "SIGNATURE_CHECKED",
                            "SIGNERS_CHECKED",
                            "COMMENTED",
                            "REPORT_ASKED",
                            "REPORT_MADE",
                            "REPORT_FAILED",
                            "SEARCHED",
                            "PERSON_ADDED",
                            "PERSON_CHANGED",
                            "ROLES_CHANGED",
                            "PERSON_ACTIVATED",
                            "PERSON_DEACTIVATED",
                            "PASSWORD_SET",
                            "PASSWORD_REMOVED",
                            "PASSWORD_CHANGED",
                            "FIRST_SIGN_IN",
                            "DETAIL_ERASED",
                        ],
                    )
                ),
                name="event_verb_known",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
