"""Who searched for what is kept: a search tells in which cases somebody is."""

import datetime
import json

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import AuditEvent, Verb
from cases.web.case_list import searches
from cases.workflows.audit import trail
from tests import chains, factories
from tests.web.pages import words

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, int]]:
    events = AuditEvent.objects.of_portal().with_verbs(Verb.SEARCHED).select_related("detail")
    details = [json.loads(event.detail.body) for event in events.order_by("sequence")]
    return [(detail["words"], detail["shown"]) for detail in details]


def browser() -> Client:
    client = Client()
    client.force_login(factories.kari())
    return client


def found(client: Client, text: str, **more: str) -> str:
    """Search as a person does, from the box; give the address of what was found."""
    address: str = client.post("/cases/", {"q": text, **more}).url
    assert client.get(address).status_code == 200
    return address


def test_a_search_is_kept_with_its_words_and_how_many_cases_it_showed() -> None:
    case = factories.case()
    found(browser(), case.reference)
    found(browser(), "Nobody Anywhere")
    assert kept() == [(case.reference, 1), ("Nobody Anywhere", 0)]
    event = AuditEvent.objects.of_portal().with_verbs(Verb.SEARCHED).first()
    assert event.actor == factories.kari()
    assert "Nobody" not in str(AuditEvent.objects.values())
    assert all(item is None for item in chains.breaks())


@pytest.mark.parametrize(
    "again",
    [
        lambda client, address: client.get(address),
        lambda client, address: client.get(f"{address}&page=2"),
        lambda client, address: client.get(f"{address}&sort=due"),
        lambda client, address: client.get(f"{address}&status=open"),
        lambda client, address: client.get(address, headers={"HX-Request": "true"}),
        lambda client, _address: client.get("/cases/", {"q": "Ingrid"}),
        lambda client, _address: found(client, "Ingrid"),
        lambda client, _address: found(client, "  Ingrid ", country="no"),
    ],
)
def test_the_same_words_in_the_same_browser_session_are_one_search(again: object) -> None:
    client = browser()
    address = found(client, "Ingrid")
    again(client, address)
    assert kept() == [("Ingrid", 0)]


def test_other_words_another_browser_session_and_a_later_hour_are_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = browser()
    address = found(client, "Ingrid")
    found(client, "Gunhild")
    found(browser(), "Ingrid")
    later = timezone.now() + datetime.timedelta(minutes=31)
    monkeypatch.setattr(searches.timezone, "now", lambda: later)
    client.get(address)
    assert [text for text, _shown in kept()] == ["Ingrid", "Gunhild", "Ingrid", "Ingrid"]


@pytest.mark.parametrize(
    "address", ["/cases/", "/cases/?q=", "/cases/?q=%20%00", "/cases/?find=0123", "/", "/?q=x"]
)
def test_where_nothing_is_searched_for_nothing_is_kept(address: str) -> None:
    browser().get(address)
    assert kept() == []


def test_what_cannot_be_kept_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    case, client = factories.case(), browser()
    client.raise_request_exception = False

    def fails(*_arguments: object, **_words: object) -> None:
        raise OSError

    monkeypatch.setattr(trail, "record", fails)
    address = client.post("/cases/", {"q": case.reference}).url
    answer = client.get(address)
    assert answer.status_code == 500
    assert case.reference not in words(answer)


def test_a_search_that_lists_a_part_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.models.casework.search_index.FEW", 2)
    for _ in range(4):
        factories.case()
    found(browser(), "C-")
    detail = json.loads(AuditEvent.objects.of_portal().with_verbs(Verb.SEARCHED).get().detail.body)
    assert (detail["shown"], detail.get("more")) == (2, 1)
