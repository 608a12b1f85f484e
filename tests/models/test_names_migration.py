"""What got another name in the database keeps its rows."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cases.migrations import _triggers
from cases.models import AmlSession, CaseReport, Heartbeat, RefusedDeliveries
from tests.web.work_groups import DAY


@pytest.mark.usefixtures("own_database")
def test_rows_are_there_under_their_new_names_and_as_guarded_as_before() -> None:
    call_command("migrate", "cases", "0022", verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([("cases", "0022_verifications")]).apps
    now = timezone.now()

    def make(model: str, **fields: object) -> object:
        return apps.get_model("cases", model).objects.create(**fields)

    make("Pulse", name="dispatcher", beat_at=now)
    make("RefusedKnocks", hour=now, count=3)
    about = make("Organisation", country="no", kind="ORG", value="312433060")
    case = make("Case", reference="C-2026-312433", organisation=about, opened_at=now, updated_at=now)
    for number, woken in ((1, True), (2, False)):
        make(
            "AmlSession",
            **{"case": case, "number": number, "state": "FAILED", "reason": "not_found", "rung": woken},
            **{
                "requested_at": now,
                "give_up_at": now,
                "ended_at": now,
                "reports": ["aml"] * number,
                "doubts": number,
            },
        )
    kari = make("User", username="kari")
    make("Report", **{"case": case, "number": 1, "asked_by": kari, "asked_at": now})
    call_command("migrate", "cases", verbosity=0)
    assert [session.wake_requested for session in AmlSession.objects.order_by("number")] == [True, False]
    assert [session.ordered_reports for session in AmlSession.objects.order_by("number")] == [
        ["aml"],
        ["aml"] * 2,
    ]
    assert [session.lost_answers for session in AmlSession.objects.order_by("number")] == [1, 2]
    report = CaseReport.objects.get()
    assert (report.ordered_by.username, report.ordered_at) == ("kari", now)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseReport.objects.update(ordered_at=now + DAY)
    assert Heartbeat.objects.get().beat_at == now
    assert RefusedDeliveries.objects.get().count == 3
    assert _triggers.faults(connection) == []
