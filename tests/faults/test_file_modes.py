"""What the portal writes is for its owner alone, though whoever started it lets everybody read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.test import Client

from amlportal.chaos import stack
from amlportal.chaos.stack import Stack
from cases.models import Case, CaseReport, ReportState, SessionState, SignatureCheck
from tests import factories, portal

pytestmark = [pytest.mark.faults, pytest.mark.timeout(280), pytest.mark.one_database]
KEPT = {
    "background-jobs.lock",
    "worker.lock",
    "check-signature.lock",
    "charts",
    "incoming",
    "evidence",
    "reports",
}


@pytest.fixture
def generous_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_files_are_for_their_owner_alone_whatever_the_umask(
    own_database: str, tmp_path: Path, generous_umask: None
) -> None:
    folder = tmp_path / "made" / "var"
    more = {"VAR_DIR": str(folder), "FILES_DIR": str(folder / "files")}
    with stack.running(tmp_path, more=more) as whole:
        case = portal.order("317835337")
        stack.wait_until(lambda: portal.session_of(case).state == SessionState.COMPLETE, 90, "it is captured")
        stack.wait_until(SignatureCheck.objects.exists, 60, "a signature is checked")
        work_on(whole, case)
        stack.wait_until(CaseReport.objects.filter(state=ReportState.MADE).exists, 90, "a report is made")
        written = [folder, folder.parent, *folder.rglob("*")]
    assert {path.name for path in written} >= KEPT
    others = {
        str(path.relative_to(tmp_path)): oct(mode)
        for path in written
        if path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077
    }
    assert others == {}


def work_on(whole: Stack, case: Case) -> None:
    """Look at the owners, have a signature checked again and a report made, as a person does."""
    browser = Client()
    browser.force_login(factories.lead())
    token = "a" * 32
    with requests.Session() as person:
        person.cookies.update({"sessionid": browser.cookies["sessionid"].value, "csrftoken": token})
        person.headers["X-CSRFToken"] = token
        page = f"{whole.web}/cases/{case.reference}"
        answers = [
            person.get(f"{page}/ownership/"),
            person.post(f"{page}/documents/1/aml/check/"),
            person.post(f"{page}/reports/"),
        ]
    assert [answer.status_code for answer in answers] == [200] * 3
