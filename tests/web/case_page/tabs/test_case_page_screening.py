"""The screening tab: cards a page at a time, found by their anchors from elsewhere."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from lxml.html import HtmlElement

from cases.models import AmlSession, Hit, SessionState
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.findings.reading import payload
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def screened(*hits: dict[str, Any]) -> AmlSession:
    document = payload("no_full")
    document["sanction"]["sanctionResults"] = list(hits)
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, "json", "CAPTURED", data=json.dumps(document).encode())
    return session


def read(client: Client, session: AmlSession, /, tab: str = Tab.SCREENING, **query: object) -> HtmlElement:
    answer = client.get(reverse("case_tab", args=[session.case.reference, tab]), query)
    assert answer.status_code == 200
    return page(answer)


def crowd(count: int) -> list[dict[str, Any]]:
    return [{"name": f"Sample {n}", "externalId": str(n), "matchIndicator": 499 - n} for n in range(count)]


def test_every_hit_of_a_crowd_is_a_line_and_one_is_shown_in_full(kari: Client) -> None:
    session = screened(*crowd(250))
    first = read(kari, session)
    assert len(first.xpath("//a[contains(@class, 'hit-line')]")) == 250
    assert words(first.get_element_by_id("hit-count")) == "250 open hits (list not told)"
    assert words(first.get_element_by_id("name-of-hit")).startswith("Sample 0")
    (onward,) = first.xpath("//a[@data-key='j']/@href")
    following = page(kari.get(onward.partition("#")[0]))
    assert words(following.get_element_by_id("name-of-hit")).startswith("Sample 1 ")
    assert "Hit 2 of 250" in words(following.xpath("//nav[@class='walk']")[0])


def test_a_hit_that_is_not_listed_leaves_the_first_in_full(kari: Client) -> None:
    session = screened(*crowd(2))
    for wanted in ("x" * 64, "", "\0"):
        assert words(read(kari, session, hit=wanted).get_element_by_id("name-of-hit")).startswith("Sample 0")


def test_the_overview_leads_to_the_cards_of_its_hits(kari: Client) -> None:
    session = screened(*crowd(7))
    overview = read(kari, session, Tab.OVERVIEW)
    links = overview.xpath("//div[@class='hit']//a/@href")
    tab = reverse("case_tab", args=[session.case.reference, Tab.SCREENING])
    five = Hit.objects.order_by("-match")[:5]
    assert links == [f"{tab}?hit={row.fingerprint}#name-of-hit" for row in five]
    assert overview.xpath(f"//a[@href='{tab}#hits']")


def test_from_an_earlier_capture_the_overview_leads_to_that_capture(kari: Client) -> None:
    session = screened(*crowd(1))
    factories.session(session.case, SessionState.COMPLETE)
    (link,) = read(kari, session, Tab.OVERVIEW, session=1).xpath("//div[@class='hit']//a/@href")
    assert "/screening/?session=1&hit=" in link


def test_the_tab_says_when_the_result_was_captured(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, payload="no_holding")
    at = timezone.localtime(session.artefacts.get(kind="json").captured_at)
    (facts,) = read(kari, session).xpath("//div[@class='outcome clear']//dl")
    captured = facts.xpath("./dt[.='Captured']/following-sibling::dd[1]")
    assert [words(element) for element in captured] == [date_format(at, "j M Y, H:i")]


def test_the_overview_says_that_ofac_was_not_searched(kari: Client) -> None:
    session = factories.session(
        state=SessionState.COMPLETE, payload="no_clean", granted_scopes=["aml_organization/basic"]
    )
    assert "OFAC was not searched: the access" in words(read(kari, session, Tab.OVERVIEW))


def test_the_timeline_tells_how_many_hits_were_found(kari: Client) -> None:
    session = screened(*crowd(3))
    text = words(read(kari, session, Tab.TIMELINE))
    assert "found hits: JSON result of capture 1" in text
    assert "3 new" in text
    assert "Sample" not in text


def test_the_number_of_hits_costs_no_query(kari: Client, django_assert_max_num_queries: Any) -> None:
    session = screened(*crowd(60))
    read(kari, session)
    with django_assert_max_num_queries(25):
        read(kari, session)
