"""The overview: what is grave, what to do next, how old it is, which countries, each with its way on."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement
from pytest_django import Settings

from cases.models import AmlSession, ArtefactState, Case, SessionState
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.findings.reading import payload
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

_S = SessionState
ORDER = "Order new capture (a new search is charged)"
MISSING = "Order the missing parts (a new search is charged)"
LOOK = "overview/#capture"
LOOKED = {"reopened_at": timezone.now()}
GONE = {"results": {"json": "CAPTURED", "aml": "EXPIRED"}}
NO_RESULT = {"results": {"json": "FAILED", "aml": "CAPTURED"}}


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def mine(**fields: Any) -> Case:
    return factories.case(assignee=factories.kari(), **fields)


def captured(
    document: dict[str, Any], case: Case | None = None, expands: list[str] | None = None, **fields: Any
) -> AmlSession:
    ordered = {} if expands is None else {"expands": expands}
    session = factories.session(case or mine(), SessionState.COMPLETE, results={}, **ordered)
    data = json.dumps(document).encode()
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=data, **fields)
    return session


def overview(client: Client, case: Case, **query: Any) -> HtmlElement:
    return page(client.get(reverse("case_tab", args=[case.reference, Tab.OVERVIEW]), query))


def next_step(client: Client, case: Case, **query: Any) -> tuple[str, str]:
    """The sentence with its link's words, and where the link or button leads."""
    (panel,) = overview(client, case, **query).xpath("//section[contains(@class, 'next')]")
    (say,) = panel.xpath("./div[@class='say']")
    leads = [*say.xpath(".//a/@href"), *say.xpath(".//form/@action")]
    return words(say), leads[0] if leads else ""


def tab(case: Case, name: Tab) -> str:
    return reverse("case_tab", args=[case.reference, name])


# --- The next step ---


def test_a_case_nobody_has_is_to_be_taken_first_of_all(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    assert next_step(kari, session.case) == (
        "Nobody has this case yet. Take it",
        reverse("take", args=[session.case.reference]),
    )
    assert kari.post(next_step(kari, session.case)[1]).status_code == 302
    session.case.refresh_from_db()
    assert session.case.assignee == factories.kari()


def test_who_may_not_take_a_case_is_not_asked_to(client: Client) -> None:
    client.force_login(factories.auditor())
    session = factories.session(state=SessionState.COMPLETE)
    assert next_step(client, session.case)[0].startswith("2 sanctions hits wait to be judged")


def test_an_order_in_doubt_is_to_be_decided_on(kari: Client, client: Client) -> None:
    session = factories.session(mine(), SessionState.UNKNOWN, lost_answers=1)
    text, leads = next_step(kari, session.case)
    assert text.endswith("Resolve the order")
    assert leads == reverse("resolve_capture", args=[session.case.reference])
    client.force_login(factories.auditor())
    text, leads = next_step(client, session.case)
    assert text.endswith("Somebody who may order captures must resolve it.")
    assert leads == ""


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (_S.UNKNOWN, "The portal does not know whether its order was taken. Resolve the order"),
        (_S.QUARANTINED, "The portal had to stop. Resolve the order"),
    ],
)
def test_what_stands_still_is_said_as_it_is_known(kari: Client, state: str, says: str) -> None:
    case = mine()
    session = factories.session(case, state, {"json": "CAPTURED"})
    gone = timezone.now() - datetime.timedelta(minutes=1)
    factories.artefact(session, "aml", ArtefactState.READY, expires_at=gone)
    assert next_step(kari, case)[0] == says
    (step,) = overview(kari, case).xpath("//li[@id='capture-aml']")
    assert "It should be gone from the provider by now." in words(step)
    assert "still asks for it" not in words(step)


def test_a_case_without_any_capture_is_to_have_one(kari: Client) -> None:
    case = mine()
    assert next_step(kari, case) == (
        f"Nothing was ordered yet. {ORDER}",
        reverse("order_again", args=[case.reference]),
    )


def test_while_the_result_is_to_come_there_is_nothing_to_do(kari: Client) -> None:
    text, leads = next_step(kari, factories.session(mine()).case)
    assert text.startswith("The result is awaited")
    assert leads == "#capture"


def test_a_capture_that_brought_nothing_is_to_be_repeated(kari: Client) -> None:
    case = factories.session(mine(), SessionState.FAILED).case
    assert next_step(kari, case)[0] == f"Capture 1 brought no result. {ORDER}"


@pytest.mark.parametrize(
    ("state", "fields", "says", "place"),
    [
        (_S.FAILED, {"provider_id": "s-1"}, "Capture 1 brought no result. Look again, at no cost", LOOK),
        (_S.FAILED, {"provider_id": "s-1", **LOOKED}, f"Capture 1 brought no result. {ORDER}", "order/"),
        (_S.PARTIAL, {}, "2 of the results ordered did not come. Look again, at no cost", LOOK),
        (_S.PARTIAL, LOOKED, f"2 of the results ordered did not come. {MISSING}", "order/?what=missing"),
        (_S.PARTIAL, GONE, f"1 of the results ordered did not come. {MISSING}", "order/?what=missing"),
        (_S.PARTIAL, NO_RESULT, "Capture 1 brought no result. Look again, at no cost", LOOK),
    ],
)
def test_what_did_not_come_is_looked_for_at_no_cost_before_it_is_ordered_again(
    kari: Client, state: str, fields: dict[str, Any], says: str, place: str
) -> None:
    case = factories.session(mine(), state, **fields).case
    assert next_step(kari, case) == (says, f"/cases/{case.reference}/{place}")


def test_who_may_not_order_is_told_that_somebody_must(client: Client) -> None:
    client.force_login(factories.auditor())
    case = factories.session(mine(), SessionState.PARTIAL).case
    assert next_step(client, case) == (
        "2 of the results ordered did not come. Somebody who may order captures must order one.",
        "",
    )


def test_an_alarm_comes_before_a_document_that_did_not_come(kari: Client) -> None:
    case = factories.session(mine(), SessionState.PARTIAL, payload="no_bankrupt").case
    assert next_step(kari, case)[0].startswith("Look into this first: ")


def test_where_nobody_was_screened_the_screening_is_ordered(kari: Client) -> None:
    document = payload("no_holding")
    del document["sanction"]
    session = captured(document, expands=["ownership.shareholders"])
    text, leads = next_step(kari, session.case)
    assert text.endswith("Order screening (a new search is charged)")
    assert leads == reverse("order_again", args=[session.case.reference]) + "?what=screening"


def test_a_result_about_another_organisation_is_not_to_be_used(kari: Client) -> None:
    case = captured(payload("no_full"), about_us=False).case
    assert next_step(kari, case)[0].startswith(
        "The result is about another organisation and must not be used."
    )


def test_that_a_result_is_about_another_organisation_is_said_in_one_alert(kari: Client) -> None:
    case = captured(payload("no_full"), about_us=False).case
    shown = overview(kari, case, anyway=1)
    assert (
        len(shown.xpath("//div[contains(@class, 'ds-alert')][contains(., 'about another organisation')]"))
        == 1
    )
    assert shown.xpath("//li[@data-code='another_organisation']"), "a point to check it stays"


def test_whoever_reads_an_earlier_capture_is_led_to_the_newest(kari: Client) -> None:
    case = captured(payload("no_full")).case
    captured(payload("no_full"), case)
    text, leads = next_step(kari, case, session=1)
    assert text.endswith("Show the newest")
    assert leads == tab(case, Tab.OVERVIEW)


def test_what_is_grave_comes_before_hits(kari: Client) -> None:
    document = payload("no_full")
    document["keyInformation"]["statusCodes"] = ["BANKRUPT"]
    case = captured(document).case
    assert next_step(kari, case) == (
        "Look into this first: The organisation is bankrupt. See it",
        tab(case, Tab.COMPANY),
    )


def test_hits_are_to_be_judged_and_the_likeliest_is_named(kari: Client) -> None:
    case = captured(payload("no_full")).case
    assert next_step(kari, case) == (
        "2 sanctions hits wait to be judged, the likeliest at 325 of 500. Look at the hits",
        tab(case, Tab.SCREENING),
    )


def test_points_to_check_are_counted_once_and_the_same_everywhere(kari: Client) -> None:
    """The head of the panel and its rows: two places, one number."""
    ordered = ["ownership.shareholders", "ownership.beneficials", "ownership.subsidiaries", "sanction"]
    session = captured(payload("no_holding"), expands=ordered)
    panel = overview(kari, session.case).get_element_by_id("points-to-check")
    rows = panel.xpath(".//li[@data-code]")
    assert {row.get("data-code") for row in rows} == {
        "part_not_ordered",
        "owner_not_beneficial",
        "searched_parties_not_told",
        "no_pep_list",
    }
    assert words(panel.xpath("./header/h2")[0]) == "Points to check4"


def test_where_nothing_else_presses_the_first_open_requirement_is_next(kari: Client) -> None:
    case = captured(payload("no_holding")).case
    text, leads = next_step(kari, case)
    assert text.endswith("Go on with: Owners, controllers, representatives and former names searched. Do it")
    assert leads == f"{tab(case, Tab.REQUIREMENTS)}?on=R16#requirement"


def test_who_may_meet_no_requirement_is_led_to_see_it(client: Client) -> None:
    case = captured(payload("no_holding")).case
    client.force_login(factories.auditor())
    assert next_step(client, case)[0].endswith("representatives and former names searched. See it")


@pytest.mark.parametrize(
    ("state", "folded"), [(_S.COMPLETE, ["Capture 1, complete"]), (_S.PARTIAL, []), (_S.FAILED, [])]
)
def test_a_complete_capture_is_one_line_and_any_other_is_told(
    state: SessionState, folded: list[str], kari: Client
) -> None:
    session = captured(payload("no_holding"))
    reason = factories.USUAL_REASONS.get(state, "")
    AmlSession.objects.filter(pk=session.pk).update(state=state, reason=reason)
    shown = overview(kari, session.case)
    assert len(shown.xpath("//section[@id='capture']")) == 1
    assert [words(line) for line in shown.xpath("//details[.//section[@id='capture']]/summary")] == folded


def test_a_complete_capture_with_a_flaw_is_told(kari: Client) -> None:
    shown = overview(kari, captured(payload("no_holding"), about_us=False).case)
    assert not shown.xpath("//details[.//section[@id='capture']]")


def test_without_a_requirement_set_the_points_to_check_are_next(
    kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.web.case_page.page.CasePage.requirements", None)
    case = captured(payload("no_holding")).case
    assert next_step(kari, case) == ("There are 7 points to check. Read them", "#points-to-check")


@pytest.mark.parametrize("name", ["no_full", "no_odd", "no_hostile", "no_null", "no_bankrupt", "dk"])
def test_there_is_one_next_step_and_at_most_one_link_whatever_came(name: str, kari: Client) -> None:
    (panel,) = overview(kari, captured(payload(name)).case).xpath("//section[contains(@class, 'next')]")
    assert len(panel.xpath(".//a|.//form")) == 1


# --- Its age ---


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (29, False), (31, True), (400, True)])
def test_a_capture_of_over_thirty_days_is_said_to_be_old(days: int, is_old: bool, kari: Client) -> None:
    at = timezone.now() - datetime.timedelta(days=days, minutes=5)
    case = captured(payload("no_holding"), captured_at=at).case
    (age,) = overview(kari, case).xpath("//p[@class='age']")
    assert words(age).startswith("captured ")
    assert (f"{days} days old: much may have changed" in words(age)) is is_old
    assert bool(age.xpath(".//*[@data-color='warning']")) is is_old
    assert ("Order new capture" in next_step(kari, case)[0]) is is_old


def test_what_is_old_is_what_may_be_ordered_again_without_a_reason(kari: Client, settings: Settings) -> None:
    settings.RECENT_CAPTURE_DAYS = 5
    at = timezone.now() - datetime.timedelta(days=6, minutes=5)
    case = captured(payload("no_holding"), captured_at=at).case
    (age,) = overview(kari, case).xpath("//p[@class='age']")
    assert "6 days old: much may have changed" in words(age)


def test_a_signature_that_is_being_checked_is_no_new_capture(client: Client) -> None:
    case = factories.case(assignee=factories.ola())
    session = factories.session(case, SessionState.COMPLETE, {"aml": "CAPTURED"}, checked=False)
    factories.artefact(session, "json", ArtefactState.CAPTURED, about_us=False)
    client.force_login(factories.auditor())
    text, _links = next_step(client, case)
    assert "under way" not in text
    assert "Somebody who may order captures must order one" in text


def test_what_is_not_captured_has_no_age(kari: Client) -> None:
    assert not overview(kari, factories.session(mine()).case).xpath("//p[@class='age']")


# --- Warnings ---


def test_what_is_grave_stands_first_and_leads_to_what_it_rests_on(kari: Client) -> None:
    case = captured(payload("no_bankrupt")).case
    content = overview(kari, case).xpath("//div[@id='content']")[0]
    alerts = content.xpath(".//div[@data-code and @data-color='danger']")
    assert [alert.get("data-code") for alert in alerts] == [
        "screening_unknown",
        "bankrupt",
        "bankrupt_estate",
        "deleted",
    ]
    assert words(alerts[1]) == "The organisation is bankrupt. Source: Company"
    assert alerts[1].xpath(".//a/@title") == ["keyInformation.statusCodes"]
    assert alerts[1].xpath(".//a/@href") == [tab(case, Tab.COMPANY)]
    (step,) = content.xpath("./section[contains(@class, 'next')]")
    assert step.getprevious().get("id") == "alarms"


def test_an_unknown_status_is_named_as_it_came(kari: Client) -> None:
    (caution,) = overview(kari, captured(payload("no_odd")).case).xpath("//li[@data-code='unknown_status']")
    assert "“STATUS_FROM_TOMORROW”" in words(caution)


def test_a_crowd_of_warnings_is_folded_and_counted(kari: Client) -> None:
    document = {"keyInformation": {"statusCodes": ["BANKRUPT"] * 40 + [f"WORD_{n}" for n in range(39)]}}
    content = overview(kari, captured(document).case)
    shown = content.xpath("//div[@data-code='bankrupt']")
    assert len(shown) == len(content.xpath("//li[@data-code='unknown_status']")) == 11
    assert "There are 30 more of this kind" in words(shown[-1])
    alarms, points = content.xpath("//details[@class='fold']")
    assert words(alarms.find("summary")) == f"Show {len(alarms.xpath('.//div[@data-code]'))} more"
    assert words(points.find("summary")) == f"Show {len(points.xpath('.//li[@data-code]'))} more"


# --- Countries ---


def test_every_country_says_why_it_is_involved(kari: Client) -> None:
    (panel,) = overview(kari, captured(payload("no_full")).case).xpath(
        "//section[.//dl[contains(@class, 'countries')]]"
    )
    shown = dict(zip(map(words, panel.xpath(".//dt")), map(words, panel.xpath(".//dd")), strict=True))
    assert shown == {
        "Norway": "the organisation; visiting address; postal address; address of 1 beneficial owner (Ingrid Solvang)",
        "Finland": "address of 1 beneficial owner (Aarne Koskela)",
        "Cyprus": "address of 1 listed party (Fjellheim Energy Trading)",
    }
