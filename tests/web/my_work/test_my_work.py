"""My work: what lies in which group, and what changes under the eyes of who reads it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import ArtefactState, Case, SessionState
from cases.models.casework.pressing import Urgency
from cases.web.my_work.work_groups import KINDS
from tests import factories
from tests.web.pages import cells, groups, page, words
from tests.web.work_groups import DAY, clean, group_of, mine, read, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


# --- Groups ---


def test_a_result_that_expires_within_half_an_hour_is_at_risk(kari: Client) -> None:
    case = mine()
    ready(case, 29)
    assert group_of(kari, case) == "Results about to expire or past their time"
    assert "AML report expires in 28 min" in words(kari.get("/"))


def test_a_result_that_has_an_hour_left_is_not_at_risk(kari: Client) -> None:
    case = mine()
    ready(case, 60)
    assert group_of(kari, case) == "Waiting for the provider"


def test_a_result_that_expired_is_at_risk_until_it_is_asked_for_again(kari: Client) -> None:
    case = mine()
    factories.session(case, SessionState.PARTIAL, {"json": "CAPTURED", "aml": "EXPIRED"}, payload="no_clean")
    assert group_of(kari, case) == "Screening not done, or evidence not usable"
    assert "AML report: lost before capture" in words(kari.get("/"))
    factories.session(case, SessionState.OPEN)
    assert group_of(kari, read(case)) == "Waiting for the provider"


def test_the_risk_of_an_unassigned_case_is_shown_to_everybody(kari: Client) -> None:
    case = factories.case()
    ready(case, 5)
    assert group_of(kari, case) == "Results about to expire or past their time"


@pytest.mark.parametrize(
    ("state", "group"),
    [
        (SessionState.UNKNOWN, "Waiting for you"),
        (SessionState.QUARANTINED, "Waiting for you"),
        (SessionState.FAILED, "Alarm"),  # there is no outcome of the screening
    ],
)
def test_what_does_not_go_on_by_itself_needs_a_decision(kari: Client, state: str, group: str) -> None:
    case = mine()
    factories.session(case, state)
    assert group_of(kari, case) == group
    says = {"Alarm": "The capture failed"}.get(
        group, "Order not confirmed" if state == "UNKNOWN" else "stopped"
    )
    assert says in words(kari.get("/"))


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (-1, "Overdue"),
        (0, "Due this week"),
        (6, "Due this week"),
        (7, "My other cases"),
        (None, "My other cases"),
    ],
)
def test_the_due_day_decides_between_overdue_and_this_week(kari: Client, due: int, group: str) -> None:
    case = mine(due)
    factories.session(case, SessionState.COMPLETE)
    assert group_of(kari, read(clean(case))) == group


def test_a_result_that_nobody_has_opened_is_new(kari: Client) -> None:
    case = mine()
    factories.session(case, SessionState.COMPLETE)
    assert group_of(kari, clean(case)) == "New results"
    assert group_of(kari, read(case)) == "My other cases"


def test_a_case_lies_in_its_most_urgent_group_only(kari: Client) -> None:
    case = mine(-3)
    factories.session(case, SessionState.FAILED)
    factories.session(case, SessionState.OPEN, {"json": "CAPTURED"})
    ready_too = case.sessions.get(number=2)
    factories.artefact(ready_too, "aml", ArtefactState.READY, expires_at=timezone.now() + DAY / 100)
    assert group_of(kari, case) == "Results about to expire or past their time"


def test_the_cases_of_others_are_not_my_work(kari: Client) -> None:
    theirs = factories.case(assignee=factories.ola(), due=timezone.localdate() - DAY)
    factories.session(theirs, SessionState.FAILED)
    assert theirs.reference not in kari.get("/").content.decode()


def test_an_unassigned_case_can_be_taken_where_it_stands(kari: Client) -> None:
    case = clean(factories.case())
    assert group_of(kari, case) == "Unassigned"
    kari.post(f"/cases/{case.reference}/take/")
    assert group_of(kari, case) == "My other cases"


def test_an_empty_group_is_left_out(kari: Client) -> None:
    assert groups(kari.get("/")) == {}
    assert "Nothing waits for you" in words(kari.get("/"))
    mine(-1)
    assert list(groups(kari.get("/"))) == ["Screening not done, or evidence not usable1"]
    assert "Nothing waits for you" not in words(kari.get("/"))


def test_the_most_urgent_comes_first_and_what_has_no_date_last(kari: Client) -> None:
    late, later, never = clean(mine(5)), clean(mine(3)), clean(factories.case())
    soon = clean(factories.case(due=timezone.localdate() + 20 * DAY))
    found = groups(kari.get("/"))
    assert found["Due this week2"] == [later.reference, late.reference]
    assert found["Unassigned2"] == [soon.reference, never.reference]


def test_a_large_group_says_how_large_and_leads_to_all_of_it(kari: Client) -> None:
    for _ in range(53):
        clean(factories.case())
    answer = kari.get("/")
    assert len(groups(answer)["Unassigned53"]) == 50
    link = page(answer).xpath("//footer/a")[0]
    assert words(link) == "53 in all: show the list"
    assert "of 53" in words(kari.get(link.get("href")))


@pytest.mark.parametrize("query", [kind.query for kind in KINDS])
def test_every_groups_link_leads_to_a_list_that_is_filtered(kari: Client, query: str) -> None:
    assert page(kari.get(f"/cases/?{query}")).xpath("//a[@class='chip']")


def test_who_handles_no_cases_sees_what_is_nobodys(client: Client) -> None:
    client.force_login(factories.auditor())
    case = clean(factories.case())
    answer = client.get("/")
    assert list(groups(answer)) == ["Unassigned1"]
    assert case.reference in answer.content.decode()
    assert not page(answer).xpath("//main//form")


def test_the_row_says_what_holds_a_session_up(kari: Client) -> None:
    factories.session(mine(), SessionState.OPEN, reason="http_503")
    assert "The provider is unavailable for now." in words(kari.get("/"))


def test_an_organisations_name_is_text_and_nothing_else(kari: Client) -> None:
    mine(name="<script>alert(1)</script> {{ 7|add:7 }}")
    assert cells(kari.get("/"))[0][0].startswith("<script>alert(1)</script> {{ 7|add:7 }}")


# --- Live ---


def poll_address(client: Client) -> str | None:
    """Where the page asks, with what it sends along."""
    whole = page(client.get("/"))
    poll = whole.xpath("//*[@id='work-poll']")[0]
    if poll.get("hx-get") is None:
        return None
    (sent,) = whole.xpath(f"//*[@id='{poll.get('hx-include').removeprefix('#')}']")
    return f"{poll.get('hx-get')}&{sent.get('name')}={sent.get('value')}"


def test_the_page_asks_again_only_while_something_is_under_way(kari: Client) -> None:
    case = mine()
    assert poll_address(kari) is None
    factories.session(case, SessionState.OPEN)
    assert poll_address(kari) is not None


def test_while_nothing_changes_nothing_is_sent(kari: Client) -> None:
    factories.session(mine(), SessionState.OPEN)
    answer = kari.get(poll_address(kari))
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_state_changes_in_its_place_and_no_case_moves(kari: Client) -> None:
    session = factories.session(mine(), SessionState.OPEN, {"json": "ASKED", "aml": "ASKED"})
    address = poll_address(kari)
    session.artefacts.filter(kind="aml").update(
        state="CAPTURED", captured_at=timezone.now(), size=1, sha256="a", file="f"
    )
    answer = kari.get(address)
    cell = page(answer).xpath(f"//*[@id='task-{session.case.reference}']")[0]
    assert cell.get("hx-swap-oob") == "true"
    assert words(cell) == "Awaited, 1 of 2 captured"
    assert not page(answer).xpath("//*[@id='work-news']")
    assert "<table" not in answer.content.decode()


def test_what_the_screening_says_changes_with_the_capture(kari: Client) -> None:
    session = factories.session(mine(), SessionState.OPEN, {})
    address = poll_address(kari)
    factories.artefact(session, "json", ArtefactState.CAPTURED)
    answer = kari.get(address)
    assert (
        words(page(answer).xpath(f"//*[@id='screening-{session.case.reference}']")[0])
        == "2 open hits (sanctions)"
    )


def test_that_a_case_would_move_is_said_and_told_once(kari: Client) -> None:
    factories.session(mine(), SessionState.OPEN)
    address = poll_address(kari)
    factories.case()
    answer = kari.get(address)
    assert "moved to another group" in words(answer)
    following = page(answer).xpath("//*[@id='work-poll']")[0].get("hx-get")
    assert kari.get(following).status_code == 204


def test_nothing_is_sent_to_a_place_that_the_page_does_not_have(kari: Client) -> None:
    here = factories.session(mine(), SessionState.OPEN).case
    gone = factories.session(mine(), SessionState.OPEN).case
    address = poll_address(kari)
    Case.objects.filter(pk=gone.pk).update(assignee=factories.ola())
    factories.session(mine(), SessionState.OPEN)
    sent = page(kari.get(address)).xpath("//span[@hx-swap-oob]/@id")
    assert sent == [f"{cell}-{here.reference}" for cell in ("task", "screening", "risk", "do")]


def test_when_everything_has_come_the_page_stops_asking(kari: Client) -> None:
    session = factories.session(mine(), SessionState.OPEN)
    address = poll_address(kari)
    session.mark_failed("gone", "", timezone.now())
    session.save()
    factories.keep_columns(session.case)
    answer = kari.get(address)
    assert page(answer).xpath("//*[@id='work-poll']")[0].get("hx-get") is None
    assert "moved to another group" in words(answer)


@pytest.mark.parametrize(
    "query", ["", "?order=\0&standing=", "?order=a&order=b&standing=%ff", "?shown=..\0.x"]
)
def test_a_mangled_mark_is_a_mark_that_changed(kari: Client, query: str) -> None:
    factories.session(mine(), SessionState.OPEN)
    assert kari.get(f"/work/changes/{query}").status_code == 200


# --- Cost ---


def test_the_page_costs_the_same_for_one_case_and_for_many(kari: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            kari.get("/")
        return len(queries)

    def every_state() -> None:
        for state in SessionState.values:
            factories.session(mine(-1, name=state), state)
            factories.session(factories.case(), state)

    factories.session(mine(), SessionState.OPEN)
    factories.case()
    cost()  # keeps when the sign-in began
    assert cost() <= 18
    every_state()
    few = cost()
    every_state()
    assert cost() == few
    assert few <= 17 + len(Urgency)
