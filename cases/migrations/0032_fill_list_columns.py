"""What the columns of 0031 say of the cases that are there."""

from django.db import migrations
from django.db.models import Case, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

STATES = {
    "UNDER_WAY": ("REQUESTED", "CREATING", "DOUBTFUL", "OPEN"),
    "STUCK": ("UNKNOWN", "QUARANTINED"),
    "COMPLETE": ("COMPLETE",),
    "PARTIAL": ("PARTIAL",),
    "FAILED": ("FAILED",),
}
# Reasons for which the provider makes no result, as they were then.
NOT_MADE = ("never_ready", "provider_failed", "failure_announced")


def fill(apps, _schema_editor):
    cases = apps.get_model("cases", "Case").objects.all()
    sessions = apps.get_model("cases", "AmlSession").objects
    artefacts = apps.get_model("cases", "Artefact").objects
    newest = sessions.filter(case=OuterRef("pk")).order_by("-number")
    cases.update(newest_session=Subquery(newest.values("pk")[:1]))
    results = artefacts.filter(session=OuterRef("newest_session"))
    of_newest = sessions.filter(pk=OuterRef("newest_session"))
    stands = Case(*(When(state__in=states, then=Value(word)) for word, states in STATES.items()))
    ready = artefacts.filter(session__case=OuterRef("pk"), state="READY").order_by("expires_at")
    before = artefacts.filter(
        state="FAILED",
        reason__in=NOT_MADE,
        kind=OuterRef("kind"),
        session__case=OuterRef("session__case"),
        session__number__lt=OuterRef("session__number"),
    )
    cases.update(
        newest_capture=Coalesce(Subquery(of_newest.values(stands=stands)), Value("")),
        newest_ended_at=Subquery(of_newest.values("ended_at")),
        next_expiry=Subquery(ready.filter(expires_at__isnull=False).values("expires_at")[:1]),
        has_expired=Exists(results.filter(state="EXPIRED")),
        has_result=Exists(results.filter(state="CAPTURED", kind="json")),
        misses_anew=Exists(results.filter(state="FAILED").exclude(Exists(before), reason__in=NOT_MADE)),
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_list_columns")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
