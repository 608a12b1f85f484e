"""`reread` derives cases anew from what is stored, and says which file is not what was captured."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from cases.evidence import evidence_files
from cases.models import AuditEvent, Case, CaseSearch, Hit, Verb
from cases.workflows.background import jobs
from tests import chains, factories
from tests.findings.reading import payload
from tests.management.commands import run
from tests.workflows.forgery import forge

pytestmark = pytest.mark.django_db


def as_before_hits_were_rows() -> None:
    """Past the triggers: the database of a portal that knew no hits."""
    forge("DELETE FROM cases_hit")
    Case.objects.update(hit_count=0, screening=Case.Screening.NOT_RUN)
    CaseSearch.objects.update(stated=[], words="")


def columns(case: Case) -> tuple[object, ...]:
    case.refresh_from_db()
    found_by = CaseSearch.objects.get(case=case)
    columns = (case.screening, case.hit_count, case.beneficial_owner_count, case.result_at)
    return (*columns, found_by.stated, found_by.words)


def test_hits_and_columns_come_back_as_they_were() -> None:
    case = factories.session(state="COMPLETE").case
    factories.session(case, "COMPLETE")
    before, rows = (
        columns(case),
        list(Hit.objects.values_list("fingerprint", "first_seen", "last_seen", "match")),
    )
    as_before_hits_were_rows()
    outcome = run("reread")
    assert outcome.status == 0
    first, summary = outcome.out.splitlines()
    assert first.startswith(f"{case.reference}: 2 hits new; now told anew: ")
    assert summary == "1 cases, 2 results read, 1 cases changed: every result read is as captured."
    assert columns(case) == before
    assert list(Hit.objects.values_list("fingerprint", "first_seen", "last_seen", "match")) == rows
    assert list(chains.breaks()) == [None]


def test_an_all_clear_that_was_never_said_is_taken_back() -> None:
    sanctions: tuple[dict[str, Any], ...] = (
        {},
        {"status": "NONE", "message": "Timed out"},
        {"status": "NONE", "hits": [{"name": "A"}]},
    )
    for sanction in sanctions:
        session = factories.session(None, "COMPLETE", {})
        data = json.dumps({**payload("no_clean"), "sanction": sanction}).encode()
        factories.artefact(session, "json", "CAPTURED", data=data)
        Case.objects.filter(pk=session.case_id).update(screening=Case.Screening.NONE, verdicts={})
        assert run("reread").status == 0
        case = Case.objects.get(pk=session.case_id)
        assert case.screening == Case.Screening.UNCERTAIN, sanction
        assert case.verdicts["sanctions"] == "points_to_check", sanction
        assert case.screening_is_unclear, sanction


def test_reading_again_what_was_read_changes_and_tells_nothing() -> None:
    factories.session(state="COMPLETE")
    as_before_hits_were_rows()
    run("reread")
    events, rows = AuditEvent.objects.count(), list(Hit.objects.values_list())
    outcome = run("reread")
    assert outcome.out == "1 cases, 1 results read, 0 cases changed: every result read is as captured.\n"
    assert (AuditEvent.objects.count(), list(Hit.objects.values_list())) == (events, rows)


def test_what_it_finds_is_told_in_the_trail_with_the_capture_it_rests_on() -> None:
    session = factories.session(state="COMPLETE")
    as_before_hits_were_rows()
    run("reread")
    event = AuditEvent.objects.with_verbs(Verb.HITS_FOUND).latest("pk")
    assert event.rests_on == session.artefacts.get(kind="json").sha256


def test_when_the_case_was_changed_last_is_not_touched() -> None:
    case = factories.session(state="COMPLETE").case
    as_before_hits_were_rows()
    before = Case.objects.get(pk=case.pk).updated_at
    run("reread")
    assert Case.objects.get(pk=case.pk).updated_at == before


def test_one_case_can_be_read_alone() -> None:
    one, other = factories.session(state="COMPLETE").case, factories.session(state="COMPLETE").case
    as_before_hits_were_rows()
    assert run("reread", "--case", one.reference).status == 0
    assert (one.hits.count(), other.hits.count()) == (2, 0)


def test_a_case_that_does_not_exist_is_an_error() -> None:
    outcome = run("reread", "--case", "C-1999-000001")
    assert outcome.status == 1
    assert "There is no case" in outcome.err


def test_a_case_without_a_result_is_left_alone() -> None:
    factories.session(state="FAILED")
    jobs.do_due()  # works out what lists say of its risk
    assert (
        run("reread").out == "1 cases, 0 results read, 0 cases changed: every result read is as captured.\n"
    )


def spoil(file: str, *, gone: bool) -> None:
    path = Path(default_storage.path(file))
    path.chmod(0o600)
    path.unlink() if gone else path.write_bytes(b"{}")


@pytest.mark.parametrize(("gone", "word"), [(True, "missing"), (False, "altered")])
def test_a_spoiled_file_is_named_and_its_case_keeps_what_was_known(gone: bool, word: str) -> None:
    session = factories.session(state="COMPLETE")
    other = factories.session(state="COMPLETE", payload="no_odd").case
    before, rows = columns(session.case), session.case.hits.count()
    file = session.artefacts.get(kind="json").file
    forge("DELETE FROM cases_hit WHERE case_id = %s", other.pk)
    spoil(file, gone=gone)
    outcome = run("reread")
    assert outcome.status == 1
    assert f"{session.case.reference}: the stored result of capture 1 is {word}: {file}" in outcome.out
    assert "1 FILES NOT AS CAPTURED" in outcome.out
    assert (columns(session.case), session.case.hits.count()) == (before, rows)
    assert other.hits.count() == 1


def test_behind_a_spoiled_newest_result_the_older_one_moves_nothing_back() -> None:
    case = factories.session(state="COMPLETE").case
    newest = factories.session(case, "COMPLETE").artefacts.get(kind="json")
    changed = (factories.PAYLOADS / "no_full.json").read_bytes() + b" "
    latest = factories.artefact(factories.session(case, results={}), "json", "CAPTURED", data=changed)
    before = columns(case)
    spoil(latest.file, gone=True)
    assert run("reread").status == 1
    assert columns(case) == before
    assert {row.last_seen for row in case.hits.all()} == {latest}
    assert newest != latest


def test_a_result_that_is_not_readable_is_said_to_be_and_is_no_error() -> None:
    session = factories.session(state="COMPLETE", results={})
    factories.artefact(session, "json", "CAPTURED", data=b"{not json")
    outcome = run("reread")
    assert outcome.status == 0
    assert f"{session.case.reference}: the result of capture 1 is not readable, and left out" in outcome.out


def test_a_store_that_cannot_be_read_is_said_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    session = factories.session(state="COMPLETE")
    before = columns(session.case)

    def unreachable(name: str, sha256: str) -> bytes:
        raise evidence_files.NotAsCaptured("unreachable")

    monkeypatch.setattr(evidence_files, "read_as_captured", unreachable)
    outcome = run("reread")
    assert outcome.status == 1
    assert "is unreachable" in outcome.out
    assert columns(session.case) == before
