"""My work: what lies in which group, what is taken, and what changes under the eyes of who reads it."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import ArtefactState, Case, SessionState, Verb
from cases.models.audit import AuditEvent
from cases.web.desk import KINDS
from tests import factories
from tests.web.pages import cells, groups, page, words

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def mine(due: int | None = None, **fields: object) -> Case:
    day = None if due is None else timezone.localdate() + due * DAY
    return factories.case(assignee=factories.kari(), due=day, **fields)


def ready(case: Case, minutes_left: int, state: str = SessionState.OPEN) -> None:
    session = factories.session(case, state, {})
    factories.artefact(
        session,
        "aml",
        ArtefactState.READY,
        expires_at=timezone.now() + datetime.timedelta(minutes=minutes_left),
    )


def read(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(read_at=timezone.now())
    return case


def group_of(client: Client, case: Case) -> str:
    found = [title for title, references in groups(client.get("/")).items() if case.reference in references]
    assert len(found) == 1
    return found[0].rstrip("0123456789 ")


# --- Groups ---


def test_a_result_that_expires_within_half_an_hour_is_at_risk(kari: Client) -> None:
    case = mine()
    ready(case, 29)
    assert group_of(kari, case) == "Capture at risk"
    assert "AML report expires in 28 min" in words(kari.get("/"))


def test_a_result_that_has_an_hour_left_is_not_at_risk(kari: Client) -> None:
    case = mine()
    ready(case, 60)
    assert group_of(kari, case) == "Waiting for the provider"


def test_a_result_that_expired_is_at_risk_until_it_is_asked_for_again(kari: Client) -> None:
    case = mine()
    factories.session(case, SessionState.PARTIAL, {"json": "FAILED", "aml": "EXPIRED"})
    assert group_of(kari, case) == "Capture at risk"
    factories.session(case, SessionState.OPEN)
    assert group_of(kari, case) == "Waiting for the provider"


def test_the_risk_of_an_unassigned_case_is_shown_to_everybody(kari: Client) -> None:
    case = factories.case()
    ready(case, 5)
    assert group_of(kari, case) == "Capture at risk"


@pytest.mark.parametrize("state", [SessionState.UNKNOWN, SessionState.QUARANTINED, SessionState.FAILED])
def test_what_does_not_go_on_by_itself_needs_a_decision(kari: Client, state: str) -> None:
    case = mine()
    factories.session(case, state)
    assert group_of(kari, case) == "Stuck: needs a decision"


@pytest.mark.parametrize(
    ("due", "group"),
    [(-1, "Overdue"), (0, "Due this week"), (6, "Due this week"), (7, "Also yours"), (None, "Also yours")],
)
def test_the_due_day_decides_between_overdue_and_this_week(kari: Client, due: int, group: str) -> None:
    case = mine(due)
    factories.session(case, SessionState.COMPLETE)
    assert group_of(kari, read(case)) == group


def test_a_result_that_nobody_has_opened_is_new(kari: Client) -> None:
    case = mine()
    factories.session(case, SessionState.COMPLETE)
    assert group_of(kari, case) == "New results to read"
    assert group_of(kari, read(case)) == "Also yours"


def test_a_case_lies_in_its_most_urgent_group_only(kari: Client) -> None:
    case = mine(-3)
    factories.session(case, SessionState.FAILED)
    factories.session(case, SessionState.OPEN, {"json": "CAPTURED"})
    ready_too = case.sessions.get(number=2)
    factories.artefact(ready_too, "aml", ArtefactState.READY, expires_at=timezone.now() + DAY / 100)
    assert group_of(kari, case) == "Capture at risk"


def test_the_cases_of_others_are_not_my_work(kari: Client) -> None:
    theirs = factories.case(assignee=factories.ola(), due=timezone.localdate() - DAY)
    factories.session(theirs, SessionState.FAILED)
    assert theirs.reference not in kari.get("/").content.decode()


def test_an_unassigned_case_can_be_taken_where_it_stands(kari: Client) -> None:
    case = factories.case()
    assert group_of(kari, case) == "Unassigned"
    kari.post(f"/cases/{case.reference}/take/")
    assert group_of(kari, case) == "Also yours"


def test_an_empty_group_is_a_line_that_says_so(kari: Client) -> None:
    titles = groups(kari.get("/"))
    assert titles["Overdue0"] == []
    assert "nothing is overdue" in words(kari.get("/"))
    assert "Nothing waits for you" in words(kari.get("/"))


def test_the_most_urgent_comes_first_and_what_has_no_date_last(kari: Client) -> None:
    late, later, never = mine(5), mine(3), factories.case()
    soon = factories.case(due=timezone.localdate() + 2 * DAY)
    found = groups(kari.get("/"))
    assert found["Due this week2"] == [later.reference, late.reference]
    assert found["Unassigned2"] == [soon.reference, never.reference]


def test_a_large_group_says_how_large_and_leads_to_all_of_it(kari: Client) -> None:
    for _ in range(53):
        factories.case()
    answer = kari.get("/")
    assert len(groups(answer)["Unassigned53"]) == 50
    link = page(answer).xpath("//footer/a")[0]
    assert words(link) == "Show all 53"
    assert "of 53" in words(kari.get(link.get("href")))


@pytest.mark.parametrize("query", [kind.query for kind in KINDS])
def test_every_groups_link_leads_to_a_list_that_is_filtered(kari: Client, query: str) -> None:
    assert page(kari.get(f"/cases/?{query}")).xpath("//a[@class='chip']")


def test_who_handles_no_cases_sees_what_is_nobodys(client: Client) -> None:
    client.force_login(factories.auditor())
    case = factories.case()
    answer = client.get("/")
    assert list(groups(answer)) == ["Capture at risk0", "Unassigned1"]
    assert case.reference in answer.content.decode()
    assert not page(answer).xpath("//main//form")


def test_the_row_says_what_holds_a_session_up(kari: Client) -> None:
    factories.session(mine(), SessionState.OPEN, reason="http_503")
    assert "The provider is unavailable for now." in words(kari.get("/"))


def test_an_organisations_name_is_text_and_nothing_else(kari: Client) -> None:
    mine(name="<script>alert(1)</script> {{ 7|add:7 }}")
    assert cells(kari.get("/"))[0][0].startswith("<script>alert(1)</script> {{ 7|add:7 }}")


# --- Taking ---


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
    cell = page(answer).xpath(f"//*[@id='standing-{session.case.reference}']")[0]
    assert cell.get("hx-swap-oob") == "true"
    assert words(cell) == "Awaited, 1 of 2 captured"
    assert not page(answer).xpath("//*[@id='work-news']")
    assert "<table" not in answer.content.decode()


def test_what_the_screening_says_changes_with_the_capture(kari: Client) -> None:
    session = factories.session(mine(), SessionState.OPEN, {})
    address = poll_address(kari)
    factories.artefact(session, "json", ArtefactState.CAPTURED)
    answer = kari.get(address)
    assert words(page(answer).xpath(f"//*[@id='screening-{session.case.reference}']")[0]) == "unresolved 2"


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
    assert sent == [f"standing-{here.reference}", f"screening-{here.reference}"]


def test_when_everything_has_come_the_page_stops_asking(kari: Client) -> None:
    session = factories.session(mine(), SessionState.OPEN)
    address = poll_address(kari)
    session.mark_failed("gone", "", timezone.now())
    session.save()
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

    factories.session(mine(), SessionState.OPEN)
    factories.case()
    few = cost()
    for state in SessionState.values * 2:
        factories.session(mine(-1, name=state), state)
        factories.session(factories.case(), state)
    assert cost() == few
    assert few <= 9
