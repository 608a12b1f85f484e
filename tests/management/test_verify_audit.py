"""`verify_audit` names the event that was altered, and only that."""

import pytest

from cases.models import AuditEvent, Verb
from cases.workflows import audit
from tests import factories
from tests.management.commands import run
from tests.workflows.forgery import event, forge, long_case

pytestmark = pytest.mark.django_db


def test_a_trail_that_nobody_touched_holds() -> None:
    long_case(3)
    long_case(2)
    outcome = run("verify_audit")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "2 cases, 5 events, 0 details erased: every chain holds.\n"


def test_it_holds_when_there_is_nothing_yet() -> None:
    assert run("verify_audit").status == 0


def test_an_altered_text_is_named_by_case_event_and_row() -> None:
    case, other = long_case(4), long_case(4)
    forged = event(case, 3).pk
    forge("UPDATE cases_auditdetail SET body = 'Nothing happened.' WHERE event_id = %s", forged)
    outcome = run("verify_audit")
    assert outcome.status == 1
    first, summary = outcome.out.splitlines()
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
    audit.record(None, Verb.SEARCHED, subject="cases", detail={"words": "Eva Lund"})
    erased = run("erase_detail", "portal", "1", "--by", by, "--reason", "request 17")
    assert erased.out == "portal: the detail of event 1 is erased; event 2 tells of it.\n"
    outcome = run("verify_audit")
    assert (outcome.status, "2 events, 1 details erased" in outcome.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("C-1999-000001", "1", "--by", "lena", "--reason", "x"), "There is no case"),
        (("C", "9", "--by", "lena", "--reason", "x"), "There is no event 9"),
        (("C", "1", "--by", "nobody", "--reason", "x"), "no active person"),
        (("C", "1", "--by", "lena", "--reason", " "), "Give a reason"),
    ],
)
def test_nothing_is_erased_without_event_person_and_reason(words: tuple[str, ...], said: str) -> None:
    factories.lead()
    case = factories.case(reference="C")
    outcome = run("erase_detail", *words)
    assert outcome.status == 1
    assert said in outcome.err
    assert AuditEvent.objects.of_case(case).count() == 1


def test_no_text_of_the_trail_is_printed() -> None:
    """The walk may run where personal data must not go, such as a log."""
    case = factories.case(opened_by=factories.kari())
    forge("UPDATE cases_auditdetail SET body = body || ' ' WHERE event_id = %s", event(case, 1).pk)
    outcome = run("verify_audit")
    assert outcome.status == 1
    assert "Nordmann" not in outcome.out + outcome.err
