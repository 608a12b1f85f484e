"""Reports that are not where the contract assumes them, but where the session's own result says: only by its word."""

import pytest

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, ArtefactState, SessionState
from cases.models.reasons import sentence
from cases.provider.errors import Code
from cases.workflows.capture import advancing, report_links
from tests import factories, portal
from tests.workflows.engine_steps import NUMBER, Clock, follow

pytestmark = pytest.mark.one_database

_S = SessionState
MOVED, ASTRAY = {"name": "report_moved"}, {"name": "links_astray", "count": None}


def requests_of(sandbox: RunningSandbox, session: AmlSession) -> dict[str, int]:
    found: dict[str, int] = sandbox.stats()["by_session"][session.provider_id]
    return found


def test_reports_are_fetched_from_where_the_result_says_they_are(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, MOVED)

    session = follow(portal.order(NUMBER))

    assert session.state == _S.COMPLETE
    calls = requests_of(untold, session)
    for report in ("aml", "certificate_of_registration"):
        assert calls[f"report/{report}"] >= 1
        assert calls[f"document/{report}"] == 1


def test_a_report_that_is_ready_before_the_result_waits_for_what_that_says(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, MOVED, {"name": "http_503", "on": ["json"], "count": 6})
    session = follow(
        portal.order(NUMBER),
        lambda session: session.artefacts.filter(kind="aml", tries__gt=0).exists(),
    )
    assert session.artefacts.get(kind="aml").reason == Code.NOT_FOUND
    assert not session.artefacts.captured().exists()
    clock.jump(seconds=1)

    assert follow(session.case).state == _S.COMPLETE


def test_without_links_in_the_result_a_report_is_looked_for_where_it_should_be(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, {"name": "http_404", "on": ["report"], "count": 2})
    assert follow(portal.order(NUMBER)).state == _S.COMPLETE


def test_a_link_to_elsewhere_is_never_followed_and_that_is_told(untold: RunningSandbox, clock: Clock) -> None:
    portal.switch(untold, MOVED, ASTRAY)
    session = follow(
        portal.order(NUMBER, reports=("aml",), expands=("links.reports.aml",)),
        lambda session: session.artefacts.filter(kind="aml", tries__gt=1).exists(),
    )

    report = session.artefacts.get(kind="aml")
    assert (report.state, report.reason) == (ArtefactState.READY, Code.LINK_REFUSED)
    assert "never followed" in sentence(report.reason)
    assert requests_of(untold, session).get("document/aml", 0) == 0

    for _minute in range(130):
        clock.jump(seconds=61)
        advancing.advance(session.pk)
    session.refresh_from_db()
    assert (session.state, portal.entities(session)["aml"]) == (_S.PARTIAL, "FAILED link_refused")


@pytest.mark.django_db
def test_the_result_of_another_organisation_names_no_address_of_ours() -> None:
    session = factories.session(state=_S.PARTIAL)
    assert len(report_links.named(session.pk, "aml")) == 1
    assert report_links.named(session.pk, "json") == []

    other = factories.session(results={})
    factories.artefact(other, "json", ArtefactState.CAPTURED, about_us=False)
    assert report_links.named(other.pk, "aml") == []
    assert report_links.named(factories.session(results={"json": "ASKED"}).pk, "aml") == []
    unreadable = factories.session(results={})
    factories.artefact(unreadable, "json", ArtefactState.CAPTURED, data=b"{")
    assert report_links.named(unreadable.pk, "aml") == []
