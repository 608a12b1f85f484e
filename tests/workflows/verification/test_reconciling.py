"""Whatever is changed past the portal in a row that events or results tell of is named, and nothing else ever is."""

import datetime
import json
import re
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from amlportal.sandbox.server import RunningSandbox
from cases.models import AuditDetail, Case, ReferenceCounter
from cases.workflows.audit.chain import canonical, detail_hash
from cases.workflows.results import derived_anew
from cases.workflows.verification import reconciling
from cases.workflows.verification.reconciling import derived
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import BEFORE, ERASED
from tests import factories
from tests.databases import only_on_sqlite
from tests.management.commands import run
from tests.workflows.forgery import execute, forge, rehash, without_triggers
from tests.workflows.tamperings import DELIVERIES, DERIVED, OLD_ONES, TAMPERINGS, names
from tests.workflows.whole_case import whole_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Beside it stands another, C-…-000001, of which a result was captured too."""
    other = factories.session(state="COMPLETE", payload="no_holding").case
    assert other.reference.endswith("-000001")
    return whole_case(sandbox, monkeypatch)


def problems(reference: str | None = None) -> list[str]:
    return [text for done in reconciling.reconcile(reference) for text in done.problems]


def found_after(act: Callable[[], object], case: Case) -> list[str]:
    """What is found of the case once that was done, which is taken back."""
    with transaction.atomic():
        act()
        found = problems(Case.objects.get(pk=case.pk).reference)
        transaction.set_rollback(True)
    return found


def tampered(statement: str, case: Case) -> list[str]:
    return found_after(lambda: execute(statement), case)


def missed(table: list[tuple[str, str]], case: Case) -> dict[str, list[str]]:
    """The statements after which the sentence that belongs to them is not said, with what is."""
    known, found = names(case), {}
    with without_triggers():
        for statement, sentence in table:
            problems = tampered(statement.format(**known), case)
            if not any(sentence.format(**known) in text for text in problems):
                found[statement] = problems
    return found


def test_whatever_is_changed_past_the_portal_is_named(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(case.reference) == []
    monkeypatch.setattr(derived, "held", lambda _key: Findings())
    assert missed([*TAMPERINGS, *DELIVERIES], case) == {}


def test_what_follows_from_results_is_held_against_their_files(case: Case) -> None:
    assert missed(DERIVED, case) == {}
    assert problems(case.reference) == []


def test_what_a_case_keeps_raises_no_alarm_when_a_certificate_grows_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, day_of = factories.session(state="COMPLETE").case, timezone.localdate
    case.refresh_from_db()
    monkeypatch.setattr(
        timezone, "localdate", lambda at=None: day_of(at) if at else datetime.date(2099, 1, 1)
    )
    assert derived_anew.columns(case, derived_anew.read(case.pk))["verdicts"] != case.verdicts
    assert derived.held(case.pk).problems == []


def test_of_a_result_whose_file_is_gone_nothing_can_be_compared(case: Case) -> None:
    default_storage.delete(case.sessions.get(number=2).artefacts.get(kind="json").file)
    (done,) = reconciling.reconcile(case.reference)
    assert done.problems == ()
    assert {why for _what, why in done.uncompared} == {derived.NOT_THERE}
    assert {what for what, _why in done.uncompared} >= {"what a case keeps of its results"}


def test_rows_that_no_event_tells_of_are_named(case: Case) -> None:
    session = case.sessions.get(number=1)
    artefact = session.artefacts.get(kind="aml")
    json_result = session.artefacts.get(kind="json")
    additions = {
        "no event tells of the check of the signature of session 1 aml ": lambda: factories.signature_check(artefact),
        "no event tells of the hit in row ": lambda: factories.hit(json_result),
        "no event tells that report 2 ": lambda: factories.report(case),
        "no event tells of the order of session 3 ": lambda: factories.session(case, "FAILED", {}),
        "no event tells of an unreadable answer for session 1 aml ": lambda: factories.unreadable_answer(artefact),
        "no event tells that attempt 2 of session 1 was sent": lambda: factories.attempt(session),
    }  # fmt: skip
    for sentence, add in additions.items():
        found = found_after(add, case)
        assert any(sentence in text for text in found), (sentence, found)


def as_written_before(case: Case) -> None:
    """Take from every detail what events did not tell at first, and make the chain hold again."""
    with without_triggers():
        for detail in AuditDetail.objects.filter(event__chain__case=case):
            recorded = json.loads(detail.body)
            recorded.pop("row", None)
            body = canonical(recorded)
            execute("UPDATE cases_auditdetail SET body = %s WHERE id = %s", body, detail.pk)
            execute(
                "UPDATE cases_auditevent SET detail_hash = %s WHERE id = %s",
                *(detail_hash(detail.salt, body), detail.event_id),
            )
    rehash(case, 1)


def test_what_was_written_before_is_said_to_be_uncompared_and_raises_no_alarm(case: Case) -> None:
    as_written_before(case)
    (done,) = reconciling.reconcile(case.reference)
    assert done.problems == ()
    assert {why for _what, why in done.uncompared} == {BEFORE}
    assert {what for what, _why in done.uncompared} >= {
        "columns of a hit",
        "columns of a result",
        "columns of a check of a signature",
        "columns of an order",
        "the reference of a case",
    }
    known = names(case)
    with without_triggers():
        for statement, sentence in OLD_ONES:
            found = tampered(statement.format(**known), case)
            assert any(sentence.format(**known) in text for text in found), (statement, found)
    out = run("verify_audit", "--case", case.reference).out
    assert f"Cannot be compared: columns of a hit, {BEFORE} (2×)." in out


def test_an_erased_detail_raises_no_alarm(case: Case) -> None:
    forge(
        "UPDATE cases_auditdetail SET body = '', salt = '', erased_at = CURRENT_TIMESTAMP"
        " WHERE event_id IN (SELECT id FROM cases_auditevent WHERE chain_id = %s)",
        case.audit_chain.pk,
    )
    (done,) = reconciling.reconcile(case.reference)
    assert done.problems == ()
    assert {why for _what, why in done.uncompared} == {ERASED}


def test_who_works_meanwhile_raises_no_alarm(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and events are read one after the other; what differs only for that is compared again, and holds."""
    compared, real = [], reconciling._compared

    def slowly(names: dict[int, str]) -> dict[int, reconciling.Reconciled]:
        compared.append(names)
        found = real(names)
        if len(compared) == 1:
            Case.objects.filter(pk=case.pk).update(due="2027-01-01")
            found = real(names)
            Case.objects.filter(pk=case.pk).update(due=None)
        return found

    monkeypatch.setattr(reconciling, "_compared", slowly)
    assert problems(case.reference) == []
    assert len(compared) == 2


@only_on_sqlite
def test_a_row_that_cannot_be_read_is_named_and_the_others_are_compared(case: Case) -> None:
    forge("UPDATE cases_case SET opened_at = '2026-99-99 00:00:00' WHERE id = %s", case.pk)
    found = {done.reference: done.problems for done in reconciling.reconcile()}
    assert re.match("a row of it cannot be read: ", found[case.reference][0])
    assert len(found) == 2


# --- References ----------------------------------------------------------------------------------------------


def remove(case: Case) -> None:
    """The case, and all that is kept of it."""
    own = "(SELECT e.id FROM cases_auditevent e JOIN cases_auditchain c ON c.id = e.chain_id WHERE c.case_id = %s)"
    with without_triggers():
        execute(f"DELETE FROM cases_auditdetail WHERE event_id IN {own}", case.pk)  # noqa: S608
        execute("DELETE FROM cases_auditevent WHERE chain_id = %s", case.audit_chain.pk)
        for table in ("auditchain", "casesearch"):
            execute(f"DELETE FROM cases_{table} WHERE case_id = %s", case.pk)  # noqa: S608
        execute("DELETE FROM cases_case WHERE id = %s", case.pk)


def test_a_case_that_was_removed_as_a_whole_leaves_a_gap_that_is_named() -> None:
    made = [factories.case() for _ in range(7)]
    year = made[0].reference[:7]
    assert list(reconciling.references.problems()) == []
    for number in (0, 2, 3, 6):
        remove(made[number])
    assert list(reconciling.references.problems()) == [
        f"{year}000001 is missing before {year}000002: the case was removed as a whole",
        f"{year}000003 to {year}000004 are missing between {year}000002 and {year}000005: 2 cases were removed as a"
        " whole",
        f"{year}000007 is missing after {year}000006, and was given out: the case was removed as a whole",
    ]
    outcome = run("verify_audit")
    assert outcome.status == 1
    assert "3 GAPS IN REFERENCES." in outcome.out


def test_a_reference_that_was_never_given_out_is_named() -> None:
    case = factories.case()
    factories.case(reference="C-17")
    ReferenceCounter.objects.update(last=0)
    assert {text.split(":")[0] for text in reconciling.references.problems()} == {
        f"{case.reference} is a reference that was never given out",
        "C-17 is a reference that was never given out",
    }
