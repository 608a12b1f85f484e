"""Changing a case, handing it over or back, correcting its number, and withdrawing it, as people do it."""

import datetime
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import AmlSession, Case, CaseState, SessionState
from tests import factories
from tests.web.pages import cells, groups, page, press, words

pytestmark = pytest.mark.django_db

RIGHT = "317835337"


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.fixture
def maja() -> Client:
    other = Client()
    other.force_login(factories.maja())
    return other


def to(name: str, case: Case) -> str:
    return reverse(name, args=[case.reference])


def filled(answer: HttpResponse, **fields: Any) -> dict[str, Any]:
    """The page's own form, as a browser would send it, with these fields typed."""
    form = page(answer).xpath("//main//form[@class='form']")[0]
    found = {name: value for name, value in dict(form.fields).items() if value is not None}
    found.pop("csrfmiddlewaretoken", None)
    found["seen_warning"] = form.xpath(".//input[@name='seen_warning']/@value")
    return {**found, **fields}


def change(client: Client, case: Case, **fields: Any) -> HttpResponse:
    return client.post(
        to("change_case", case), filled(client.get(to("change_case", case)), **fields), follow=True
    )


def unknown(**fields: Any) -> Case:
    case = factories.case(**fields)
    refused = {"json": "FAILED", "aml": "FAILED", "certificate_of_registration": "FAILED"}
    factories.session(case, SessionState.FAILED, refused, reason="not_found")
    return case


# --- Changing ---


def test_day_purpose_reference_and_person_are_changed(kari: Client) -> None:
    case = factories.case(assignee=factories.kari(), purpose="a\r\nb")
    answer = change(kari, case, due="2026-12-24", customer_reference="K-1", assignee=str(factories.maja().pk))
    case.refresh_from_db()
    assert "The case is changed." in words(answer)
    assert (case.due, case.customer_reference, case.purpose) == (
        datetime.date(2026, 12, 24),
        "K-1",
        "a\r\nb",
    )
    assert case.assignee == factories.maja()
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "Kari Nordmann changed the case" in timeline
    assert "Due: none → 24 Dec 2026" in timeline
    assert "Customer reference: none → K-1" in timeline
    assert "Kari Nordmann handed the case over" in timeline
    assert "assigned to Maja Berg" in timeline


def test_a_day_that_is_past_is_warned_of_once(kari: Client) -> None:
    case = factories.case()
    warned = change(kari, case, due="2020-01-02")
    assert "This day is past" in words(warned)
    case.refresh_from_db()
    assert case.due is None
    assert "The case is changed." in words(kari.post(to("change_case", case), filled(warned), follow=True))
    case.refresh_from_db()
    assert case.due == datetime.date(2020, 1, 2)
    # What the case said before is not warned of again.
    assert "The case is changed." in words(change(kari, case, purpose="Loan"))


def test_a_day_far_ahead_is_refused_as_a_slip(kari: Client) -> None:
    case = factories.case()
    assert "more than five years ahead" in words(change(kari, case, due="2999-01-01"))
    answer = press(kari, "/cases/new/", {"kind": "ORG", "identifier": RIGHT, "due": "2999-01-01"})
    assert "more than five years ahead" in words(answer)


def test_nothing_changed_is_said(kari: Client) -> None:
    assert "Nothing was changed." in words(change(kari, factories.case(purpose="a\r\nb")))


def test_who_was_slower_is_told_what_changed_and_keeps_what_was_typed(kari: Client, maja: Client) -> None:
    case = factories.case(due=datetime.date(2026, 12, 1))
    typed = filled(kari.get(to("change_case", case)), purpose="Typed by Kari", due="2026-12-05")
    change(maja, case, due="2026-12-03", assignee=str(factories.maja().pk))
    refused = press(kari, to("change_case", case), typed)
    assert "Nothing is changed yet." in words(refused)
    assert "Due: 1 Dec 2026 → 3 Dec 2026" in words(refused)
    assert "Assigned to: none → Maja Berg" in words(refused)
    again = filled(refused)
    assert (again["purpose"].strip(), again["due"]) == ("Typed by Kari", "2026-12-05")
    case.refresh_from_db()
    assert (case.purpose, case.due) == ("", datetime.date(2026, 12, 3))


def test_what_is_newer_is_told_even_after_something_else_was_refused(kari: Client, maja: Client) -> None:
    case = factories.case()
    typed = filled(kari.get(to("change_case", case)), purpose="Kari's", due="soon")
    change(maja, case, purpose="Maja's")
    refused = press(kari, to("change_case", case), typed)
    assert page(refused).xpath("//*[@class='errors']")
    assert "Purpose: none → Maja's" in words(
        press(kari, to("change_case", case), filled(refused, due="2026-12-24"))
    )


def test_sent_once_more_it_replaces_what_the_other_wrote(kari: Client, maja: Client) -> None:
    case = factories.case()
    typed = filled(kari.get(to("change_case", case)), purpose="Kari's")
    change(maja, case, purpose="Maja's")
    press(kari, to("change_case", case), filled(press(kari, to("change_case", case), typed)))
    case.refresh_from_db()
    assert case.purpose == "Kari's"


def test_a_form_that_comes_back_broken_changes_nothing(kari: Client) -> None:
    case = factories.case(purpose="Kept")
    shown = {"due": "", "purpose": "Kept", "customer_reference": "", "assignee": None}
    wrong: list[dict[str, Any]] = [
        {"due": 5},
        {"due": []},
        {"due": "soon"},
        {"purpose": 5},
        {"purpose": None},
        {"purpose": "\ud800"},
        {"customer_reference": ["K-1"]},
        {"assignee": "Kari"},
        {"assignee": 1.5},
        {"assignee": True},
        {"assignee": {}},
    ]
    broken = ["", "{", "[]", "null", "[" * 100_000, '{"due": ""}']
    for seen in [*broken, *(json.dumps(shown | value) for value in wrong)]:
        answer = change(kari, case, seen=seen, purpose="Lost")
        assert "Nothing is changed yet." in words(answer), seen[:100]
        case.refresh_from_db()
        assert case.purpose == "Kept", seen[:100]


def test_what_cannot_be_kept_is_refused_at_its_field(kari: Client) -> None:
    case = factories.case()
    for wrong in ({"due": "soon"}, {"purpose": "x" * 301}, {"assignee": "999999"}):
        assert page(change(kari, case, **wrong)).xpath("//*[@class='errors']")


def test_the_case_of_somebody_else_is_theirs_to_hand_over_and_the_rest_can_be_changed(kari: Client) -> None:
    case = factories.case(assignee=factories.maja())
    shown = kari.get(to("change_case", case))
    assert not page(shown).xpath("//*[@name='assignee']")
    change(kari, case, purpose="Seen to", assignee=str(factories.kari().pk))
    case.refresh_from_db()
    assert (case.purpose, case.assignee) == ("Seen to", factories.maja())
    lead = Client()
    lead.force_login(factories.lead())
    change(lead, case, assignee="")
    case.refresh_from_db()
    assert case.assignee is None


def test_a_case_is_handed_back_from_its_menu_by_who_has_it(kari: Client, maja: Client) -> None:
    case = factories.case(assignee=factories.kari())
    back = to("hand_back", case)
    assert f'action="{back}"' in kari.get(to("case", case)).content.decode()
    assert f'action="{back}"' not in maja.get(to("case", case)).content.decode()
    assert "not yours any more" in words(maja.post(back, follow=True))
    kari.post(back)
    case.refresh_from_db()
    assert case.assignee is None


# --- A number that nobody knows ---


def test_a_number_that_nobody_knows_is_said_once_and_no_order_is_offered_again_and_again(
    kari: Client,
) -> None:
    case = unknown(assignee=factories.kari())
    shown = page(kari.get(to("case", case)))
    links = [link.get("href") for link in shown.xpath("//main//a")]
    assert links.count(to("order_again", case)) == 1  # in the menu, for a firm registered since
    assert to("correct_number", case) in links
    assert to("withdraw_case", case) in links
    assert "was not found" in words(shown)


def test_the_number_is_corrected_and_ordered(kari: Client) -> None:
    case = unknown()
    shown = kari.get(to("correct_number", case))
    assert "charged" in words(page(shown).xpath("//main//button[@type='submit']")[0])
    answer = press(kari, to("correct_number", case), filled(shown, identifier=RIGHT), follow=True)
    case.refresh_from_db()
    assert "The number is corrected" in words(answer)
    assert case.organisation.value == RIGHT
    assert case.sessions.latest("number").state == SessionState.REQUESTED
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "corrected the number of the organisation" in timeline
    assert "→ NO 317 835 337" in timeline


def test_a_corrected_number_is_warned_of_like_a_new_one(kari: Client) -> None:
    case = unknown()
    shown = kari.get(to("correct_number", case))
    number = case.organisation.value
    for typed, says in (
        ("123456789", "The check digit is wrong."),
        ("700501-1234", "number of a person"),
        (number, "the number that the case has already"),
        ("", "This field is required."),
    ):
        assert says in words(press(kari, to("correct_number", case), filled(shown, identifier=typed)))
    assert AmlSession.objects.count() == 1
    warned = press(kari, to("correct_number", case), filled(shown, identifier="123456789"))
    press(kari, to("correct_number", case), filled(warned, anyway="no ORG 123456789"))
    case.refresh_from_db()
    assert case.organisation.value == "123456789"


def test_what_was_corrected_meanwhile_or_captured_is_not_corrected_again(kari: Client) -> None:
    case = unknown()
    shown = filled(kari.get(to("correct_number", case)), identifier=RIGHT)
    press(kari, to("correct_number", case), shown)
    answer = press(kari, to("correct_number", case), {**shown, "identifier": "312433060"}, follow=True)
    assert "Nothing was done." in words(answer)
    case.refresh_from_db()
    assert case.organisation.value == RIGHT
    captured = factories.session(state=SessionState.COMPLETE).case
    for name in ("correct_number", "withdraw_case"):
        assert "Nothing was done." in words(kari.get(to(name, captured), follow=True))
        assert f'href="{to(name, captured)}"' not in kari.get(to("case", captured)).content.decode()


# --- Withdrawing ---


def withdrawn(client: Client, **fields: Any) -> Case:
    case = unknown(**fields)
    client.post(to("withdraw_case", case), {"reason": "The customer gave a wrong number"})
    case.refresh_from_db()
    return case


def test_a_case_is_withdrawn_with_a_reason_only(kari: Client) -> None:
    case = unknown()
    for reason in ("", "   ", "x" * 301):
        assert page(press(kari, to("withdraw_case", case), {"reason": reason})).xpath("//*[@class='errors']")
    case = withdrawn(kari)
    assert case.state == CaseState.WITHDRAWN
    shown = words(kari.get(to("case", case)))
    assert "This case was withdrawn" in shown
    assert "The customer gave a wrong number" in shown
    assert "there is nothing to do" in shown


def test_a_withdrawn_case_is_read_and_nothing_else(kari: Client) -> None:
    case = withdrawn(kari)
    pages = [to("case", case), reverse("case_tab", args=[case.reference, "timeline"])]
    names = ["change_case", "hand_back", "correct_number", "withdraw_case", "order_again", "take", "comment"]
    names += ["resolve_capture"]
    for address in pages:
        offered = kari.get(address).content.decode()
        assert [name for name in names if to(name, case) in offered] == []
    for name in names:
        sent = {"after": 1, "text": "x", "submission": "0b9a7f3a-0000-4000-8000-000000000000", "reason": "y"}
        sent |= {"capture": 1, "choice": "close"}
        answer = kari.post(to(name, case), sent, follow=True)
        assert "withdrawn" in words(answer), name
    case.refresh_from_db()
    assert (case.sessions.count(), case.assignee) == (1, None)
    written = {"text": "Written before I knew", "submission": "0b9a7f3a-0000-4000-8000-000000000000"}
    assert "Written before I knew" in words(kari.post(to("comment", case), written))


def test_a_withdrawn_case_is_no_work_and_can_be_found(kari: Client) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    case = withdrawn(kari, assignee=factories.kari(), due=yesterday)
    nobodys = withdrawn(kari)
    assert not any(case.reference in found for found in groups(kari.get("/")).values())
    for query in ("?due=overdue", "?assignee=me", "?assignee=nobody", "?capture=stuck", "?status=open"):
        shown = kari.get(f"/cases/{query}").content.decode()
        assert not {case.reference, nobodys.reference} & set(shown.split("/")), query
    for query in ("", "?status=WITHDRAWN", "?status=WITHDRAWN&assignee=me"):
        assert case.reference in kari.get(f"/cases/{query}").content.decode(), query
    lead = Client()
    lead.force_login(factories.lead())
    assert case.reference not in lead.get("/provider/").content.decode()


def test_a_case_withdrawn_because_nothing_came_is_no_alarm_in_the_list(kari: Client) -> None:
    nothing_came = withdrawn(kari)
    screened = factories.session(state=SessionState.COMPLETE).case
    failed = factories.session(state=SessionState.FAILED).case
    for sort in ("screening", "-screening"):
        rows = cells(kari.get(f"/cases/?sort={sort}"))
        assert [row[0] for row in rows][-1] == nothing_came.reference
        assert {row[0] for row in rows[:2]} == {screened.reference, failed.reference}
        assert "not screened" in rows[-1]
        assert "nothing came" in rows[-1]
        assert not [cell for cell in rows[-1] if "alarm" in cell.lower() or "screening failed" in cell]
