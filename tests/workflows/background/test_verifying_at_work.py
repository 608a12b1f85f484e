"""Signatures looked at as in life: after a capture from the provider, and by several workers at once."""

import threading
from pathlib import Path

import pytest
from django.db import connections, transaction
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AuditEvent, SignatureCheck, Verb, Verdict
from cases.models.capture.artefact import LIFETIME
from cases.queue import Job, waiting
from cases.workflows import heartbeat
from cases.workflows.background import jobs, signature_checks
from cases.workflows.capture import unreadable
from tests import chains, factories, portal
from tests.signatures.pdfs import signed_pdfs

pytestmark = pytest.mark.one_database

REPORTS = {
    "": (Verdict.VERIFIED, "verified"),
    "tampered_pdf": (Verdict.ALTERED, "digest_mismatch"),
    "altered_pdf": (Verdict.ALTERED, "changed_after"),
    "unsigned_pdf": (Verdict.UNSIGNED, "unsigned"),
    "foreign_signature": (Verdict.NOT_TRUSTED, "unknown_root"),
    "invalid_pdf": (Verdict.CANNOT_TELL, "damaged"),
}


@pytest.mark.parametrize("fault", REPORTS)
def test_what_the_provider_sends_is_looked_at_without_anybody_asking(
    fault: str,
    own_database: str,
    sandbox: RunningSandbox,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        unreadable, "BEFORE_EXPIRY", LIFETIME
    )  # what cannot be read is kept after a few answers
    settings.AML_TRUST_ROOTS = [sandbox.root_pem.decode()]
    if fault:
        portal.switch(sandbox, {"name": fault, "count": None})
    session = portal.drive(portal.order("317835337"))
    assert waiting(Job.BACKGROUND, 9) == 1
    jobs.do_due()
    found = SignatureCheck.objects.filter(artefact__session=session)
    assert [(check.verdict, check.explanation) for check in found] == [REPORTS[fault]] * 2
    assert {check.about_us for check in found} == {None if fault == "invalid_pdf" else True}
    assert not any(chains.breaks())


def test_two_machines_at_once_tell_of_each_file_once(
    own_database: str, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    with transaction.atomic():
        for number in range(3):
            session = factories.session(results={})
            pdf = signed_pdfs.report(f"Report {number}", "many words")
            factories.artefact(session, "aml", "CAPTURED", data=pdf)

    def work() -> None:
        try:
            signature_checks.do(heartbeat.Beats())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert SignatureCheck.objects.count() == 3
    assert AuditEvent.objects.filter(verb=Verb.SIGNATURE_CHECKED).count() == 3
