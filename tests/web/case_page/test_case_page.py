"""The case page: who may see it, what an opening leaves behind, and what it costs."""

import datetime

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from time_machine import travel

from cases.models import AmlSession, ArtefactState, AuditEvent, Case, SessionState, Verb
from cases.web import visits
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework import cases as workflow
from tests import factories
from tests.findings.reading import Page
from tests.web.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

GETS = ["case", "case_tab company", "case_tab timeline", "case_live", "order_again"]
GETS += ["document 1 aml", "show_document 1 aml", "save_document 1 json"]
POSTS = ["order_again", "resolve_capture"]


def address(view: str, case: Case) -> str:
    name, *words = view.split()
    return reverse(name, args=[case.reference, *words])


@pytest.fixture
def session() -> AmlSession:
    return factories.session(factories.case(assignee=factories.kari()), SessionState.COMPLETE)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def read(client: Client, case: Case, tab: str = "overview", **query: object) -> Page:
    answer = client.get(reverse("case_tab", args=[case.reference, tab]), query)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


# --- Who may ---


@pytest.mark.parametrize("view", [view for view in GETS if view != "case_live"])
def test_an_analyst_sees_it(view: str, kari: Client, session: AmlSession) -> None:
    assert kari.get(address(view, session.case)).status_code == 200


@pytest.mark.parametrize("view", GETS)
def test_who_is_not_signed_in_is_sent_to_sign_in(view: str, client: Client, session: AmlSession) -> None:
    answer = client.get(address(view, session.case))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("role", ["stranger", "administrator"])
@pytest.mark.parametrize("view", [view for view in GETS if view not in POSTS])
def test_whoever_has_no_case_role_is_not_even_told_that_it_exists(
    view: str, role: str, client: Client, session: AmlSession
) -> None:
    client.force_login(factories.CAST[role]())
    assert client.get(address(view, session.case)).status_code == 404
    assert Verb.CASE_VIEWED not in verbs()


@pytest.mark.parametrize("view", POSTS)
def test_only_who_may_order_captures_gets_to_ordering(view: str, client: Client, session: AmlSession) -> None:
    client.force_login(factories.auditor())
    assert client.get(address(view, session.case)).status_code == 403
    assert client.post(address(view, session.case)).status_code == 403
    assert AmlSession.objects.count() == 1


@pytest.mark.parametrize("view", GETS)
def test_a_case_that_is_not_there_is_not_found(view: str, kari: Client, session: AmlSession) -> None:
    session.case.reference = "C-2026-999999"
    assert kari.get(address(view, session.case)).status_code == 404


@pytest.mark.parametrize("view", [view for view in GETS if view not in POSTS])
def test_what_is_read_cannot_be_posted_to(view: str, kari: Client, session: AmlSession) -> None:
    assert kari.post(address(view, session.case)).status_code == 405


@pytest.mark.parametrize("path", ["c-2026-000001/", "C-2026-1/", "new/overview/", "C-2026-000001/decision/"])
def test_what_is_no_address_of_a_case_is_not_taken_for_one(path: str, kari: Client) -> None:
    assert kari.get(f"/cases/{path}").status_code == 404


def test_the_page_says_that_nothing_was_asked_when_the_case_has_no_capture(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    for tab in Tab:
        assert "Nothing is ordered yet." in read(kari, case, tab).text


# --- What an opening leaves behind ---


def test_every_opening_of_a_case_is_kept(kari: Client, session: AmlSession) -> None:
    for _ in range(2):
        kari.get(address("case", session.case))
    assert verbs().count(Verb.CASE_VIEWED) == 2
    assert AuditEvent.objects.latest("pk").actor == factories.kari()


def test_walking_through_the_tabs_is_one_opening(kari: Client, session: AmlSession) -> None:
    kari.get(address("case", session.case))
    for tab in Tab:
        read(kari, session.case, tab)
    assert verbs().count(Verb.CASE_VIEWED) == 1


def test_a_tab_opened_first_is_an_opening(kari: Client, session: AmlSession) -> None:
    read(kari, session.case, Tab.OWNERSHIP)
    assert verbs().count(Verb.CASE_VIEWED) == 1


def test_a_document_page_opened_first_is_an_opening(kari: Client, session: AmlSession) -> None:
    kari.get(address("document 1 aml", session.case))
    assert verbs().count(Verb.CASE_VIEWED) == 1


def test_after_half_an_hour_a_tab_is_an_opening_again(kari: Client, session: AmlSession) -> None:
    now = datetime.datetime.now(datetime.UTC)
    with travel(now):
        read(kari, session.case)
    with travel(now + datetime.timedelta(minutes=29)):
        read(kari, session.case)
    assert verbs().count(Verb.CASE_VIEWED) == 1
    with travel(now + datetime.timedelta(minutes=31)):
        read(kari, session.case)
    assert verbs().count(Verb.CASE_VIEWED) == 2


def test_another_browser_of_the_same_person_opens_the_case_anew(kari: Client, session: AmlSession) -> None:
    read(kari, session.case)
    other = Client()
    other.force_login(factories.kari())
    read(other, session.case)
    assert verbs().count(Verb.CASE_VIEWED) == 2


def test_opening_one_case_opens_no_other(kari: Client, session: AmlSession) -> None:
    read(kari, session.case)
    read(kari, factories.session(state=SessionState.COMPLETE).case)
    assert verbs().count(Verb.CASE_VIEWED) == 2


def test_a_browser_session_remembers_only_the_latest_openings() -> None:
    session, now = SessionStore(), datetime.datetime.now(datetime.UTC)
    for number in range(45):
        visits.remember(session, Case(pk=number), now + datetime.timedelta(seconds=number))
    later = now + datetime.timedelta(minutes=1)
    assert [number for number in range(45) if visits.is_open(session, Case(pk=number), later)] == [
        *range(5, 45)
    ]


def test_results_that_came_while_the_case_was_open_count_as_read_on_the_next_tab(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    session = factories.session(case, SessionState.OPEN, {"aml": ArtefactState.ORDERED})
    kari.get(address("case", case))
    factories.artefact(session, "json", ArtefactState.CAPTURED)
    assert Case.objects.unread().exists()
    read(kari, case, Tab.COMPANY)
    assert not Case.objects.unread().exists()


def test_results_are_not_read_by_looking_at_an_earlier_capture_or_by_somebody_else(client: Client) -> None:
    case = factories.case(assignee=factories.kari())
    factories.session(case, SessionState.COMPLETE)
    for person, query in ((factories.kari(), {"session": 1}), (factories.ola(), {})):
        client.force_login(person)
        client.get(address("case", case))
        Case.objects.filter(pk=case.pk).update(read_at=None)
        if person == factories.kari():
            factories.session(case, SessionState.COMPLETE)
        read(client, case, Tab.COMPANY, **query)
        assert Case.objects.unread().exists()


def test_a_result_that_came_after_the_page_was_made_stays_unread() -> None:
    case = factories.case(assignee=factories.kari())
    factories.session(case, SessionState.COMPLETE)
    seen = Case.objects.get(pk=case.pk)
    factories.session(case, SessionState.COMPLETE)
    workflow.results_shown(seen, factories.kari())
    assert Case.objects.unread().exists()
    workflow.results_shown(Case.objects.get(pk=case.pk), factories.kari())
    assert not Case.objects.unread().exists()


# --- The strip ---


def test_the_strip_says_whose_it_is_when_it_is_due_and_which_capture_is_read(kari: Client) -> None:
    case = factories.case(
        factories.organisation("317835337"),
        assignee=factories.kari(),
        due=datetime.date(2020, 2, 3),
        customer_reference="K-77",
    )
    session = factories.session(case, SessionState.COMPLETE)
    text = read(kari, case).text
    for words in ("FJELLHEIM ENERGI AS", "NO 317 835 337", "Norway", "In review", case.reference, "K-77"):
        assert words in text
    assert "Assigned to Kari Nordmann" in text
    assert "3 Feb 2020 · overdue" in text
    last = timezone.localtime(max(artefact.captured_at for artefact in session.artefacts.all()))
    assert f"3 of 3 captured · {date_format(last, 'j M Y, H:i')}" in text
    assert f"Showing capture 1 ({date_format(timezone.localtime(), 'j M')})" in text


def test_which_capture_is_read_is_shown_once_there_are_several(kari: Client) -> None:
    case = factories.session(factories.case(), SessionState.COMPLETE).case
    shown = "//dd[@id='read-at']/parent::div[not(@hidden)]"
    address = reverse("case_tab", args=[case.reference, "overview"])
    assert not page(kari.get(address)).xpath(shown)
    factories.session(case, SessionState.COMPLETE)
    assert page(kari.get(address)).xpath(shown)


def test_the_strip_counts_what_was_captured_and_is_not_readable(kari: Client) -> None:
    session = factories.session(
        state=SessionState.COMPLETE, results={"json": "CAPTURED", "certificate_of_registration": "CAPTURED"}
    )
    assert "not readable" not in read(kari, session.case).text
    factories.artefact(session, "aml", ArtefactState.CAPTURED, unreadable="invalid_pdf")
    assert "3 of 3 captured, 1 not readable" in read(kari, session.case).text


def test_a_case_of_nobody_can_be_taken_from_its_page(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    assert "Nobody yet" in read(kari, session.case).text
    assert kari.post(reverse("take", args=[session.case.reference])).status_code == 302
    assert Case.objects.get().assignee == factories.kari()
    assert "Take the case" not in read(kari, session.case).text


def test_an_auditor_is_offered_no_action(client: Client) -> None:
    client.force_login(factories.auditor())
    for state in SessionState.values:
        page = read(client, factories.session(state=state).case)
        addresses = [attrs.get("href") or attrs.get("action") or "" for _tag, attrs in page.tags]
        assert not [address for address in addresses if address.endswith(("/order/", "/resolve/", "/take/"))]


# --- What it costs ---


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
        return len(seen)


@pytest.mark.parametrize("tab", Tab.values)
def test_a_tab_takes_few_queries_however_much_there_is(tab: str, kari: Client, session: AmlSession) -> None:
    path = address(f"case_tab {tab}", session.case)
    opening, few = queries(kari, path), queries(kari, path)
    assert 0 < few < opening <= 33
    for _ in range(4):
        factories.session(session.case, SessionState.PARTIAL, lost_answers=1)
    queries(kari, path)  # reads what has come, and keeps that it was read
    assert queries(kari, path) == few


def test_looking_for_changes_takes_few_queries(kari: Client) -> None:
    path = address("case_live", factories.session().case)
    kari.get(path)  # sends everything, which is an opening
    assert 0 < queries(kari, path) <= 12
