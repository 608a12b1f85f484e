"""A list goes as far as anybody walks; what is behind is said to be there, and found by a filter or another order."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case, CaseState, Verb
from cases.models.audit.subject import EventSubject
from cases.web import listed
from cases.web.case_list import views
from cases.web.listed import Listed
from cases.workflows.audit import trail
from tests import factories
from tests.web.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    client.force_login(factories.kari())
    monkeypatch.setattr(listed, "MOST_LISTED", 6)
    monkeypatch.setattr(views, "PAGE_SIZE", 3)
    return client


def shown(client: Client, query: str = "") -> str:
    return words(client.get(f"/cases/{query}"))


def references(answer: HttpResponse) -> list[str]:
    return [row[0].reference for row in answer.context["rows"]]


def test_as_many_as_are_listed_are_counted_exactly(kari: Client) -> None:
    for _ in range(6):
        factories.case()
    text = shown(kari)
    assert "1–3 of 6" in text
    assert "more than" not in text


def test_of_more_it_is_said_that_there_are_more_and_how_to_come_to_them(kari: Client) -> None:
    for _ in range(8):
        factories.case()
    text = shown(kari)
    assert "1–3 of more than 6. Only the first 6 in this order are listed" in text
    assert "Page 1 of 2" in text
    assert "More than 6 cases" in text


def test_whoever_asks_for_a_page_beyond_is_given_the_last(kari: Client) -> None:
    made = [factories.case().reference for _ in range(8)]
    answer = kari.get("/cases/?page=900&sort=reference")
    assert references(answer) == made[3:6]
    assert references(kari.get("/cases/?page=1&sort=-reference")) == made[:-4:-1]


def test_a_filter_finds_what_is_behind(kari: Client) -> None:
    for _ in range(8):
        factories.case()
    behind = factories.case(assignee=factories.kari())
    assert references(kari.get("/cases/?assignee=me&sort=-reference")) == [behind.reference]
    assert "1–1 of 1" in shown(kari, "?assignee=me")


def test_neither_count_nor_page_reads_further_than_it_must() -> None:
    for _ in range(5):
        factories.case()
    found = Listed(Case.objects.order_by("pk").values_list("pk", flat=True), 3)
    with CaptureQueriesContext(connection) as asked:
        assert (len(found), found.are_more, len(found[:2]), found[2:9]) == (3, True, 2, [found[2]])
    limits = [query["sql"].rpartition("LIMIT ")[2].split()[0].strip(")") for query in asked]
    assert (len(asked), limits[:2]) == (4, ["4", "2"])


def test_events_of_the_portal_are_listed_as_far(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST_LISTED", 2)
    auditor = factories.auditor()
    for _ in range(4):
        trail.record(None, Verb.PERSON_CHANGED, subject=EventSubject.person(auditor.pk))
    client.force_login(auditor)
    assert "of more than 2. Only the first 2 in this order are listed" in words(client.get("/events/"))


def test_an_order_of_ours_is_the_same_whether_all_are_sorted_or_parts_are_gone_through(
    kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = (factories.kari(), factories.ola(), None)
    for number in range(10):
        factories.case(assignee=people[number % 3], state=list(CaseState)[number % 2])
    for sort in ("status", "-status", "assignee", "-assignee"):
        of_parts = [references(kari.get(f"/cases/?sort={sort}&page={page}")) for page in (1, 2)]
        with monkeypatch.context() as patch:
            patch.setattr(listed, "MOST_LISTED", 100)
            of_all = [references(kari.get(f"/cases/?sort={sort}&page={page}")) for page in (1, 2)]
        assert of_parts == of_all, sort
        assert [len(page) for page in of_all] == [3, 3]
