"""The page of what belongs to no case: for auditors, by person and kind, a page at a time."""

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Verb
from cases.web.case_page.timeline import timeline_events
from cases.workflows.audit import trail
from cases.workflows.audit.erasing import erase
from cases.workflows.casework import cases as workflow
from cases.workflows.people import people
from cases.workflows.people.people import by_command
from tests import factories
from tests.web.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(factories.auditor())
    return client


@pytest.fixture(autouse=True)
@transaction.atomic
def happened(db: None) -> None:
    workflow.searched(factories.kari(), "Ingrid <b>", 3, are_more=False)
    workflow.searched(factories.ola(), "Gunhild", 1000, are_more=True)
    trail.record(
        None,
        Verb.ROLES_CHANGED,
        actor=factories.admin(),
        subject=f"person {factories.kari().pk}",
        detail={"person": "Kari Nordmann", "roles": ["analyst", "analyst, lead"]},
    )


def event_lines(client: Client, query: str = "") -> list[str]:
    return [words(element) for element in page(client.get(f"/events/{query}")).xpath("//ol/li")]


def test_it_tells_who_did_what_the_newest_first(auditor: Client) -> None:
    roles, second, first = event_lines(auditor)
    assert roles.endswith("Adam Ask changed somebody's roles: Kari Nordmann Roles: Analyst → Analyst, Lead")
    assert second.endswith("Ola Hansen searched the cases “Gunhild” · 1000 cases · and more than are listed")
    assert first.endswith("Kari Nordmann searched the cases “Ingrid <b>” · 3 cases")


def test_who_did_something_to_themselves_is_named_once(auditor: Client) -> None:
    ola = factories.ola()
    people.set_password(ola, "given by somebody else 1", by_command("changepassword"))
    people.signed_in(ola)
    signed_in, was_set = event_lines(auditor)[:2]
    assert "Ola Hansen signed in for the first time since their access was changed changed" in signed_in
    assert was_set.endswith("(command changepassword) set somebody's password: Ola Hansen")


def test_of_a_person_it_tells_what_they_did_and_what_was_done_to_them(auditor: Client) -> None:
    of_kari = event_lines(auditor, f"?person={factories.kari().pk}")
    assert [("roles" in text, "Ingrid" in text) for text in of_kari] == [(True, False), (False, True)]
    assert len(event_lines(auditor, f"?person={factories.kari().pk}&kind=searches")) == 1
    assert len(event_lines(auditor, "?kind=access")) == 1


@pytest.mark.parametrize("query", ["?person=0", "?person=x", "?kind=comments", "?kind=%00", "?page=99"])
def test_what_is_asked_for_in_vain_is_left_out(auditor: Client, query: str) -> None:
    assert len(event_lines(auditor, query)) == 3


def test_who_has_no_event_is_told_so(auditor: Client) -> None:
    answer = auditor.get(f"/events/?person={factories.maja().pk}")
    assert "Nothing of this kind" in words(answer)


def test_it_comes_a_portion_at_a_time_and_keeps_what_was_chosen(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_events, "A_PAGE", 1)
    answer = auditor.get("/events/?kind=searches&page=2")
    assert "2–2 of 2" in words(answer)
    previous = page(answer).xpath("//a[@rel='prev']/@href")
    assert previous == ["?kind=searches&page=1"]


def test_what_the_law_erased_is_said_to_be_erased(auditor: Client) -> None:
    erase(None, 3, "Asked for by a person", factories.kari())
    assert event_lines(auditor)[1].endswith(
        f"changed somebody's roles: person {factories.kari().pk} The details were erased under the law."
    )
    assert "Adam Ask changed" not in words(auditor.get("/events/"))


def test_the_queries_do_not_grow_with_the_events(
    auditor: Client, django_assert_max_num_queries: object
) -> None:
    auditor.get("/events/")
    for number in range(5):
        workflow.searched(factories.kari(), str(number), 0, are_more=False)
    with django_assert_max_num_queries(12):
        auditor.get("/events/")


def test_nothing_can_be_sent_there(auditor: Client) -> None:
    assert auditor.post("/events/").status_code == 405


@pytest.mark.parametrize("role", [role for role in factories.CAST if role != "auditor"])
def test_nobody_else_is_led_there_or_let_in(client: Client, role: str) -> None:
    client.force_login(factories.CAST[role]())
    assert client.get("/events/").status_code == 403
    assert "/events/" not in client.get("/password/").content.decode()
