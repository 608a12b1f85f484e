"""What is pressing: one order for My work and for Take next, by risk and then by time."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case, SessionState, Verb
from cases.models.audit import AuditEvent
from cases.models.urgency import Urgency
from cases.web.desk import KINDS
from tests import factories
from tests.web.desks import DAY, clean, group_of, mine, read, ready
from tests.web.pages import groups, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def one_of_each_urgency(**fields: object) -> dict[Urgency, Case]:
    """One case for every group of risk, each with everything that less pressing groups ask for."""
    today = timezone.localdate()
    overdue = {"due": today - DAY, **fields}
    made = {urgency: factories.case(**overdue) for urgency in Urgency if urgency < Urgency.OPEN_HITS}
    made[Urgency.OPEN_HITS] = factories.case(**{**overdue, "due": today})
    made[Urgency.THIS_WEEK] = factories.case(**{**overdue, "due": today + DAY})
    made[Urgency.UNREAD] = factories.case(**{**overdue, "due": None})
    for urgency, case in made.items():
        state = {
            Urgency.NEEDS_PERSON: SessionState.UNKNOWN,
            Urgency.EXPIRING: SessionState.OPEN,
        }.get(urgency, SessionState.COMPLETE)
        if urgency == Urgency.EXPIRING:
            ready(case, 29)
        else:
            factories.session(case, state)
        if urgency not in {Urgency.NEEDS_PERSON, Urgency.EXPIRING, Urgency.OPEN_HITS}:
            clean(case)
    change = Case.objects.filter
    change(pk=made[Urgency.LIKELY_HIT].pk).update(screening="HITS", hit_count=3, likely_hit_count=3)
    change(pk=made[Urgency.NOT_USABLE].pk).update(evidence="ALTERED")
    return made


def test_the_groups_stand_by_risk_and_then_by_time_for_mine_and_for_nobodys(kari: Client) -> None:
    for fields in ({"assignee": factories.kari()}, {}):
        one_of_each_urgency(**fields)
    answer = kari.get("/")
    expected = [f"{urgency.label}2" for urgency in Urgency if urgency <= Urgency.UNREAD]
    assert list(groups(answer)) == expected
    assert "10 overdue" in words(answer)
    assert "Results of 2 cases expire, the first in 28 min" in words(answer)
    (place,) = page(answer).xpath("//*[@class='head']//a[contains(., 'expire')]/@href")
    assert "expires in 28 min" in words(page(answer).xpath(f"//*[@id='{place.removeprefix('#')}']")[0])


def test_no_red_date_stands_below_the_overdue(kari: Client) -> None:
    one_of_each_urgency()
    shown = page(kari.get("/"))
    red = shown.xpath("//td[contains(@class, 'due')]//*[@class='late']/ancestor::section/@aria-labelledby")
    assert red == [f"group-{kind.key}" for kind in KINDS if kind.urgency <= Urgency.OVERDUE]
    assert "overdue" in words(shown.xpath("//td[contains(@class, 'due')]")[0])


def test_every_row_says_what_must_happen_and_leads_to_the_place(kari: Client) -> None:
    made = one_of_each_urgency(assignee=factories.kari())
    rows = page(kari.get("/")).xpath("//table[contains(@class, 'work')]/tbody/tr")
    told = [(words(row.xpath("./td[2]")[0]), row.xpath("./td[5]//a/@href")[0]) for row in rows]
    places = {
        Urgency.LIKELY_HIT: ("Judge 3 likely hits", "screening/"),
        Urgency.NEEDS_PERSON: ("Order not confirmed: send the order again, or close it", "resolve/"),
        Urgency.NOT_USABLE: ("A document was altered after it was signed", "documents/"),
        Urgency.EXPIRING: ("AML report expires in 28 min", ""),
        Urgency.OVERDUE: ("Read the new result", ""),
        Urgency.OPEN_HITS: ("Judge 2 open hits", "screening/"),
        Urgency.THIS_WEEK: ("Read the new result", ""),
        Urgency.UNREAD: ("Read the new result", ""),
    }
    assert told == [
        (says, f"/cases/{made[urgency].reference}/{place}") for urgency, (says, place) in places.items()
    ]
    for _says, address in told:
        assert kari.get(address).status_code == 200


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"screening": "NOT_RUN"}, "Order the screening: nobody was screened"),
        (
            {"screening": "UNCERTAIN", "verdicts": {"sanctions": "alarm"}},
            "The screening failed: it says nothing about anybody",
        ),
        (
            {"screening": "UNCERTAIN", "verdicts": {"sanctions": "points_to_check"}},
            "The outcome of the screening is not clear: ‘no hit’ cannot be relied upon",
        ),
        (
            {"screening": "UNUSABLE", "evidence": "ABOUT_ANOTHER"},
            "Result is about another organisation: order a new capture or correct the number",
        ),
        ({"evidence": "UNREADABLE"}, "What was captured cannot be read"),
    ],
)
def test_what_must_not_pass_for_no_hits_says_why(kari: Client, fields: dict[str, Any], says: str) -> None:
    case = mine()
    factories.session(case, SessionState.COMPLETE)
    Case.objects.filter(pk=read(case).pk).update(**{"hit_count": 0, "screening": "NONE", **fields})
    assert group_of(kari, case) == "Screening not done, or evidence not usable"
    assert says in words(kari.get("/"))


def test_only_the_first_rows_button_is_filled(kari: Client) -> None:
    one_of_each_urgency(assignee=factories.kari())
    filled = page(kari.get("/")).xpath("//td[@class='act']//*[@data-variant='primary']")
    assert [words(each).split(":")[0] for each in filled] == ["See the hits"]


def test_a_withdrawn_case_stands_nowhere(kari: Client) -> None:
    case = mine(-1)
    case.withdraw("a mistake", timezone.now())
    case.save()
    assert groups(kari.get("/")) == {}


def test_who_watches_the_provider_reads_the_same_numbers_on_both_pages(client: Client) -> None:
    for assignee in (factories.kari(), factories.lead(), None):
        one_of_each_urgency(assignee=assignee)
        factories.session(factories.case(assignee=assignee), SessionState.PARTIAL)
    closed = factories.session(state=SessionState.UNKNOWN).case
    closed.withdraw("a mistake", timezone.now())
    closed.save()
    client.force_login(factories.lead())
    told = words(page(client.get("/")).xpath("//p[@class='house']")[0])
    assert told == (
        "Everybody’s cases: 3 waiting for a person · 3 with results about to expire · 3 lost before capture ·"
        " 3 ordered, awaited"
    )
    shown = words(client.get("/provider/"))
    for label in ("waiting for a person", "with results about to expire", "with results lost before capture"):
        assert f"Cases {label} 3" in shown
    assert "Cases ordered, awaited 3" in shown
    for link in page(client.get("/")).xpath("//p[@class='house']/a/@href"):
        assert "3 cases" in words(client.get(link))


# --- Taking ---


def test_take_next_takes_in_the_order_of_the_page(kari: Client) -> None:
    one_of_each_urgency()
    shown = [reference for found in groups(kari.get("/")).values() for reference in found]
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
