from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_verdicts_of_cases"),
    ]

    operations = [
        migrations.AlterField(
            model_name="amlsession",
            name="state",
            field=models.CharField(
                choices=[
                    ("REQUESTED", "Order not sent yet"),
                    ("CREATING", "Being sent"),
                    ("DOUBTFUL", "Answer lost, looking for it"),
                    ("OPEN", "Results awaited"),
                    ("COMPLETE", "Complete"),
                    ("PARTIAL", "Partly captured"),
                    ("FAILED", "Failed"),
                    ("UNKNOWN", "Order not confirmed"),
                    ("QUARANTINED", "Stopped"),
                ],
                default="REQUESTED",
                max_length=12,
                verbose_name="state",
            ),
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
                ],
                max_length=30,
                verbose_name="what happened",
            ),
        ),
    ]
