"""`verify_audit` names the event that was altered, and only that."""

import datetime
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from cases.models import AuditEvent, Case, Verb, Verification
from cases.workflows.audit import trail
from cases.workflows.diagnostics import verification
from tests import factories
from tests.management.commands import run
from tests.workflows.forgery import event, forge, long_case

pytestmark = pytest.mark.django_db


def test_a_trail_that_nobody_touched_holds() -> None:
    long_case(3)
    long_case(2)
    outcome = run("verify_audit")
    assert (outcome.status, outcome.err) == (0, "")
    chains, rows = outcome.out.splitlines()[-2:]
    assert chains == "2 cases, 5 events, 0 details erased: every chain holds."
    assert rows == "5 rows held against their events and the stored results: every row is as they say."


def test_it_holds_when_there_is_nothing_yet() -> None:
    assert run("verify_audit").status == 0


def test_an_altered_text_is_named_by_case_event_and_row() -> None:
    case, other = long_case(4), long_case(4)
    forged = event(case, 3).pk
    forge("UPDATE cases_auditdetail SET body = 'Nothing happened.' WHERE event_id = %s", forged)
    outcome = run("verify_audit")
    assert outcome.status == 1
    first, *_uncompared, summary, _rows = outcome.out.splitlines()
    assert first == f"{case.reference}: event 3 (row {forged}) has an altered detail"
    assert summary == "2 cases, 8 events, 0 details erased: 1 DO NOT HOLD."
    assert other.reference not in outcome.out


def test_a_removed_event_is_named_by_its_number() -> None:
    case = long_case(3)
    row = event(case, 3).pk
    forge("DELETE FROM cases_auditdetail WHERE event_id = %s", row)
    forge("DELETE FROM cases_auditevent WHERE id = %s", row)
    outcome = run("verify_audit")
    assert outcome.status == 1
    assert f"{case.reference}: event 3 is missing" in outcome.out


def test_one_case_can_be_walked_alone() -> None:
    broken, whole = long_case(2), long_case(2)
    forge("UPDATE cases_auditevent SET verb = %s WHERE id = %s", Verb.CASE_TAKEN, event(broken, 2).pk)
    assert run("verify_audit", "--case", whole.reference).status == 0
    outcome = run("verify_audit", "--case", broken.reference)
    assert outcome.status == 1
    assert "event 2" in outcome.out


@pytest.mark.parametrize("reference", ["C-1999-000001", "", "' OR 1=1"])
def test_a_case_that_does_not_exist_is_an_error(reference: str) -> None:
    long_case(1)
    outcome = run("verify_audit", "--case", reference)
    assert outcome.status == 1
    assert "There is no case" in outcome.err
    assert outcome.out == ""


def test_an_erased_detail_is_counted_and_breaks_nothing() -> None:
    case = long_case(3)
    by = factories.lead().username
    erased = run("erase_detail", case.reference, "2", "--by", by, "--reason", "request 17")
    assert erased.out == f"{case.reference}: the detail of event 2 is erased; event 4 tells of it.\n"
    outcome = run("verify_audit")
    assert outcome.status == 0
    assert "4 events, 1 details erased: every chain holds" in outcome.out


def test_a_detail_of_the_portal_s_own_chain_is_erased_alike() -> None:
    by = factories.lead().username
    trail.record(None, Verb.SEARCHED, subject="cases", detail={"words": "Eva Lund"})
    erased = run("erase_detail", "portal", "1", "--by", by, "--reason", "request 17")
    assert erased.out == "portal: the detail of event 1 is erased; event 2 tells of it.\n"
    outcome = run("verify_audit")
    assert (outcome.status, "2 events, 1 details erased" in outcome.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("C-1999-000001", "1", "--by", "lena", "--reason", "x"), "There is no case"),
        (("C", "9", "--by", "lena", "--reason", "x"), "There is no event 9"),
        (("C", "1", "--by", "nobody", "--reason", "x"), "no active person"),
        (("C", "1", "--by", "lena", "--reason", " "), "Give a reason"),
    ],
)
def test_nothing_is_erased_without_event_person_and_reason(words: tuple[str, ...], message: str) -> None:
    factories.lead()
    case = factories.case(reference="C")
    outcome = run("erase_detail", *words)
    assert outcome.status == 1
    assert message in outcome.err
    assert AuditEvent.objects.of_case(case).count() == 1


def test_no_text_of_the_trail_is_printed() -> None:
    """The walk may run where personal data must not go, such as a log."""
    case = factories.case(opened_by=factories.kari())
    forge("UPDATE cases_auditdetail SET body = body || ' ' WHERE event_id = %s", event(case, 1).pk)
    outcome = run("verify_audit")
    assert outcome.status == 1
    assert "Nordmann" not in outcome.out + outcome.err


# --- Both runs, and what is kept of them ---------------------------------------------------------------------


def spoiled() -> Case:
    """A case with a row that no event tells of, and a file that was changed."""
    session = factories.session(None, "OPEN", {"aml": "CAPTURED"})
    path = Path(default_storage.path(session.artefacts.get().file))
    path.chmod(0o600)
    path.write_bytes(b"%PDF-else")
    return session.case


def test_verify_does_both_or_the_one_asked_for_and_tells_json_too() -> None:
    case = spoiled()
    for words, subjects in (
        ([], {"audit", "sealed", "evidence"}),
        (["--audit"], {"audit", "sealed"}),
        (["--evidence", "--case", case.reference], {"evidence"}),
    ):
        outcome = run("verify", *words, "--json")
        answer = json.loads(outcome.out)
        assert (outcome.status, answer.pop("ok")) == (1, False)
        assert set(answer) == subjects
        assert answer.pop("sealed", {}).get("problems", []) == []
        assert all(part["problems"][0]["case"] == case.reference for part in answer.values())
    plain = run("verify").out
    assert "no event tells of the order of session 1 (row " in plain
    assert "1 files, 0.0 MB read: 1 NOT AS CAPTURED." in plain


def test_how_a_run_over_everything_went_is_kept_and_told_by_doctor_and_page(client: Client) -> None:
    case = spoiled()
    assert doctor() == ["warning", "warning"]
    run("verify", "--case", case.reference)
    assert not Verification.objects.exists()
    run("verify")
    kept = Verification.last("EVIDENCE")
    assert kept is not None
    assert (kept.extent, kept.problems, len(kept.lines)) == (1, 1, 1)
    assert kept.summary == "1 files, 0.0 MB read: 1 NOT AS CAPTURED."
    assert doctor() == ["wrong", "wrong"]
    for person, is_named in ((factories.auditor(), True), (factories.admin(), False)):
        client.force_login(person)
        shown = client.get("/provider/").content.decode()
        assert "1 place does not hold" in shown, person
        assert (f"{case.reference}: evidence/" in shown) == is_named, person


def test_a_run_that_is_older_than_36_hours_is_said_to_be(client: Client) -> None:
    client.force_login(factories.auditor())
    long_case(2)
    assert client.get("/provider/").content.decode().count("never verified") == 2
    run("verify")
    assert doctor() == ["ok", "ok"]
    assert client.get("/provider/").content.decode().count("everything holds") == 2
    assert "the purpose of a case, written before events told it (1×)." in run("verify_audit").out
    shown = " ".join(client.get("/provider/").content.decode().split())
    assert "Cannot be compared: the purpose of a case, written before events told it (1×).<br>" in shown
    Verification.objects.update(ended_at=timezone.now() - datetime.timedelta(hours=37))
    assert doctor() == ["warning", "warning"]
    assert client.get("/provider/").content.decode().count("overdue") == 2


def doctor() -> list[str]:
    return [str(finding.verdict) for finding in verification.check()]
