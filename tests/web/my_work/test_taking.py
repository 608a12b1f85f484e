"""Taking a case: *Take next* in the order of the page, and what is said where somebody was faster."""

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Verb
from cases.models.audit.event import AuditEvent
from cases.models.casework.pressing import Urgency
from tests import factories
from tests.web.pages import groups, words
from tests.web.work_groups import DAY, mine, one_of_each_urgency

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def test_take_next_takes_in_the_order_of_the_page(kari: Client) -> None:
    decided = one_of_each_urgency()[Urgency.CONDITIONS].reference
    shown = [reference for found in groups(kari.get("/")).values() for reference in found]
    shown.remove(decided)
    taken = [kari.post("/work/take-next/").url.split("/")[2] for _ in shown]
    assert taken == shown


def test_take_next_makes_the_most_urgent_case_mine_and_opens_it(kari: Client) -> None:
    factories.case(due=timezone.localdate() + 3 * DAY)
    urgent = factories.case(due=timezone.localdate())
    answer = kari.post("/work/take-next/")
    assert answer.url == f"/cases/{urgent.reference}/"
    urgent.refresh_from_db()
    assert urgent.assignee == factories.kari()
    assert AuditEvent.objects.filter(verb=Verb.CASE_TAKEN, actor=factories.kari()).count() == 1


def test_two_people_never_take_the_same(client: Client) -> None:
    cases = {factories.case().reference, factories.case().reference}
    taken = set()
    for person in (factories.kari(), factories.ola()):
        client.force_login(person)
        taken.add(client.post("/work/take-next/").url.split("/")[2])
    assert taken == cases


def test_when_nothing_is_left_to_take_that_is_said(kari: Client) -> None:
    answer = kari.post("/work/take-next/", follow=True)
    assert "There is no unassigned case left to take." in words(answer)


def test_who_comes_second_is_told_who_was_faster(kari: Client) -> None:
    case = factories.case(assignee=factories.maja())
    answer = kari.post(f"/cases/{case.reference}/take/", follow=True)
    assert f"Maja Berg was faster and has {case.reference}." in words(answer)
    case.refresh_from_db()
    assert case.assignee == factories.maja()


def test_to_take_what_is_mine_already_changes_nothing(kari: Client) -> None:
    case = mine()
    answer = kari.post(f"/cases/{case.reference}/take/", follow=True)
    assert "was faster" not in words(answer)
    assert not AuditEvent.objects.filter(verb=Verb.CASE_TAKEN).exists()


def test_a_case_that_is_none_cannot_be_taken(kari: Client) -> None:
    assert kari.post("/cases/C-2026-999999/take/").status_code == 404
