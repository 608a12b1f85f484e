"""What a page of a case costs does not grow with its result."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import AmlSession, ArtefactState, Case, SessionState
from cases.web.case_page.tab_names import Tab
from cases.workflows.results import read_capture
from cases.workflows.results.remembered import Remembered
from tests import factories
from tests.findings.documents import crowded
from tests.findings.reading import payload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST_QUERIES = 32


def session_with(document: dict[str, Any], **fields: Any) -> AmlSession:
    session = factories.session(state=SessionState.COMPLETE, results={}, **fields)
    data = json.dumps(document).encode()
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=data)
    for kind in ("aml", "certificate_of_registration"):
        factories.artefact(session, kind, ArtefactState.CAPTURED)
    return session


def queries(browser: Client, case: Case, tab: Tab) -> int:
    address = f"/cases/{case.reference}/{tab}/"
    browser.get(address)  # the first glance is an opening, which is written down
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.mark.parametrize("tab", Tab)
def test_a_tab_asks_the_database_as_little_for_a_crowd_as_for_one(browser: Client, tab: Tab) -> None:
    small, large = session_with(payload("no_full")), session_with(crowded(500, 100))
    few, many = (queries(browser, session.case, tab) for session in (small, large))
    assert few == many <= MOST_QUERIES


def test_the_same_bytes_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_with({**payload("no_full"), "only": "here"})
    first = read_capture.read_session(session)
    monkeypatch.setattr(read_capture, "parse_json", None)
    assert read_capture.read_session(session).result is first.result


def test_what_was_worked_out_is_not_shown_for_bytes_that_were_altered_since(files_of_its_own: Path) -> None:
    session = session_with({**payload("no_full"), "only": "there"})
    artefact = session.artefacts.get(kind="json")
    assert read_capture.read_session(session).is_readable
    file = Path(default_storage.path(artefact.file))
    file.chmod(0o600)
    file.write_bytes(b"{}")
    assert read_capture.read_session(session).spoiled


def test_of_results_so_many_are_remembered_as_are_light_enough_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sessions = [session_with({**payload("no_full"), "only": name}) for name in ("one", "other", "third")]

    def are_remembered(most: int) -> list[bool]:
        monkeypatch.setattr(read_capture, "_results", Remembered(most=most, heavy=20_000))
        before = [read_capture.read_session(session).result for session in sessions]
        return [
            read_capture.read_session(session).result is result
            for session, result in reversed([*zip(sessions, before, strict=True)])
        ]

    assert (are_remembered(100_000), are_remembered(1)) == ([True] * 3, [True, False, False])


def test_what_was_asked_for_belongs_to_what_is_remembered() -> None:
    """The same bytes mean something else when less was asked for: not requested, not failed."""
    document = {"keyInformation": {"name": "A"}}
    everything, less = session_with(document), session_with(document, expands=[])
    assert read_capture.read_session(everything).result.nothing["roles"].kind == "failed"
    assert read_capture.read_session(less).result.nothing["roles"].kind == "not_requested"
