"""Recusing oneself from the menu of a case, and what the portal then offers."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.workflows.casework.recusing import is_recused, recuse
from tests import factories
from tests.web.pages import groups, page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WHY = "The owner is my brother."
RECUSED = "You are recused from this case"


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def to(name: str, case: Case) -> str:
    return reverse(name, args=[case.reference])


def test_one_recuses_oneself_from_the_menu_and_the_page_says_so(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    assert f'href="{to("recuse", case)}"' in kari.get(to("case", case)).content.decode()
    answer = kari.post(to("recuse", case), {"reason": WHY}, follow=True)
    shown = words(answer)
    assert f"You are recused from {case.reference}." in shown
    assert RECUSED in shown
    case.refresh_from_db()
    assert case.assignee is None
    offered = answer.content.decode()
    assert [name for name in ("recuse", "take") if to(name, case) in offered] == []
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert RECUSED in timeline
    assert "Kari Nordmann was recused from the case" in timeline
    assert f"Reason: {WHY}" in timeline
    assert "handed the case back" in timeline


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_is_done_and_what_was_typed_stays(kari: Client, reason: str) -> None:
    case = factories.case(assignee=factories.kari())
    answer = kari.post(to("recuse", case), {"reason": reason})
    assert answer.status_code == 422
    assert page(answer).xpath("//*[@class='errors']")
    assert (page(answer).xpath("//textarea[@name='reason']")[0].text or "").strip() == reason.strip()
    assert not is_recused(case, factories.kari())


def test_sent_twice_it_is_said_that_one_is(kari: Client) -> None:
    case = factories.case()
    for _time in range(2):
        answer = kari.post(to("recuse", case), {"reason": WHY}, follow=True)
        assert "You are recused from" in words(answer)
    assert case.recusals.count() == 1
    assert kari.get(to("recuse", case)).url == to("case", case)


def test_who_is_recused_may_read_it_and_not_take_it(kari: Client) -> None:
    case = factories.case()
    recuse(case, WHY, factories.kari())
    for tab in ("overview", "screening", "timeline"):
        assert RECUSED in words(kari.get(reverse("case_tab", args=[case.reference, tab])))
    assert "others go on with it" in words(kari.get(to("case", case)))
    answer = kari.post(to("take", case), follow=True)
    assert "You are recused from this case." in words(answer)
    case.refresh_from_db()
    assert case.assignee is None
    other = Client()
    other.force_login(factories.maja())
    assert RECUSED not in words(other.get(to("case", case)))


def test_it_is_no_work_of_theirs_and_lists_count_as_my_work_does(kari: Client) -> None:
    case, other = factories.case(due="2020-01-01"), factories.case(due="2020-01-01")
    recuse(case, WHY, factories.kari())
    shown = kari.get("/")
    assert [reference for found in groups(shown).values() for reference in found] == [other.reference]
    assert "1 overdue" in words(page(shown).xpath("//*[@class='head']/p")[0])
    for query in ("?assignee=me_or_nobody&due=overdue", "?group=not_usable"):
        found = kari.get(f"/cases/{query}").content.decode()
        assert (case.reference in found, other.reference in found) == (False, True), query
    assert case.reference in kari.get("/cases/?assignee=nobody").content.decode()
    assert kari.post("/work/take-next/").url == to("case", other)
    assert kari.post("/work/take-next/").url == "/"


def test_who_is_recused_is_not_offered_and_is_refused_in_words(kari: Client) -> None:
    case, ola = factories.case(assignee=factories.kari()), factories.ola()
    recuse(case, WHY, factories.maja())
    shown = page(kari.get(to("change_case", case)))
    offered = shown.xpath("//select[@name='assignee']/option/@value")
    assert str(factories.maja().pk) not in offered
    assert str(ola.pk) in offered
    seen = shown.xpath("//input[@name='seen']/@value")[0]
    sent = {"seen": seen, "purpose": "Typed by Kari", "assignee": str(factories.maja().pk)}
    answer = kari.post(to("change_case", case), sent, follow=True)
    assert "This person may not have the case, or is recused from it." in words(answer)
    assert "Typed by Kari" in words(answer)
    case.refresh_from_db()
    assert case.assignee == factories.kari()
