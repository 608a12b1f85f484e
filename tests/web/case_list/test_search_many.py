"""Searches that find very many: the first in the order of the list, however they are come by, and that it is said."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Screening
from cases.models.casework import search_index
from cases.web.case_list import found
from cases.web.case_list import views as cases_view
from cases.web.case_list.case_list import SORTS, CaseList
from tests import factories
from tests.web.pages import cells, page, words

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 1, 1)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


# How the cases of a word that very many have are come by, by what COMMON and FAR are.
WAYS = {
    "by the index": (1000, 0),
    "walked, not known to be common": (1000, 1000),
    "walked": (1, 1000),
    "walked in vain": (1, 2),
}


def go(way: str, most: int, patch: pytest.MonkeyPatch) -> None:
    """Let so few be very many, and come by them in one way."""
    common, far = WAYS[way]
    patch.setattr(search_index, "FEW", most)
    patch.setattr(search_index, "COMMON", common)
    patch.setattr(found, "FAR", far)
    patch.setattr(found, "FAR_FOR_EACH", 0)


def a_dozen() -> None:
    """Cases of which every second one is found by `nordlys`, and every fourth by `nordlys holding`."""
    for n in range(12):
        factories.case(
            name=f"Firm {n * 7 % 12}" if n % 2 else f"Nordlys {'Drift' if n % 4 else 'Holding'} {n * 5 % 12}",
            due=DAY + datetime.timedelta(days=n % 3) if n % 5 else None,
            screening=Screening.values[n % len(Screening.values)],
            assignee=None if n % 3 else factories.kari(),
        )


def listed(text: str) -> list[list[int]]:
    """The keys of the cases that a search finds, by every sort and some filters."""
    kari = factories.kari()
    statements = [
        {"sort": f"{downwards}{sort}", **filters}
        for sort in SORTS
        for downwards in ("", "-")
        for filters in ({}, {"due": "overdue", "assignee": "nobody"})
    ]
    lists = [CaseList.asked_for(entry, text, kari, []).keys() for entry in statements]
    return [list(keys) for keys in lists]


@pytest.mark.parametrize(("text", "most_found"), [("nordlys", 6), ("nordlys holding", 3), ("zzyzx", 0)])
def test_very_many_are_found_in_the_same_order_however_they_are_come_by(
    monkeypatch: pytest.MonkeyPatch, text: str, most_found: int
) -> None:
    a_dozen()
    whole = listed(text)
    assert max(len(item) for item in whole) == most_found
    for way in WAYS:
        with monkeypatch.context() as patch:
            go(way, 2, patch)
            assert listed(text) == [item[:2] for item in whole], way


@pytest.mark.parametrize("way", WAYS)
def test_of_very_many_it_is_said_that_there_are_more(
    kari: Client, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    a_dozen()
    reasons = {
        5: (
            "1–5 of more than 5. Only the first 5 in this order are listed: add a word or a filter",
            "More than 5 cases",
        ),
        6: ("1–6 of 6", "6 cases"),
        7: ("1–6 of 6", "6 cases"),
    }
    for most, (count, caption) in reasons.items():
        go(way, most, monkeypatch)
        shown = page(kari.post("/cases/", {"q": "nordlys"}, follow=True))
        assert words(shown.xpath("//nav[@class='pages']/p")[0]).startswith(count)
        assert words(shown.xpath("//table/caption")[0]) == caption


@pytest.mark.parametrize("way", WAYS)
def test_every_page_of_very_many_is_a_part_of_the_same_order(
    kari: Client, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    a_dozen()
    address = kari.post("/cases/", {"q": "nordlys"}).url
    whole = [row[0] for row in cells(kari.get(address))]
    go(way, 5, monkeypatch)
    monkeypatch.setattr(cases_view, "PAGE_SIZE", 2)
    pages = [[row[0] for row in cells(kari.get(f"{address}&page={number}"))] for number in (1, 2, 3, 4)]
    assert pages == [whole[:2], whole[2:4], whole[4:5], whole[4:5]]


@pytest.mark.parametrize("way", WAYS)
def test_very_many_cost_no_statement_for_each(
    kari: Client, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """What is asked of the newest, the walk, the index, and the index again for what the walk did not reach."""
    expected = {"by the index": 4, "walked, not known to be common": 3, "walked": 2, "walked in vain": 4}
    a_dozen()
    go(way, 5, monkeypatch)
    keys = CaseList.asked_for({}, "nordlys", factories.kari(), []).keys()
    with CaptureQueriesContext(connection) as statements:
        assert len(list(keys)) == 5
    assert len([query for query in statements.captured_queries if "cases_" in query["sql"]]) == expected[way]
