"""What an older portal kept is there after the upgrade, under its new names, known and as guarded as before.

One way back to the first of these states and one way up, with rows made on the way: each takes longer than its tests.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cases.findings.names.collation import sort_key
from cases.findings.search.folded_words import Query
from cases.migrations import _triggers
from cases.models import AmlSession, Case, CaseReport, Heartbeat, Organisation, RefusedDeliveries
from tests.web.work_groups import DAY

NOW = timezone.now()
NEVER_CAME = {"state": "FAILED", "reason": "not_found"}
Make = Callable[..., Any]


def go_to(name: str) -> Make:
    """Migrate to a state; give what makes rows of the models that it has."""
    call_command("migrate", "cases", name, verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([("cases", name)]).apps
    return lambda model, **fields: apps.get_model("cases", model).objects.create(**fields)


@pytest.mark.usefixtures("own_database")
def test_what_an_older_portal_kept_is_there_after_the_upgrade() -> None:
    search_before(go_to("0004_withdraw_and_hand_over"))
    orders_before(go_to("0017_altered_in_one_word"))
    names_before(go_to("0022_verifications"))
    call_command("migrate", "cases", verbosity=0)
    search_after()
    orders_after()
    names_after()
    assert _triggers.faults(connection) == []


# --- What was searched and sorted is found before anything is read again ---


def search_before(make: Make) -> None:
    about = make("Organisation", country="se", kind="ORG", value="556036-0793", name="Storsjön AB")
    case = {"reference": "C-2026-000042", "organisation": about, "opened_at": NOW, "updated_at": NOW}
    make("Case", search_text="gunhild brattholmen\nnordlys as", **case)


def search_after() -> None:
    typed = ("C-42", "storsjon", "SE556036079301", "brattholmen nordlys")
    assert Organisation.objects.get(name="Storsjön AB").sort_key == sort_key("Storsjön AB")
    assert [typed for typed in typed if not Case.objects.found_by(Query(typed)).exists()] == []


# --- What was ordered for a number that was corrected is known by the event that tells of it ---

EARLIER = {"NO 317 835 337": ("no", "ORG", "317835337"), "SE DUNS 30-123-4567": ("se", "DUNS", "301234567")}


def orders_before(make: Make) -> None:
    about = make("Organisation", country="fi", kind="ORG", value="2345678-9")
    for recorded, (country, kind, value) in {**EARLIER, "": ("no", "ORG", "312433060")}.items():
        make("Organisation", country=country, kind=kind, value=value)
        case = make(
            "Case", reference=f"C-2026-{value[:6]}", organisation=about, opened_at=NOW, updated_at=NOW
        )
        chain = make("AuditChain", case=case)
        event = make("AuditEvent", chain=chain, sequence=1, at=NOW, verb="NUMBER_CORRECTED", subject="case")
        body = json.dumps({"number": [recorded, "FI 2345678-9"]}) if recorded else ""
        make("AuditDetail", event=event, body=body)
        for number, at in ((1, NOW - DAY), (2, NOW)):
            moments = {"requested_at": at, "give_up_at": at, "ended_at": at}
            make("AmlSession", case=case, number=number, **NEVER_CAME, **moments)


def orders_after() -> None:
    of_corrected = AmlSession.objects.filter(case__organisation__value="2345678-9")
    found = of_corrected.order_by("pk").select_related("ordered_for")
    numbers = [text for recorded in EARLIER for text in (recorded, "")]
    assert [session.earlier_number for session in found] == [*numbers, "", ""]


# --- What got another name keeps its rows ---


def names_before(make: Make) -> None:
    make("Pulse", name="dispatcher", beat_at=NOW)
    make("RefusedKnocks", hour=NOW, count=3)
    about = make("Organisation", country="no", kind="ORG", value="917103801")
    case = make("Case", reference="C-2026-917103", organisation=about, opened_at=NOW, updated_at=NOW)
    for number, woken in ((1, True), (2, False)):
        make(
            "AmlSession",
            **{"case": case, "number": number, **NEVER_CAME, "rung": woken, "doubts": number},
            **{"requested_at": NOW, "give_up_at": NOW, "ended_at": NOW, "reports": ["aml"] * number},
        )
    kari = make("User", username="kari")
    make("Report", **{"case": case, "number": 1, "asked_by": kari, "asked_at": NOW})


def names_after() -> None:
    sessions = AmlSession.objects.filter(case__reference="C-2026-917103").order_by("number")
    assert [
        (session.wake_requested, session.ordered_reports, session.lost_answers) for session in sessions
    ] == [(True, ["aml"], 1), (False, ["aml"] * 2, 2)]
    report = CaseReport.objects.get()
    assert (report.ordered_by.username, report.ordered_at) == ("kari", NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseReport.objects.update(ordered_at=NOW + DAY)
    assert Heartbeat.objects.get().beat_at == NOW
    assert RefusedDeliveries.objects.get().count == 3
