"""Signatures are looked at when a PDF was captured, once, and again when a person asks; the file is never touched."""

import fcntl
import json
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from cases.evidence import evidence_files
from cases.models import (
    Artefact,
    AuditEvent,
    PendingSignatureCheck,
    SessionState,
    SignatureCheck,
    Verb,
    Verdict,
)
from cases.presentation import document_status
from cases.signatures import signature_process
from cases.workflows import heartbeat
from cases.workflows.background import jobs, signature_checks
from cases.workflows.locks import leases
from tests import chains, factories
from tests.signatures.pdfs import signed_pdfs
from tests.workflows.background.pdf_checking import KILLED, SIGNED, away, captured, checks, ending, stored

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("trusting_portal"),
]

# --- At capture ---


def test_a_captured_pdf_gets_its_verdict_through_the_background_jobs() -> None:
    artefact = captured()
    factories.assessed()
    assert signature_checks.is_due()
    assert jobs.do_due() == 2  # the check, and what follows from it for the case
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
    assert not any(chains.breaks())


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


@pytest.mark.parametrize("by_a_person", [False, True])
def test_of_two_who_check_the_same_the_second_is_dropped(
    by_a_person: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease of the first ran out, or a person was faster."""
    document = captured()
    real_check = signature_checks._result

    def overtaken(artefact: Artefact, checker: signature_process.SignatureChecker) -> object:
        found = real_check(artefact, checker)
        monkeypatch.setattr(signature_checks, "_result", real_check)
        if by_a_person:
            signature_checks.check_again(artefact, factories.kari())
        else:
            PendingSignatureCheck.objects.update(lease_until=timezone.now())
            assert signature_checks.do(heartbeat.Beats())
        return found

    monkeypatch.setattr(signature_checks, "_result", overtaken)
    jobs.do_due()
    assert document.signature_checks.count() == 1
    assert AuditEvent.objects.filter(verb=Verb.SIGNATURE_CHECKED).count() == 1
    assert not PendingSignatureCheck.objects.exists()


def test_one_that_somebody_else_holds_is_left_to_them() -> None:
    document = captured()
    lease = leases.claim(PendingSignatureCheck, document.pk)
    factories.assessed()
    assert not signature_checks.is_due()
    assert jobs.do_due() == 0
    assert lease is not None
    assert PendingSignatureCheck.objects.get().lease == lease.token


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
