"""The signatory check saved last is shown where signing is read, and says what it rests on."""

import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import AmlSession, ArtefactState, AuditEvent, SessionState
from cases.presentation.paper import case_report
from cases.web.case_page.tab_names import Tab
from cases.workflows.audit import erasing
from cases.workflows.background import reports
from cases.workflows.casework import comments
from cases.workflows.casework.comments import SignersChecked
from tests import factories
from tests.findings.reading import Page
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
EARLIER = "It rests on capture 1, which is earlier than capture 2 that is shown"
LATER = "It rests on capture 2, which is later than capture 1 that is shown"


def captured(session_: AmlSession) -> AmlSession:
    session = factories.session(session_.case, SessionState.COMPLETE, results={})
    data = json.dumps({"keyInformation": {"name": "A"}}).encode()
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=data)
    return session


def save(session: AmlSession, *signed: str, answer: str = "Sufficient: Eva alone.") -> AuditEvent:
    check = SignersChecked(
        artefact=session.artefacts.get(kind="json"),
        names=signed or ("Eva, born 2 Jan 1980",),
        signature_right=answer,
        signature_rule="Alone.",
        procuration="Cannot be concluded.",
        procuration_rule="",
    )
    return comments.signers_checked(session.case, factories.kari(), check, uuid.uuid4())


@pytest.fixture
def session() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE)


@pytest.fixture
def ola(client: Client) -> Client:
    client.force_login(factories.ola())
    return client


def panels(client: Client, session: AmlSession, query: str = "") -> dict[str, str]:
    """What the pages and the report say of it, by where."""
    address = f"/cases/{session.case.reference}"
    shown = {tab: page(client.get(f"{address}/{tab}/{query}")) for tab in (Tab.OVERVIEW, Tab.PEOPLE)}
    return {
        tab: " ".join(words(element) for element in found.xpath("//section[contains(@class, 'saved-check')]"))
        for tab, found in shown.items()
    }


def on_paper(session: AmlSession) -> str:
    return Page(case_report.html(reports.gather(factories.report(session.case, session=session)))).text


def test_it_is_shown_on_people_on_the_overview_and_in_the_report(ola: Client, session: AmlSession) -> None:
    assert set(panels(ola, session).values()) == {""}
    assert "Saved signatory check" not in on_paper(session)
    save(session, answer="Not sufficient.")
    event = save(session, "Eva <Lund>, born 2 Jan 1980", "Ola")
    shown = panels(ola, session)
    at = timezone.localtime(event.at).strftime("%H:%M")
    for text in (*shown.values(), on_paper(session)):
        for part in ("Saved signatory check", "by capture 1", at, "Checked by", "Kari Nordmann"):
            assert part in text
        assert "Eva <Lund>, born 2 Jan 1980; Ola" in text
        assert "Sufficient: Eva alone." in text
        assert "Cannot be concluded." in text
        assert "rests on capture" not in text
    assert "Not sufficient." not in shown[Tab.OVERVIEW]
    (link,) = page(ola.get(f"/cases/{session.case.reference}/people/")).xpath(
        "//section[contains(@class, 'saved')]//a"
    )
    assert link.get("href") == f"/cases/{session.case.reference}/timeline/#event-{event.sequence}"


def test_it_says_so_when_it_rests_on_another_capture_than_the_one_shown(
    ola: Client, session: AmlSession
) -> None:
    save(session)
    newer = captured(session)
    assert all(EARLIER in text for text in (*panels(ola, session).values(), on_paper(newer)))
    assert all(EARLIER not in text for text in panels(ola, session, "?session=1").values())
    save(newer)
    assert all("rests on" not in text for text in panels(ola, session).values())
    assert all(LATER in text for text in (*panels(ola, session, "?session=1").values(), on_paper(session)))


def test_a_capture_that_is_only_awaited_does_not_make_it_old(ola: Client, session: AmlSession) -> None:
    save(session)
    factories.session(session.case, SessionState.OPEN)
    assert all("rests on" not in text for text in panels(ola, session).values())


def test_of_many_signers_some_are_named_and_the_rest_counted(ola: Client, session: AmlSession) -> None:
    save(session, *(f"Signer {number:03}" for number in range(250)))
    text = panels(ola, session)[Tab.PEOPLE]
    assert "Signer 019 and 230 more, named in the timeline" in text


def test_what_the_law_erased_is_not_shown(ola: Client, session: AmlSession) -> None:
    event = save(session)
    erasing.erase(session.case, event.sequence, "asked for", factories.lead())
    for text in (*panels(ola, session).values(), on_paper(session)):
        assert "Saved signatory check by capture 1" in text
        assert "The details were erased under the law." in text
        assert "Eva" not in text.partition("Saved signatory check")[2][:200]
