"""The ownership tab and the owners at a glance, as pages of a case."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import HtmlElement

from cases.models import AmlSession, SessionState, User
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.factories import PAYLOADS
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AmlSession:
    """A captured result with 250 shareholders."""
    document: dict[str, Any] = json.loads((PAYLOADS / "no_full.json").read_text())
    holders = [
        {"name": f"Viken {n}", "organizationNumber": f"8{n:08}", "percentage": 0.4} for n in range(250)
    ]
    document["ownership"]["shareholders"] = holders
    (tmp_path / "crowd.json").write_text(json.dumps(document))
    monkeypatch.setattr(factories, "PAYLOADS", tmp_path)
    return factories.session(state=SessionState.COMPLETE, payload="crowd")


@pytest.fixture
def ordinary() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE)


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(User.objects.filter(username="kari").first() or factories.kari())
    return found


def read(client: Client, session: AmlSession, tab: Tab, query: str = "") -> HtmlElement:
    response = client.get(reverse("case_tab", args=[session.case.reference, tab]) + query)
    assert response.status_code == 200
    return page(response)


def names(found: HtmlElement) -> list[str]:
    titles = found.xpath("//svg[@class='structure']//*[starts-with(@class, 'node')]/title")
    return [words(title) for title in titles]


def test_the_tab_draws_the_chart_and_lists_the_same_owners(client: Client, ordinary: AmlSession) -> None:
    found = read(client, ordinary, Tab.OWNERSHIP)
    assert len(names(found)) == 8
    assert len(found.xpath("//tr[starts-with(@id, 'owners-')]")) == 4


def test_the_fold_opens_and_closes_by_links(client: Client, crowd: AmlSession) -> None:
    found = read(client, crowd, Tab.OWNERSHIP, "?owners=2")
    assert len(names(found)) < 40
    (fold,) = found.xpath("//*[@id='node-more-owners']/@href")
    assert fold == "?owners=2&chart=all#chart"
    opened = read(client, crowd, Tab.OWNERSHIP, fold.partition("#")[0])
    assert len(names(opened)) > 250
    (closed,) = opened.xpath("//div[@class='chartbar']/a/@href")
    assert closed == "?owners=2#chart"


def test_the_tables_come_a_portion_at_a_time_and_keep_the_chart_open(
    client: Client, crowd: AmlSession
) -> None:
    found = read(client, crowd, Tab.OWNERSHIP, "?chart=all")
    assert len(found.xpath("//tr[starts-with(@id, 'owners-')]")) == 100
    assert "?chart=all&owners=2#owners" in found.xpath("//nav[@class='paging']/a/@href")


def test_a_word_nobody_knows_in_the_address_draws_the_usual_chart(client: Client, crowd: AmlSession) -> None:
    assert names(read(client, crowd, Tab.OWNERSHIP, "?chart=<x>")) == names(
        read(client, crowd, Tab.OWNERSHIP)
    )


def test_the_overview_shows_few_owners_that_lead_to_their_rows(client: Client, crowd: AmlSession) -> None:
    found = read(client, crowd, Tab.OVERVIEW)
    assert len(names(found)) <= 9
    tab = reverse("case_tab", args=[crowd.case.reference, Tab.OWNERSHIP])
    links = found.xpath("//svg[@class='structure']//a/@href")
    assert links
    for link in links:
        assert link.startswith(tab)
        address, _hash, anchor = link.partition("#")
        assert read(client, crowd, Tab.OWNERSHIP, address.removeprefix(tab)).xpath(f"//*[@id='{anchor}']"), (
            link
        )


def test_the_overview_keeps_the_chosen_capture_in_its_ways(client: Client, ordinary: AmlSession) -> None:
    found = read(client, ordinary, Tab.OVERVIEW, "?session=1")
    links = found.xpath("//svg[@class='structure']//a/@href")
    assert links
    assert all("/ownership/?session=1" in link for link in links)


def test_the_same_owners_stand_in_words_beside_the_glance(client: Client, ordinary: AmlSession) -> None:
    (table,) = read(client, ordinary, Tab.OVERVIEW).xpath("//table[@class='t owners']")
    assert "Aarne Koskela" in words(table)
    assert "by role or indirect" in words(table)


@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.FAILED])
def test_a_capture_without_a_result_has_no_glance(state: str, client: Client) -> None:
    found = read(client, factories.session(state=state), Tab.OVERVIEW)
    assert not names(found)


def test_while_the_result_is_awaited_nothing_is_drawn(client: Client) -> None:
    assert not names(read(client, factories.session(state=SessionState.OPEN), Tab.OWNERSHIP))


def test_a_failed_capture_is_drawn_as_failed(client: Client) -> None:
    found = read(client, factories.session(state=SessionState.FAILED), Tab.OWNERSHIP)
    assert any("Shareholders Failed" in name for name in names(found))


def test_queries_do_not_grow_with_the_owners(client: Client, ordinary: AmlSession, crowd: AmlSession) -> None:
    counts = []
    for session in (ordinary, crowd):
        read(client, session, Tab.OWNERSHIP)
        with CaptureQueriesContext(connection) as statements:
            read(client, session, Tab.OWNERSHIP, "?chart=all")
        counts.append(len(statements))
    assert counts[0] == counts[1]
