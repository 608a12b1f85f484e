"""Every stored file is read and held against its hash: missing, changed, swapped, extra."""

import hashlib
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from cases.models import Artefact, Case, CaseReport
from cases.workflows.background import jobs
from cases.workflows.verification import stored_files
from cases.workflows.verification.stored_files import LEFT_OVER, NEW, NOT_EVIDENCE
from tests import factories
from tests.databases import only_on_sqlite
from tests.management.commands import run
from tests.workflows.forgery import execute, forge

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """A result, two PDFs, an answer that could not be read and a report."""
    session = factories.session(state="COMPLETE")
    answer = factories.unreadable_answer(session.artefacts.get(kind="json"))
    default_storage.save(answer.file, ContentFile(b"<html>"))
    factories.report(session.case, "MADE")
    return session.case


def path(file: str) -> Path:
    return Path(default_storage.path(file))


def overwrite(file: str, data: bytes) -> None:
    path(file).chmod(0o600)
    path(file).write_bytes(data)


def put(file: str, data: bytes, age: float = 7200) -> str:
    default_storage.save(file, ContentFile(data))
    os.utime(path(file), (time.time() - age,) * 2)
    return file


def problems(reference: str | None = None) -> list[tuple[str, str]]:
    return [(file.reference, file.problem) for file in stored_files.check(reference) if file.problem]


def files(case: Case) -> dict[str, str]:
    """The file of each kind of row."""
    of_case = Artefact.objects.filter(session__case=case)
    return {
        **{artefact.kind: artefact.file for artefact in of_case},
        "answer": of_case.get(kind="json").unreadable_answers.get().file,
        "report": case.reports.get().file,
    }


def test_files_that_nobody_touched_are_as_captured(case: Case) -> None:
    checked = list(stored_files.check())
    assert [file.file for file in checked] == sorted(files(case).values())
    assert {(file.problem, file.aside) for file in checked} == {("", "")}
    assert sum(one.size for one in checked) == sum(path(one.file).stat().st_size for one in checked)


@pytest.mark.parametrize("kind", ["json", "aml", "certificate_of_registration", "answer", "report"])
def test_a_file_of_any_row_is_named_when_it_is_changed_swapped_or_missing(case: Case, kind: str) -> None:
    file = files(case)[kind]
    other = factories.session(None, "OPEN", {"json": "CAPTURED"}, payload="no_holding").artefacts.get()
    overwrite(file, b"%PDF-else")
    ((reference, problem),) = problems()
    assert (reference, problem.startswith(f"{file} was changed (")) == (case.reference, True)
    overwrite(file, path(other.file).read_bytes())
    ((_reference, problem),) = problems()
    where = f"{other.file}, of {other.session.case.reference}"
    assert problem.startswith(f"{file} was swapped: it holds the bytes of {where} (")
    assert problems(other.session.case.reference) == []
    path(file).unlink()
    ((reference, problem),) = problems(case.reference)
    assert (reference, problem.startswith(f"{file} is missing (")) == (case.reference, True)


def test_two_files_that_changed_places_are_both_named(case: Case) -> None:
    one, other = files(case)["aml"], files(case)["certificate_of_registration"]
    data = path(one).read_bytes()
    overwrite(one, path(other).read_bytes())
    overwrite(other, data)
    assert [problem.split(" was ")[1][:7] for _reference, problem in problems()] == ["swapped", "swapped"]


def test_a_file_is_held_against_every_row_that_names_it(case: Case) -> None:
    file = files(case)["aml"]
    other = factories.session(state="COMPLETE").case
    overwrite(file, b"else")
    assert [reference for reference, _problem in problems()] == [case.reference, other.reference]


def test_a_row_that_points_at_another_file_or_outside_the_store_is_named(case: Case) -> None:
    row, report = Artefact.objects.get(kind="aml"), CaseReport.objects.get()
    forge("UPDATE cases_artefact SET file = %s WHERE id = %s", report.file, row.pk)
    ((_reference, problem),) = problems(case.reference)
    assert "was swapped" in problem
    forge("UPDATE cases_artefact SET file = '../../etc/passwd' WHERE id = %s", row.pk)
    (found,) = [line for line in problems(case.reference) if "passwd" in line[1]]
    assert found[0] == case.reference
    assert found[1].startswith("'../../etc/passwd' cannot be read (SuspiciousFileOperation, artefact in row ")


def test_a_size_that_is_another_is_named(case: Case) -> None:
    forge("UPDATE cases_report SET size = 1")
    ((_reference, problem),) = problems()
    assert "tells another size" in problem


def test_a_file_that_no_row_names_is_told_from_one_that_somebody_put_there(case: Case) -> None:
    whole = b"a report that was never recorded"
    sha256 = hashlib.sha256(whole).hexdigest()
    left = put(f"reports/{sha256[:2]}/{sha256}.pdf", whole)
    strange = put(f"evidence/ab/{'ab' * 32}.json", b"{}")
    note = put("notes.txt", b"hello")
    probe = put(f"doctor-{'0' * 32}.txt", b"x")
    half = put(f"reports/{sha256[:2]}/.{sha256}.pdf.17.00ff", b"half")
    fresh = put(f"evidence/cd/{'cd' * 32}.json", b"{}", age=60)
    ahead = put(f"evidence/ef/{'ef' * 32}.json", b"{}", age=-7200)
    checked = {one.file: one for one in stored_files.check()}
    assert {file for file, one in checked.items() if one.problem} == {strange, note, ahead}
    assert all("is extra: no row names it" in checked[text].problem for text in (strange, note, ahead))
    aside = {file: one.aside for file, one in checked.items() if one.aside}
    assert aside == {left: LEFT_OVER, probe: NOT_EVIDENCE, half: NOT_EVIDENCE, fresh: NEW}


def test_a_file_whose_row_was_taken_away_is_named_by_the_event_that_rests_on_it(case: Case) -> None:
    answer = Artefact.objects.get(kind="json").unreadable_answers.get()
    from_trail = factories.note(case).event
    forge("UPDATE cases_auditevent SET rests_on = %s WHERE id = %s", answer.sha256, from_trail.pk)
    forge("DELETE FROM cases_unreadableanswer")
    os.utime(path(answer.file), (0, 0))
    ((reference, problem),) = problems()
    assert reference == case.reference
    assert problem.endswith(
        f"no row names it, and event {from_trail.sequence} of {case.reference} rests on it"
    )


# --- The command ---------------------------------------------------------------------------------------------


def test_the_command_says_what_it_read_and_ends_with_1_if_anything_is_wrong(case: Case) -> None:
    outcome = run("verify_evidence")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("5 files, 0.0 MB read: every file is as captured.")
    file = files(case)["report"]
    overwrite(file, b"else")
    outcome = run("verify_evidence")
    assert outcome.status == 1
    first, summary = outcome.out.splitlines()
    assert first.startswith(f"{case.reference}: {file} was changed (report in row ")
    assert summary == "5 files, 0.0 MB read: 1 NOT AS CAPTURED."


def test_reread_claims_nothing_of_files_that_it_does_not_read(case: Case) -> None:
    overwrite(files(case)["report"], b"else")
    jobs.do_due()  # works out what lists say of its risk
    outcome = run("reread")
    assert (outcome.status, outcome.out.splitlines()[-1]) == (
        0,
        "1 cases, 1 results read, 0 cases changed: every result read is as captured.",
    )


ODD_NAMES = {
    "a byte of nothing": "'evidence/' || char(0) || '.json'",
    "bytes": "x'6162'",
    "bytes that are no text": "x'ff00ff'",
    "a number": "17",
    "a folder": "'evidence'",
    "far too long": "hex(zeroblob(5000))",
    "a folder of a file": "file || '/x'",
}


@only_on_sqlite
def test_a_row_with_a_name_that_is_none_is_named_and_hides_no_other(case: Case) -> None:
    """What is no text at all only SQLite can be made to keep."""
    known, missed = files(case), {}
    overwrite(known["aml"], b"altered")
    result = Artefact.objects.get(session__case=case, kind="json").pk
    for what, value in ODD_NAMES.items():
        with transaction.atomic():
            execute("DROP TRIGGER cases_artefact_no_update")
            execute(f"UPDATE cases_artefact SET file = {value} WHERE id = {result}")  # noqa: S608
            found = " ".join(text for _reference, text in problems())
            transaction.set_rollback(True)
        if f"artefact in row {result}" not in found or f"{known['aml']} was changed" not in found:
            missed[what] = found
    assert missed == {}
