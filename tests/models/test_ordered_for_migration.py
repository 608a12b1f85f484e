"""What was ordered for a number that was corrected before the upgrade is known by the event that tells of it."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cases.models import AmlSession
from tests.web.work_groups import DAY

BEFORE = {"NO 317 835 337": ("no", "ORG", "317835337"), "SE DUNS 30-123-4567": ("se", "DUNS", "301234567")}


@pytest.mark.usefixtures("own_database")
def test_the_upgrade_knows_for_whom_earlier_captures_were_ordered() -> None:
    call_command("migrate", "cases", "0017", verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([("cases", "0017_altered_in_one_word")]).apps
    now = timezone.now()

    def make(name: str, **fields: object) -> object:
        return apps.get_model("cases", name).objects.create(**fields)

    about = make("Organisation", country="se", kind="ORG", value="556036-0793")
    for recorded, (country, kind, value) in {**BEFORE, "": ("no", "ORG", "312433060")}.items():
        make("Organisation", country=country, kind=kind, value=value)
        case = make(
            "Case", reference=f"C-2026-{value[:6]}", organisation=about, opened_at=now, updated_at=now
        )
        chain = make("AuditChain", case=case)
        event = make("AuditEvent", chain=chain, sequence=1, at=now, verb="NUMBER_CORRECTED", subject="case")
        make(
            "AuditDetail",
            event=event,
            body=json.dumps({"number": [recorded, "SE 556036-0793"]}) if recorded else "",
        )
        for number, at in ((1, now - DAY), (2, now)):
            make(
                "AmlSession",
                **{"case": case, "number": number, "state": "FAILED", "reason": "not_found"},
                **{"requested_at": at, "give_up_at": at, "ended_at": at},
            )
    call_command("migrate", "cases", verbosity=0)
    found = AmlSession.objects.order_by("pk").select_related("ordered_for")
    assert [session.earlier_number for session in found] == [
        *(text for recorded in BEFORE for text in (recorded, "")),
        "",
        "",
    ]
