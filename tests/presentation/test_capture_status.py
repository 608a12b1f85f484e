"""How a capture stands is said once: lists, page, provider page and report say the same."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import AmlSession, SessionState, Verdict
from cases.presentation.paper import case_report
from cases.web.case_page.tab_names import Tab
from cases.workflows.background import reports
from tests import factories
from tests.findings.reading import Page
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def captured() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE)


def lost() -> AmlSession:
    return factories.session(state=SessionState.PARTIAL)


def partly() -> AmlSession:
    results = {"json": "CAPTURED", "aml": "FAILED", "certificate_of_registration": "CAPTURED"}
    return factories.session(state=SessionState.PARTIAL, results=results)


def of_another() -> AmlSession:
    session = factories.session(state=SessionState.COMPLETE, results={"aml": "CAPTURED"})
    factories.artefact(session, state="CAPTURED", about_us=False)
    return session


def altered() -> AmlSession:
    """The newer of two."""
    case = factories.session(state=SessionState.PARTIAL).case
    session = factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED"})
    factories.signature_check(factories.artefact(session, "aml", "CAPTURED"), Verdict.ALTERED)
    return session


def failed() -> AmlSession:
    return factories.session(state=SessionState.FAILED)


def awaited() -> AmlSession:
    results = {"json": "CAPTURED", "aml": "ASKED", "certificate_of_registration": "READY"}
    return factories.session(state=SessionState.OPEN, results=results)


def lost_and_awaited() -> AmlSession:
    return factories.session(state=SessionState.OPEN, results={"json": "EXPIRED", "aml": "ASKED"})


STATUSES = {
    "captured": (captured, "Complete", "success"),
    "lost": (lost, "Lost before capture", "danger"),
    "partly": (partly, "Partly captured", "warning"),
    "of another": (of_another, "About another organisation", "danger"),
    "altered": (altered, "Altered document", "danger"),
    "failed": (failed, "Failed", "danger"),
    "awaited": (awaited, "Awaited, 1 of 3 captured", "info"),
    "lost and awaited": (lost_and_awaited, "Lost before capture", "danger"),
}


@pytest.mark.parametrize(("made", "words_", "colour"), STATUSES.values(), ids=STATUSES)
def test_a_capture_stands_the_same_wherever_it_is_shown(
    made: Callable[[], AmlSession], words_: str, colour: str, client: Client
) -> None:
    session = made()
    case = session.case
    client.force_login(factories.lead())
    listed = page(client.get("/cases/")).xpath("//tbody//td[@data-label='Capture']//*[@data-color]")[0]
    assert (words(listed), listed.get("data-color")) == (words_, colour)

    shown = page(client.get(reverse("case_tab", args=[case.reference, Tab.DOCUMENTS])))
    (head,) = shown.xpath("//*[@id='capture-head']//*[contains(@class, 'ds-tag')]")
    assert (words(head), head.get("data-color")) == (words_, colour)
    if session.is_ended:
        assert words(shown.xpath("//section/header//span[@class='src']")[0]).endswith(f"· {words_}")
    assert all(words(element) == words_ for element in shown.xpath("//*[@id='listed']"))

    for tag in page(client.get(reverse("provider"))).xpath("//td[@data-label='State']/*[@data-color]"):
        assert (words(tag), tag.get("data-color")) == (words_, colour)

    printed = Page(case_report.html(reports.gather(factories.report(case, session=session)))).text
    assert f"{session.number}, {words_.lower()}" in printed
    if made is not of_another:  # whose report is one page
        assert f"· {words_.lower()}" in printed
