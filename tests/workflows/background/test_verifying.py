"""Signatures are looked at when a PDF was captured, once, and again when a person asks; the file is never touched."""

import fcntl
import json
import sys
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django_q.models import OrmQ
from pytest_django import Settings

from amlportal.storage import WriteOnceFiles
from cases.evidence import evidence_files
from cases.models import (
    Artefact,
    ArtefactKind,
    ArtefactState,
    AuditEvent,
    SessionState,
    SignatureCheck,
    Verb,
    Verdict,
)
from cases.presentation import document_status
from cases.signatures import signature_process
from cases.workflows import heartbeat
from cases.workflows.audit import trail
from cases.workflows.background import backoff, jobs, signature_checks
from tests import factories
from tests.signatures.pdfs import signed_pdfs

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROOT = signed_pdfs.root()
SIGNED = signed_pdfs.signed(signed_pdfs.report(), signed_pdfs.signer(ROOT), ROOT)


@pytest.fixture(autouse=True)
def portal(settings: Settings, tmp_path: Path) -> None:
    """A portal of its own that trusts one root."""
    settings.VAR_DIR = tmp_path
    settings.AML_TRUST_ROOTS = [ROOT.pem]


def captured(data: bytes = SIGNED, name: str = "Fjellheim Energi AS", number: str = "317835337") -> Artefact:
    case = factories.case(factories.organisation(number, name=name))
    session = factories.session(case, SessionState.OPEN, {})
    return factories.artefact(session, ArtefactKind.AML, ArtefactState.CAPTURED, data=data)


def stored(artefact: Artefact) -> Path:
    return Path(default_storage.path(artefact.file))


def checks() -> list[tuple[str, str]]:
    return list(SignatureCheck.objects.order_by("pk").values_list("verdict", "explanation"))


# --- At capture ---


def test_a_captured_pdf_gets_its_verdict_through_the_background_jobs() -> None:
    artefact = captured()
    assert signature_checks.is_due()
    assert jobs.do_due() == 1
    (check,) = artefact.signature_checks.all()
    assert (check.verdict, check.explanation, check.about_us) == (Verdict.VERIFIED, "verified", True)
    assert check.ordered_by is None
    assert check.roots == document_status.roots_fingerprint() != ""
    assert check.signatures[0]["signer"]["name"] == "Nordlys Reports"
    assert not signature_checks.is_due()


def test_a_look_is_told_in_the_audit_trail_with_what_it_rests_on() -> None:
    artefact = captured()
    jobs.do_due()
    event = AuditEvent.objects.get(verb=Verb.SIGNATURE_CHECKED)
    assert (event.actor, event.subject, event.rests_on) == (None, "session 1 aml", artefact.sha256)
    detail = json.loads(event.detail.body)
    assert (detail["verdict"], detail["explanation"]) == ("VERIFIED", "verified")
    assert "Nordlys" not in event.detail.body
    assert not any(trail.breaks())


def test_many_are_looked_at_in_one_go_and_a_bad_one_keeps_none_from_it() -> None:
    for number, data in enumerate(
        (SIGNED, b"<html>", signed_pdfs.looping(), SIGNED[: len(SIGNED) // 2], signed_pdfs.report())
    ):
        captured(data, number=f"31783533{number}")
    assert jobs.do_due() >= 1
    assert sorted({verdict for verdict, _why in checks()}) == [
        "CANNOT_TELL",
        "NOT_A_PDF",
        "UNSIGNED",
        "VERIFIED",
    ]
    assert len(checks()) == 5


def test_json_is_not_looked_at_nor_what_was_not_captured() -> None:
    session = factories.session(state=SessionState.PARTIAL, results={"json": "CAPTURED", "aml": "FAILED"})
    assert not signature_checks.is_due()
    assert not signature_checks.do(heartbeat.Beats())
    assert not SignatureCheck.objects.filter(artefact__session=session).exists()


def test_a_pdf_about_others_is_told() -> None:
    captured(
        signed_pdfs.report("AML report", "Storfjord Fisk AS", "NO 912 345 678", "many words of a report")
    )
    jobs.do_due()
    assert SignatureCheck.objects.get().about_us is False


def test_a_file_that_is_gone_or_was_changed_in_the_store_has_its_own_reason() -> None:
    gone, changed = captured(SIGNED), captured(signed_pdfs.report())
    stored(gone).unlink()
    stored(changed).chmod(0o600)
    stored(changed).write_bytes(SIGNED + b"x")
    jobs.do_due()
    assert {
        signature_check.artefact: (signature_check.verdict, signature_check.explanation)
        for signature_check in SignatureCheck.objects.all()
    } == {
        gone: (Verdict.CANNOT_TELL, "file_missing"),
        changed: (Verdict.CANNOT_TELL, "file_altered"),
    }


def test_the_stored_file_is_not_touched_and_no_copy_is_left() -> None:
    artefact = captured()
    before = stored(artefact).stat()
    jobs.do_due()
    after = stored(artefact).stat()
    assert (before.st_mtime_ns, before.st_ino, before.st_size) == (
        after.st_mtime_ns,
        after.st_ino,
        after.st_size,
    )
    assert evidence_files.digest(artefact.file) == artefact.sha256
    assert list(evidence_files.incoming_folder().iterdir()) == []


def test_of_two_who_looked_at_the_same_the_second_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    document = captured()
    real_check = signature_checks._result

    def faster(artefact: Artefact, checker: signature_process.SignatureChecker) -> object:
        found = real_check(artefact, checker)
        signature_checks._keep(artefact, found, None)
        return found

    monkeypatch.setattr(signature_checks, "_result", faster)
    jobs.do_due()
    assert document.signature_checks.count() == 1
    assert AuditEvent.objects.filter(verb=Verb.SIGNATURE_CHECKED).count() == 1


# --- When something is wrong with us ---


def away(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """The store cannot be reached (for these files, or for any); gives what was asked for."""
    opened_names: list[str] = []
    opened = WriteOnceFiles.open

    def refuse(self: WriteOnceFiles, name: str, mode: str = "rb") -> object:
        opened_names.append(name)
        if not names or name in names:
            raise PermissionError
        return opened(self, name, mode)

    monkeypatch.setattr(WriteOnceFiles, "open", refuse)
    return opened_names


def test_a_store_that_is_away_tells_nothing_of_the_file_and_is_not_asked_at_every_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    captured()
    opened = away(monkeypatch)
    assert jobs.do_due() == 0
    assert len(opened) == 1
    for _ in range(3):
        assert not signature_checks.is_due()
        assert not jobs.wake_due()
        assert jobs.do_due() == 0
    assert len(opened) == 1
    assert OrmQ.objects.count() == 0
    assert checks() == []


def test_it_is_tried_again_after_a_while_and_then_after_a_longer_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artefact = captured()
    now, clock = time.time(), [0.0]
    monkeypatch.setattr(backoff.time, "time", lambda: now + clock[0])
    with monkeypatch.context() as patch:
        opened = away(patch)
        for seconds in (0, 14, 16, 70, 77, 10_000):
            clock[0] = seconds
            jobs.do_due()
        assert len(opened) == 4
    clock[0] = 20_000
    assert signature_checks.is_due()
    jobs.do_due()
    assert artefact.signature_checks.get().verdict == Verdict.VERIFIED


def test_a_clock_that_is_put_back_keeps_nobody_waiting_for_years(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        away(patch)
        jobs.do_due()
    monkeypatch.setattr(backoff.time, "time", lambda: 1.0)
    assert signature_checks.is_due()


def test_one_file_that_cannot_be_read_for_now_keeps_the_others_waiting_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good, bad = captured(), captured(signed_pdfs.report())
    away(monkeypatch, bad.file)
    jobs.do_due()
    assert good.signature_checks.exists()
    assert not bad.signature_checks.exists()
    assert not signature_checks.is_due()


def test_when_everything_fails_nothing_is_tried_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        captured(signed_pdfs.report(f"Report {number}"), number=f"31783533{number}")
    opened = away(monkeypatch)
    jobs.do_due()
    assert len(opened) == signature_checks.MOST_IN_VAIN
    assert not signature_checks.is_due()


def test_a_process_that_does_not_start_tells_nothing_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        patch.setattr(signature_process, "PROGRAM", ("/nowhere/python",))
        jobs.do_due()
    assert checks() == []
    assert not signature_checks.is_due()


def ending(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """The process does this when it is given a file."""
    program = f"import os, signal, time; input(); print('{{\"ready\": true}}', flush=True); input(); {does}"
    monkeypatch.setattr(signature_process, "PROGRAM", (sys.executable, "-c", program))


def at_every_turn(monkeypatch: pytest.MonkeyPatch, *hours: int) -> None:
    """The background jobs are done at these hours, when every pause is over."""
    now = time.time()
    for hour in hours:
        monkeypatch.setattr(backoff.time, "time", lambda hour=hour: now + 3600 * hour)
        jobs.do_due()


KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
ENDS = {
    "killed": (KILLED, "broke_off"),
    "told to end": ("os.kill(os.getpid(), signal.SIGTERM)", "broke_off"),
    "late": ("time.sleep(60)", "not_in_time"),
}


@pytest.mark.parametrize(("does", "why"), ENDS.values(), ids=ENDS)
def test_a_look_that_breaks_off_is_tried_three_times_before_it_tells_anything(
    does: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    captured()
    monkeypatch.setattr(signature_checks, "Limits", lambda: signature_process.Limits(seconds=0.3))
    ending(monkeypatch, does)
    at_every_turn(monkeypatch, 0, 1)
    assert checks() == []
    at_every_turn(monkeypatch, 2)
    assert checks() == [("CANNOT_TELL", why)]


def test_a_machine_that_was_busy_for_a_while_costs_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        ending(patch, KILLED)
        at_every_turn(patch, 0, 1)
    at_every_turn(monkeypatch, 2)
    assert checks() == [("VERIFIED", "verified")]


def test_what_kept_the_store_away_counts_for_no_look_that_broke_off(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        away(patch)
        at_every_turn(patch, 0, 1, 2)
    ending(monkeypatch, KILLED)
    at_every_turn(monkeypatch, 3, 4)
    assert checks() == []


def test_looks_that_break_off_late_keep_other_jobs_waiting_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(2):
        captured(signed_pdfs.report(f"Report {number}"), number=f"31783533{number}")
    monkeypatch.setattr(signature_checks, "BATCH_SECONDS", 0.0)
    ending(monkeypatch, KILLED)
    assert not signature_checks.do(heartbeat.Beats())
    assert len(SignatureCheck.due().exclude(pk__in=signature_checks._pause().put_off_now())) == 1


def test_a_file_that_asks_for_too_much_work_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    ending(monkeypatch, "os.kill(os.getpid(), signal.SIGXCPU)")
    jobs.do_due()
    assert checks() == [("CANNOT_TELL", "too_much_time")]


def test_a_fault_nobody_foresaw_keeps_the_others_waiting_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = captured(signed_pdfs.report()), captured()
    real_check = signature_checks._result

    def stumble(artefact: Artefact, checker: signature_process.SignatureChecker) -> object:
        if artefact == bad:
            raise KeyError("Ingrid")
        return real_check(artefact, checker)

    monkeypatch.setattr(signature_checks, "_result", stumble)
    jobs.do_due()
    assert good.signature_checks.exists()
    assert not signature_checks.is_due()


def test_a_note_of_what_is_put_off_that_cannot_be_read_counts_for_nothing(tmp_path: Path) -> None:
    captured()
    for text in ("", "[]", '{"1": 5}', '{"all": [1, "x"]}', "\x80"):
        (tmp_path / "signatures-later.json").write_text(text, encoding="latin-1")
        assert signature_checks.is_due()


# --- On demand ---


def test_a_person_may_have_it_looked_at_again_and_every_look_is_kept() -> None:
    artefact = captured()
    jobs.do_due()
    check = signature_checks.check_again(artefact, factories.kari())
    assert (check.verdict, check.ordered_by) == (Verdict.VERIFIED, factories.kari())
    assert artefact.signature_checks.count() == 2
    assert AuditEvent.objects.filter(verb=Verb.SIGNATURE_CHECKED).latest("pk").actor == factories.kari()


def test_a_look_under_other_roots_tells_otherwise(settings: Settings) -> None:
    artefact = captured()
    jobs.do_due()
    settings.AML_TRUST_ROOTS = []
    signature_checks.check_again(artefact, factories.kari())
    assert checks() == [("VERIFIED", "verified"), ("NOT_TRUSTED", "no_roots")]
    assert artefact.signature_checks.last().roots == ""


def test_a_store_that_is_away_is_told_to_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    artefact = captured()
    away(monkeypatch)
    with pytest.raises(signature_checks.CannotCheck):
        signature_checks.check_again(artefact, factories.kari())
    assert checks() == []


def test_a_look_that_breaks_off_takes_nothing_from_what_was_told_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artefact = captured()
    jobs.do_due()
    ending(monkeypatch, KILLED)
    for _ in range(4):
        with pytest.raises(signature_checks.BrokeOff):
            signature_checks.check_again(artefact, factories.kari())
    assert checks() == [("VERIFIED", "verified")]


def test_one_person_at_a_time_takes_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    artefact = captured()
    monkeypatch.setattr(signature_checks, "WAIT_SECONDS", 0.0)
    with (tmp_path / "check-signature.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(signature_checks.Busy):
            signature_checks.check_again(artefact, factories.kari())
    signature_checks.check_again(artefact, factories.kari())
    assert len(checks()) == 1
