"""Ordering a new capture: what it costs, what did not come, and what a small one leaves as it is."""

import functools
import json
import operator
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import AmlSession, ArtefactState, Case, SessionState
from cases.web.case_page.tab_names import Tab
from cases.web.sign_in import typed
from cases.workflows.ordering import session_requests
from tests import factories
from tests.findings.reading import Page
from tests.findings.reading import payload as result_in
from tests.web.pages import page, press, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


AGAIN = {"again_reason": "New board"}
ORDERED = list(session_requests.ResultRequest().expands)


def order_address(case: Case) -> str:
    return reverse("order_again", args=[case.reference])


def test_asking_again_says_what_it_costs_and_orders_nothing_by_itself(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    text = Page(kari.get(order_address(session.case)).content.decode()).text
    assert "It costs what a session costs" in text
    assert "charged" in text
    assert AmlSession.objects.count() == 1


def test_every_link_that_leads_to_an_order_says_that_it_is_charged(kari: Client) -> None:
    for state in (SessionState.FAILED, SessionState.PARTIAL, SessionState.COMPLETE):
        case = factories.session(factories.case(assignee=factories.kari()), state).case
        for address in (reverse("case_tab", args=[case.reference, Tab.OVERVIEW]), "/"):
            links = page(kari.get(address)).xpath(f"//a[starts-with(@href, '{order_address(case)}')]")
            assert [words(link) for link in links if "is charged" not in words(link)] == []
        assert page(kari.get(f"/cases/{case.reference}/")).xpath(
            f"//a[starts-with(@href, '{order_address(case)}')]"
        )


def test_a_new_capture_is_ordered_when_that_is_confirmed(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    answer = press(kari, order_address(session.case), {"after": 1, **AGAIN})
    assert answer.status_code == 302
    newest = AmlSession.objects.latest("number")
    assert (newest.number, newest.state, newest.requested_by) == (2, SessionState.REQUESTED, factories.kari())


def test_the_same_confirmation_sent_twice_orders_once_even_after_the_first_has_ended(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    press(kari, order_address(session.case), {"after": 1, **AGAIN})
    AmlSession.objects.filter(number=2).update(
        state="FAILED", reason="x", ended_at=timezone.now(), next_step_at=None
    )
    answer = press(kari, order_address(session.case), {"after": 1}, follow=True)
    assert "was ordered already" in answer.content.decode()
    assert AmlSession.objects.count() == 2


def test_while_a_capture_has_not_ended_another_cannot_be_ordered(kari: Client) -> None:
    for state in (SessionState.OPEN, SessionState.UNKNOWN):
        session = factories.session(state=state)
        assert "has not ended yet" in Page(kari.get(order_address(session.case)).content.decode()).text
        press(kari, order_address(session.case), {"after": 1})
        assert session.case.sessions.count() == 1


def test_a_smaller_order_can_be_repeated_as_it_was_or_widened(kari: Client) -> None:
    for what, expands in (("same", ["address"]), ("full", list(session_requests.ResultRequest().expands))):
        session = factories.session(state=SessionState.COMPLETE, expands=["address"], reports=[])
        assert "The same as last time" in Page(kari.get(order_address(session.case)).content.decode()).text
        press(kari, order_address(session.case), {"after": 1, "preset": what, **AGAIN})
        assert session.case.sessions.latest("number").expands == expands


def test_only_what_did_not_come_is_ordered_again(kari: Client) -> None:
    """Report by report; of a result of which nothing came, all."""
    captured = dict.fromkeys(["json", "aml", "certificate_of_registration"], "CAPTURED")
    of_result = [word for word in session_requests.ResultRequest().expands if not word.startswith("links.")]
    whole = {"expands": [*of_result, "links.reports.aml", "links.reports.certificate_of_incorporation"]}
    for results, payload, ordered in (
        ({**captured, "aml": "FAILED"}, "no_full", (["aml"], ["links.reports.aml"])),
        ({**captured, "json": "EXPIRED"}, "no_full", ([], of_result)),
        (captured, "no_null", ([], of_result)),
        (
            {**captured, "json": "EXPIRED", "aml": "FAILED"},
            "no_full",
            (["aml"], [*of_result, "links.reports.aml"]),
        ),
    ):
        session = factories.session(state=SessionState.PARTIAL, results=results, payload=payload, **whole)
        shown = kari.get(f"{order_address(session.case)}?what=missing").content.decode()
        assert 'value="missing" checked' in shown
        press(kari, order_address(session.case), {"after": 1, "preset": "missing"})
        newest = session.case.sessions.latest("number")
        assert (newest.number, newest.ordered_reports, newest.expands) == (2, *ordered)


@pytest.mark.parametrize(
    ("lost", "aml", "ordered"),
    [
        (("authorities",), "CAPTURED", {"authorities"}),
        (("authorities", "financials.accountant"), "CAPTURED", {"authorities", "financials.accountant"}),
        (("authorities",), "FAILED", {"authorities", "links.reports.aml"}),
        (("sanction", "roles"), "CAPTURED", {"sanction", "roles"}),
        (("keyInformation",), "CAPTURED", {word for word in ORDERED if not word.startswith("links.")}),
    ],
)
def test_the_missing_parts_are_those_of_the_result_that_did_not_come(
    kari: Client, lost: tuple[str, ...], aml: str, ordered: set[str]
) -> None:
    case = captured_without(lost, aml).case
    assert 'value="missing" checked' in kari.get(f"{order_address(case)}?what=missing").content.decode()
    press(kari, order_address(case), {"after": 1, "preset": "missing"})
    assert set(case.sessions.latest("number").expands) == ordered


def captured_without(lost: tuple[str, ...], aml: str = "CAPTURED", **fields: Any) -> AmlSession:
    document = result_in("no_full")
    for place in lost:
        *folders, last = place.split(".")
        del functools.reduce(operator.getitem, folders, document)[last]
    reports = {"aml": aml, "certificate_of_registration": "CAPTURED"}
    state = SessionState.COMPLETE if aml == "CAPTURED" else SessionState.PARTIAL
    session = factories.session(state=state, results=reports, **fields)
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=json.dumps(document).encode())
    return session


UNSCREENED = [word for word in ORDERED if word != "sanction"]
OF_OWNERS = [word for word in ORDERED if word.split(".")[0] in {"ownership", "roles", "sanction"}]


@pytest.mark.parametrize(
    ("expands", "preset", "ordered"),
    [
        (["address"], "screening", {"address", *OF_OWNERS}),
        (["sanction"], "owners", OF_OWNERS),
        (["address", "sanction"], "screening", {"address", *OF_OWNERS}),
        (["roles", "ownership.beneficials"], "owners", OF_OWNERS),
        (UNSCREENED, "full", ORDERED),
        (ORDERED, "full", ORDERED),
    ],
)
def test_an_order_of_the_screening_screens_owners_and_role_holders_and_keeps_the_rest(
    kari: Client, expands: list[str], preset: str, ordered: Iterable[str]
) -> None:
    reports = [] if len(expands) < 5 else list(session_requests.ResultRequest().reports)
    case = factories.session(state=SessionState.COMPLETE, expands=expands, reports=reports).case
    assert chosen(kari, f"{order_address(case)}?what=screening") == preset
    press(kari, order_address(case), {"after": 1, "preset": preset, **AGAIN})
    assert set(case.sessions.latest("number").expands) == set(ordered)


def chosen(client: Client, address: str) -> str:
    (found,) = page(client.get(address)).xpath("//input[@name='preset'][@checked]/@value")
    return str(found)


PROMISES = {
    "Order screening": {"screening", "owners", "full"},
    "Order the missing parts": {"missing"},
    "Order new capture": {"missing", "same", "full"},
}


def test_every_link_to_an_order_leads_to_what_its_words_promise(kari: Client) -> None:
    sessions_made = (
        captured_without(("sanction",), expands=["address"]),
        captured_without(("sanction",), expands=UNSCREENED),
        captured_without(("authorities",), "EXPIRED"),
        factories.session(state=SessionState.FAILED),
    )
    Case.objects.update(assignee=factories.kari())
    followed = set()
    for case in (session.case for session in sessions_made):
        for address in (reverse("case_tab", args=[case.reference, Tab.OVERVIEW]), "/"):
            for link in page(kari.get(address)).xpath(f"//a[starts-with(@href, '{order_address(case)}')]"):
                promise = words(link).split(" (")[0]
                followed.add(promise)
                assert chosen(kari, link.get("href")) in PROMISES[promise], (promise, link.get("href"))
    assert followed == set(PROMISES)


def test_where_everything_came_or_nothing_did_no_missing_parts_are_offered(kari: Client) -> None:
    for session in (
        factories.session(state=SessionState.FAILED),
        factories.session(state=SessionState.COMPLETE, expands=["address"], reports=[]),
    ):
        assert "Missing parts only" not in kari.get(order_address(session.case)).content.decode()
        assert press(kari, order_address(session.case), {"after": 1, "preset": "missing"}).status_code == 200
        assert session.case.sessions.count() == 1


def test_nothing_ticked_orders_nothing(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    answer = press(kari, order_address(session.case), {"after": 1, "preset": "custom"})
    assert "Tick at least one part or report" in answer.content.decode()
    assert AmlSession.objects.count() == 1


def test_a_capture_of_reports_alone_takes_no_place_of_what_it_did_not_order(kari: Client) -> None:
    """Its result holds key information and no more: hits and owners that are known do not read as not ordered."""
    case = factories.session(state=SessionState.PARTIAL).case
    known = (case.screening, case.hit_count, case.beneficial_owner_count)
    alone = {"reports": ["aml"], "expands": ["links.reports.aml"]}
    second = factories.session(case, SessionState.COMPLETE, {"aml": "CAPTURED"}, **alone)
    key = json.dumps({"keyInformation": result_in("no_full")["keyInformation"]}).encode()
    factories.artefact(second, state=ArtefactState.CAPTURED, data=key)
    shown = Page(kari.get(reverse("case_tab", args=[case.reference, Tab.OVERVIEW])).content.decode()).text
    assert "ordered only: AML report (PDF)." in shown
    assert "From capture 1" in shown
    case.refresh_from_db()
    assert (case.screening, case.hit_count, case.beneficial_owner_count) == known


def test_a_report_that_was_ordered_alone_is_no_longer_missing(kari: Client) -> None:
    """On the page and in the lists: the verdict on the documents is one answer."""
    captured = {"json": "CAPTURED", "certificate_of_registration": "CAPTURED"}
    case = factories.session(state=SessionState.PARTIAL, results={**captured, "aml": "FAILED"}).case
    assert case.verdicts["documents"] == "points_to_check"
    alone = {"reports": ["aml"], "expands": ["links.reports.aml"]}
    second = factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED", "aml": "CAPTURED"}, **alone)
    case.refresh_from_db()
    assert case.verdicts["documents"] == "in_order"
    shown = page(kari.get(reverse("case_tab", args=[case.reference, Tab.OVERVIEW]), {"session": 1}))
    (chip,) = shown.xpath("//a[@data-topic='documents']")
    assert "3 of 3 captured" in chip.text_content()
    factories.signature_check(second.artefacts.get(kind="aml"), "ALTERED", explanation="changed_after")
    case.refresh_from_db()
    assert (case.verdicts["documents"], case.evidence) == ("alarm", "ALTERED")


def test_a_further_capture_is_ordered_in_the_language_chosen_else_in_that_of_the_last(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE, language="nn")
    offered = page(kari.get(order_address(session.case))).xpath(
        "//select[@name='language']/option[@selected]/@value"
    )
    assert offered == ["nn"]

    refused = press(kari, order_address(session.case), {"after": 1, "language": "tlh"})
    assert (refused.status_code, AmlSession.objects.count()) == (200, 1)
    assert "not one of the available choices" in refused.content.decode()

    press(kari, order_address(session.case), {"after": 1, "language": "nb", **AGAIN})
    assert session.case.sessions.latest("number").language == "nb"
    shown = kari.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW]))
    assert "Norwegian (Bokmål)" in Page(shown.content.decode()).text


def test_a_case_without_a_capture_can_have_its_first(kari: Client) -> None:
    case = factories.case()
    assert kari.get(order_address(case)).status_code == 200
    press(kari, order_address(case), {"after": 0})
    assert case.sessions.count() == 1


def test_an_order_that_was_not_finished_comes_back_as_it_was_chosen(kari: Client) -> None:
    """The usual order may bring, and cost, more than was meant."""
    case = factories.session(state=SessionState.COMPLETE).case
    for preset, ticks in (("custom", ["roles"]), ("custom", []), ("owners", ["address"]), ("full", [])):
        fields = {"after": ["1"], "preset": [preset], "wanted": ticks}
        session = kari.session
        word = typed.remember(session, typed.Typed("order_again", fields, was_sent=False))
        session.save()
        shown = page(kari.get(order_address(case), {typed.PARAMETER: word}))
        assert shown.xpath("//input[@name='preset'][@checked]/@value") == [preset]
        assert shown.xpath("//input[@name='wanted'][@checked]/@value") == ticks


# --- A firm that was ordered lately ---


def test_another_capture_of_a_firm_captured_lately_needs_a_reason(kari: Client) -> None:
    case = factories.session(state=SessionState.COMPLETE).case
    shown = kari.get(order_address(case))
    assert f"This firm was captured lately, in {case.reference}." in words(shown)
    assert not page(shown).xpath("//*[@class='error']")
    for reason in ("", "  "):
        refused = press(kari, order_address(case), {"after": 1, "preset": "full", "again_reason": reason})
        assert "say why another order is needed" in words(refused)
    assert case.sessions.count() == 1
    press(kari, order_address(case), {"after": 1, "preset": "full", **AGAIN})
    assert case.sessions.count() == 2
    timeline = kari.get(reverse("case_tab", args=[case.reference, Tab.TIMELINE]))
    assert "Why another order: New board" in words(timeline)


def test_the_missing_parts_need_no_reason_and_what_is_ordered_beside_them_does(kari: Client) -> None:
    captured = {"json": "CAPTURED", "aml": "FAILED", "certificate_of_registration": "CAPTURED"}
    for preset, ordered in (("full", 1), ("same", 1), ("missing", 2)):
        case = factories.session(state=SessionState.PARTIAL, results=captured).case
        press(kari, order_address(case), {"after": 1, "preset": preset})
        assert (preset, case.sessions.count()) == (preset, ordered)


def test_what_is_about_another_organisation_is_no_missing_part(kari: Client) -> None:
    """The same order would bring it again, and is charged again."""
    case = factories.case()
    session = factories.session(case, SessionState.COMPLETE, results={})
    factories.artefact(session, "json", ArtefactState.CAPTURED, about_us=False)
    factories.artefact(session, "aml", ArtefactState.FAILED)
    assert "Missing parts only" not in words(kari.get(order_address(case)))
    press(kari, order_address(case), {"after": 1, "preset": "full"})
    assert case.sessions.count() == 1


def test_where_the_firm_was_ordered_in_another_case_that_is_opened(kari: Client) -> None:
    case = factories.session(state=SessionState.FAILED).case
    other = factories.session(factories.case(case.organisation), SessionState.OPEN).case
    shown = page(kari.get(order_address(case)))
    (main,) = shown.xpath("//main//*[@data-variant='primary']")
    assert words(main) == f"Open {other.reference}"
    press(kari, order_address(case), {"after": 1, "preset": "full"})
    assert case.sessions.count() == 1


def test_missing_parts_that_did_not_come_again_are_still_called_so(kari: Client) -> None:
    lacking = {"json": "CAPTURED", "aml": "FAILED", "certificate_of_registration": "CAPTURED"}
    alone = {"reports": ["aml"], "expands": ["links.reports.aml"]}
    for state, results in (
        (SessionState.PARTIAL, {"json": "CAPTURED", "aml": "FAILED"}),
        (SessionState.FAILED, {"json": "FAILED", "aml": "FAILED"}),
    ):
        case = factories.session(state=SessionState.PARTIAL, results=lacking).case
        factories.session(case, state, results, **alone)
        overview = kari.get(reverse("case_tab", args=[case.reference, Tab.OVERVIEW]))
        assert f"{order_address(case)}?what=missing" in overview.content.decode()
        shown = page(kari.get(f"{order_address(case)}?what=missing"))
        assert shown.xpath("//input[@name='preset'][@checked]/@value") == ["missing"]
        assert "The same as last time" not in words(shown)


def of_accounts_after_everything() -> Case:
    case = factories.session(state=SessionState.COMPLETE).case
    factories.session(
        case, SessionState.COMPLETE, {"json": "CAPTURED"}, expands=["financials.accounting"], reports=[]
    )
    return case


def test_what_is_known_is_ticked_beforehand_also_after_a_smaller_capture(kari: Client) -> None:
    case = of_accounts_after_everything()
    shown = page(kari.get(order_address(case)))
    ticks = set(shown.xpath("//input[@name='wanted']/@value"))
    assert shown.xpath("//input[@name='preset'][@checked]/@value") == ["full"]
    assert set(shown.xpath("//input[@name='wanted'][@checked]/@value")) == ticks
    for first, last in ((["address", "sanction"], ["roles"]), (["sanction"], ["sanction", "address"])):
        case = factories.session(state=SessionState.COMPLETE, expands=first, reports=[]).case
        factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED"}, expands=last, reports=[])
        shown = page(kari.get(order_address(case)))
        assert set(shown.xpath("//input[@name='wanted'][@checked]/@value")) == {*first, *last}
        (chosen,) = shown.xpath("//input[@name='preset'][@checked]/@value")
        press(kari, order_address(case), {"after": 2, "preset": chosen, **AGAIN})
        assert set(case.sessions.latest("number").expands) == {*first, *last}


def test_the_order_form_says_what_goes_on_being_shown_and_from_which_capture(kari: Client) -> None:
    (held,) = page(kari.get(order_address(of_accounts_after_everything()))).xpath(
        "//*[contains(@class, 'held')]"
    )
    newest, first = map(words, held.xpath(".//li"))
    assert newest.startswith("Capture 2 (")
    assert newest.endswith(": Accounts")
    assert first.startswith("Capture 1 (")
    assert "Sanctions lists" in first
    assert "AML report (PDF)" in first
    assert "Accounts" not in first
    nothing = page(kari.get(order_address(factories.session(state=SessionState.FAILED).case)))
    assert not nothing.xpath("//*[contains(@class, 'held')]")
