"""What got another name in the database keeps its rows."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cases.migrations import _triggers
from cases.models import AmlSession, Heartbeat, RefusedDeliveries


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
    for number, rung in ((1, True), (2, False)):
        make(
            "AmlSession",
            **{"case": case, "number": number, "state": "FAILED", "reason": "not_found", "rung": rung},
            **{"requested_at": now, "give_up_at": now, "ended_at": now},
        )
    call_command("migrate", "cases", verbosity=0)
    assert [session.wake_requested for session in AmlSession.objects.order_by("number")] == [True, False]
    assert Heartbeat.objects.get().beat_at == now
    assert RefusedDeliveries.objects.get().count == 3
    assert _triggers.faults(connection) == []
