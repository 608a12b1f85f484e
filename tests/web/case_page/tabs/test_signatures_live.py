"""A page that stays open gets the verdict on a document in its place, and is told of no other."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Artefact, SessionState
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.web.case_page.test_case_page_live import OpenPage, parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.fixture
def artefact() -> Artefact:
    """A captured report nobody has looked at; the capture is over."""
    case = factories.case(assignee=factories.kari())
    session = factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED"})
    return factories.artefact(session, "aml", "CAPTURED")


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue gives signs of life."""
    monkeypatch.setattr("cases.workflows.heartbeat.silence", list)


def test_the_verdict_comes_into_its_place_while_a_page_is_open(
    kari: Client, artefact: Artefact, working: None
) -> None:
    page = OpenPage(kari, artefact.session.case, Tab.DOCUMENTS)
    assert page.changes() == ""
    factories.signature_check(artefact, explanation="verified")
    html = page.changes()
    assert parts(html) == {"capture-aml", "signature-1-aml"}
    assert "Signature verified" in html
    assert page.address is None


def test_on_other_tabs_only_the_clock_tells(kari: Client, artefact: Artefact, working: None) -> None:
    page = OpenPage(kari, artefact.session.case, Tab.COMPANY)
    factories.signature_check(artefact, explanation="verified")
    assert parts(page.changes()) == {"capture-aml"}


def test_a_document_that_is_not_on_the_page_yet_is_announced_and_not_put_there(
    kari: Client, working: None
) -> None:
    case = factories.case(assignee=factories.kari())
    running = factories.session(case, SessionState.OPEN, {"json": "CAPTURED", "aml": "ASKED"})
    page = OpenPage(kari, case, Tab.DOCUMENTS)
    made = factories.artefact(factories.session(results={}), "aml", "CAPTURED")
    artefact_ = running.artefacts.get(kind="aml")
    artefact_.mark_captured(timezone.now(), file=made.file, sha256=made.sha256, size=1, media_type="")
    artefact_.save()
    assert "New results" in page.changes()
    factories.signature_check(artefact_, explanation="verified")
    assert parts(page.changes()) == {"capture-aml"}


def test_the_page_of_one_document_gets_the_verdict_on_that_one_alone(kari: Client, working: None) -> None:
    case = factories.case(assignee=factories.kari())
    session = factories.session(case, SessionState.COMPLETE, checked=False)
    aml, other = (session.artefacts.get(kind=kind) for kind in ("aml", "certificate_of_registration"))
    page = OpenPage.__new__(OpenPage)
    page.client, page.address = (
        kari,
        OpenPage._next(kari.get(reverse("document", args=[case.reference, 1, "aml"]))),
    )
    factories.signature_check(other, explanation="verified")
    assert parts(page.changes()) == {"capture-certificate_of_registration"}
    factories.signature_check(aml, explanation="verified")
    html = page.changes()
    assert "signature-1-aml" in parts(html)
    assert 'name="from" value="document"' in html


def test_a_look_that_does_not_come_is_not_waited_for_for_ever(kari: Client) -> None:
    long_ago = timezone.now() - datetime.timedelta(minutes=10)
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, "aml", "CAPTURED", captured_at=long_ago)
    assert OpenPage(kari, session.case, Tab.DOCUMENTS).address is None
