"""Waiting for information as people do it: the form, the notice on every tab, going on, and My work meanwhile."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cases.models import Case, CaseState, SessionState
from cases.models.casework.pressing import Urgency
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework import waiting
from cases.workflows.casework.waiting import Wait
from tests import factories, judging
from tests.web.pages import groups, page, words
from tests.web.work_groups import DAY, clean, group_of, mine, read, ready

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WHAT = "The passport of the chair"


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def to(name: str, case: Case) -> str:
    return reverse(name, args=[case.reference])


def in_a_week() -> datetime.date:
    return timezone.localdate() + 7 * DAY


def waits(case: Case | None = None) -> Case:
    case = case or factories.case(assignee=factories.kari())
    waiting.wait(case, Wait(WHAT, in_a_week()), factories.kari())
    case.refresh_from_db()
    return case


def send(client: Client, case: Case, **fields: Any) -> HttpResponse:
    sent = {"for_what": WHAT, "until": in_a_week().isoformat(), **fields}
    return client.post(to("wait_for_information", case), sent)


def typed_in(answer: HttpResponse) -> tuple[str, str]:
    shown = page(answer)
    (what,), (day,) = (
        shown.xpath("//textarea[@name='for_what']"),
        shown.xpath("//input[@name='until']/@value"),
    )
    return (what.text or "").strip(), day


# --- The form --------------------------------------------------------------------------------------------------


def test_a_case_waits_from_its_menu_and_says_so_on_every_tab(kari: Client) -> None:
    case = factories.session(factories.case(assignee=factories.kari()), SessionState.COMPLETE).case
    assert f'href="{to("wait_for_information", case)}"' in kari.get(to("case", case)).content.decode()
    answer = send(kari, case, for_what="  The passport\r\nof the chair ")
    assert answer.url == to("case", case)
    says = f"Waits for: {WHAT} until {date_format(in_a_week(), 'j M Y')} · by Kari Nordmann Go on"
    for tab in Tab:
        answer = kari.get(reverse("case_tab", args=[case.reference, tab]))
        assert says in words(answer), tab
        assert f'href="{to("wait_for_information", case)}"' not in answer.content.decode()
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "Kari Nordmann let the case wait for information" in timeline
    assert f"Waits for: {WHAT}" in timeline
    assert f"until {date_format(in_a_week(), 'j M Y')}" in timeline


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"for_what": " "}, "Say what the case waits for."),
        ({"for_what": "x" * 301}, "at most 300 characters"),
        ({"until": ""}, "Choose the day on which the case goes on."),
        ({"until": "soon"}, "Enter a valid date."),
        ({"until": str(timezone.localdate())}, "The day must be tomorrow or later."),
        ({"until": str(timezone.localdate() + 91 * DAY)}, "A case waits for 90 days at most"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    kari: Client, fields: dict[str, str], says: str
) -> None:
    case = factories.case(assignee=factories.kari())
    answer = send(kari, case, **fields)
    assert answer.status_code == 422
    assert says in words(answer)
    sent = {"for_what": WHAT, "until": in_a_week().isoformat(), **fields}
    assert typed_in(answer) == (sent["for_what"].strip(), sent["until"])
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW


def test_who_is_late_is_told_in_words_and_keeps_what_was_typed(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    waiting.wait(case, Wait("The articles", in_a_week()), factories.maja())
    answer = send(kari, case)
    assert answer.status_code == 409
    assert "The case waits already. Waits for: The articles, until" in words(answer)
    assert typed_in(answer) == (WHAT, in_a_week().isoformat())
    Case.objects.filter(pk=case.pk).update(state=CaseState.PROPOSED, waits_for="", waits_until=None)
    answer = send(kari, case)
    assert "Its status: Waiting for countersignature." in words(answer)
    assert typed_in(answer)[0] == WHAT
    shown = kari.get(to("wait_for_information", case), follow=True)
    assert "Its status: Waiting for countersignature." in words(shown)
    assert shown.redirect_chain[-1][0] == to("case", case)


def test_sent_twice_it_waits_once(kari: Client) -> None:
    case = factories.case()
    assert [send(kari, case).status_code for _time in range(2)] == [302, 302]


def test_a_closed_case_does_not_wait(kari: Client) -> None:
    case = judging.decided()
    for name in ("wait_for_information", "go_on"):
        answer = kari.post(to(name, case), {"for_what": WHAT, "until": in_a_week().isoformat()}, follow=True)
        assert "The case is decided; it can be read, and reopened. Nothing was done." in words(answer)
    assert to("wait_for_information", case) not in kari.get(to("case", case)).content.decode()


# --- Going on --------------------------------------------------------------------------------------------------


def press_go_on(client: Client, shown: HttpResponse, case: Case) -> HttpResponse:
    (form,) = page(shown).xpath(f"//form[@action='{to('go_on', case)}']")
    return client.post(form.get("action"), dict(form.fields), follow=True)


def test_the_button_of_the_notice_goes_on_and_pressed_again_it_is_said_that_it_does(kari: Client) -> None:
    case = waits()
    shown = kari.get(to("case", case))
    assert f"{case.reference} goes on." in words(press_go_on(kari, shown, case))
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW
    assert "The case does not wait any more." in words(press_go_on(kari, shown, case))


def test_the_button_of_an_older_page_does_not_end_another_wait(kari: Client) -> None:
    case = waits()
    shown = kari.get(to("case", case))
    waiting.go_on(case, Wait(WHAT, in_a_week()), factories.maja())
    waiting.wait(case, Wait("The articles", in_a_week()), factories.maja())
    assert "waits for something else meanwhile" in words(press_go_on(kari, shown, case))
    assert "waits for something else meanwhile" in words(kari.post(to("go_on", case), follow=True))
    case.refresh_from_db()
    assert case.waits_for == "The articles"


def test_who_only_reads_sees_for_what_it_waits_and_no_button(client: Client) -> None:
    client.force_login(factories.auditor())
    shown = client.get(to("case", waits()))
    assert f"Waits for: {WHAT}" in words(shown)
    assert not page(shown).xpath("//form[contains(@action, 'go-on')]")


# --- What is to be done meanwhile ------------------------------------------------------------------------------


def next_step(client: Client, case: Case) -> str:
    return words(page(client.get(to("case", case))).xpath("//*[contains(@class, 'next')]")[0])


def test_the_next_step_says_what_the_case_waits_for(kari: Client) -> None:
    case = factories.session(mine(), SessionState.COMPLETE, payload="no_clean").case
    says = f"Waits for: {WHAT}, until {date_format(in_a_week(), 'j M Y')}. Go on as soon as it is there."
    assert says in next_step(kari, waits(case))


def test_an_alarm_waits_for_nobody(kari: Client) -> None:
    case = waits(factories.session(mine(), SessionState.COMPLETE, payload="no_bankrupt").case)
    assert group_of(kari, case) == str(Urgency.ALARM.label)
    assert "Look into this first" in next_step(kari, case)


def task_of(client: Client, case: Case) -> str:
    return words(page(client.get("/")).xpath(f"//*[@id='task-{case.reference}']")[0])


def test_on_my_work_it_stands_among_the_others_and_says_what_it_waits_for(kari: Client) -> None:
    says = f"Waits for: {WHAT}, until {date_format(in_a_week(), 'j M Y')}"
    for due in (-1, 3, None):
        case = mine(due)
        clean(factories.session(case, SessionState.COMPLETE, payload="no_clean").case)
        waits(read(case))
        assert (group_of(kari, case), task_of(kari, case)) == ("My other cases", says), due
    with_hits = mine()
    judging.capture(with_hits, judging.entry())
    waits(read(with_hits))
    assert (group_of(kari, with_hits), task_of(kari, with_hits)) == ("My other cases", says)
    shown = page(kari.get("/"))
    assert not shown.xpath("//*[@class='head']//a[contains(., 'overdue')]")
    assert not shown.xpath("//td[contains(@class, 'due')]//*[@class='late']")
    assert not page(kari.get("/cases/?assignee=me&due=overdue")).xpath("//table/tbody/tr")


def test_what_the_provider_does_not_keep_presses_although_it_waits(kari: Client) -> None:
    case = mine()
    ready(case, 10)
    waits(clean(read(case)))
    assert group_of(kari, case) == str(Urgency.EXPIRING.label)
    unread = clean(factories.session(mine(), SessionState.COMPLETE, payload="no_clean").case)
    waits(unread)
    assert (group_of(kari, unread), task_of(kari, unread)) == ("New results", "Read the new result")


def test_once_it_goes_on_its_day_presses_again(kari: Client) -> None:
    case = mine(-1)
    clean(factories.session(case, SessionState.COMPLETE, payload="no_clean").case)
    waits(read(case))
    press_go_on(kari, kari.get(to("case", case)), case)
    assert group_of(kari, case) == "Overdue"
    assert [reference for found in groups(kari.get("/")).values() for reference in found] == [case.reference]
