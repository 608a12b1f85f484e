"""What is pressing: one order for My work and for Take next, by risk and then by time."""

import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement

from cases.models import AmlSession, Case, SessionState, reasons
from cases.models.casework.pressing import Urgency
from cases.web.my_work.work_groups import KINDS
from cases.workflows.results import derive
from tests import factories
from tests.web.pages import groups, page, words
from tests.web.work_groups import clean, group_of, mine, one_of_each_urgency, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def test_the_groups_stand_by_risk_and_then_by_time_for_mine_and_for_nobodys(kari: Client) -> None:
    for fields in ({"assignee": factories.kari()}, {}):
        one_of_each_urgency(**fields)
    answer = kari.get("/")
    expected = [f"{urgency.label}2" for urgency in Urgency if urgency <= Urgency.UNREAD]
    assert list(groups(answer)) == expected
    assert "10 overdue (8 of them in a graver group)" in words(answer)
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
    shown = [(words(row.xpath("./td[2]")[0]), row.xpath("./td[6]//a/@href")[0]) for row in rows]
    places = {
        Urgency.ALARM: ("Judge 3 likely sanctions hits", "screening/"),
        Urgency.NEEDS_PERSON: ("Order not confirmed: send the order again, or close it", "resolve/"),
        Urgency.NOT_USABLE: ("What was captured cannot be read", "documents/"),
        Urgency.EXPIRING: ("AML report expires in 28 min", ""),
        Urgency.OVERDUE: ("Read the new result", ""),
        Urgency.SENT_BACK: ("Ola Hansen: “Say what the account is for.”", "decision/"),
        Urgency.OPEN_HITS: ("Judge 2 sanctions hits", "screening/"),
        Urgency.CONDITIONS: ("Condition of the approval: A copy of the passport", "requirements/"),
        Urgency.THIS_WEEK: ("Read the new result", ""),
        Urgency.UNREAD: ("Read the new result", ""),
    }
    assert shown == [
        (says, f"/cases/{made[urgency].reference}/{place}") for urgency, (says, place) in places.items()
    ]
    for _says, address in shown:
        assert kari.get(address).status_code == 200


NOT_USABLE = "Screening not done, or evidence not usable"
STATUSES: tuple[tuple[str, str, dict[str, object]], ...] = (
    (
        "Alarm",
        "Judge 1 likely sanctions hit",
        {"screening": "HITS", "hit_count": 2, "likely_hit_count": 1, "verdicts": {"sanctions": "alarm"}},
    ),
    (
        "Alarm",
        "Result is about another organisation: order a new capture or correct the number",
        {"screening": "UNUSABLE", "evidence": "ABOUT_ANOTHER", "verdicts": {"identity": "alarm"}},
    ),
    ("Alarm", "Altered document", {"evidence": "ALTERED", "verdicts": {"documents": "alarm"}}),
    ("Alarm", "Identity: look into the alarm", {"verdicts": {"identity": "alarm"}}),
    (
        "Alarm",
        "Identity: Under liquidation",
        {"verdicts": {"identity": "alarm", "reasons": {"identity": "liquidation"}}},
    ),
    (
        NOT_USABLE,
        "Order the screening: nobody was screened",
        {"screening": "NOT_RUN", "verdicts": {"sanctions": "not_done", "alarms": ["sanctions"]}},
    ),
    (
        "Alarm",
        "The screening failed: it says nothing about anybody",
        {"screening": "UNCERTAIN", "verdicts": {"sanctions": "alarm", "screening_failed": True}},
    ),
    (
        "Alarm",
        "The outcome of the screening is not known: nobody is known to be screened",
        {"screening": "UNCERTAIN", "verdicts": {"sanctions": "alarm"}},
    ),
    (
        NOT_USABLE,
        "The outcome of the screening is not clear: ‘no hits’ cannot be relied upon",
        {"screening": "UNCERTAIN", "verdicts": {"sanctions": "points_to_check"}},
    ),
    (
        "Alarm",
        "Sanctions: A hit that cannot be read",
        {"screening": "HITS", "verdicts": {"sanctions": "alarm", "reasons": {"sanctions": "hit_not_read"}}},
    ),
    (NOT_USABLE, "What was captured cannot be read", {"evidence": "UNREADABLE"}),
    (
        "Alarm",
        "What was captured cannot be read",
        {"evidence": "UNREADABLE", "verdicts": {"documents": "alarm"}},
    ),
    ("Alarm", "Documents: look into the alarm", {"verdicts": {"documents": "alarm"}}),
    ("Alarm", "Owners: look into the alarm", {"verdicts": {"owners": "alarm"}}),
    ("Alarm", "PEP: look into the alarm", {"verdicts": {"pep": "alarm"}}),
)


def test_what_a_verdict_calls_an_alarm_is_one_and_what_was_not_done_is_not_usable(kari: Client) -> None:
    made = []
    for _group, _says, fields in STATUSES:
        case = mine()
        factories.session(case, SessionState.COMPLETE)
        Case.objects.filter(pk=read(case).pk).update(
            **{"hit_count": 0, "screening": "NONE", "verdicts": {}, **fields}
        )
        made.append(case)
    answer = kari.get("/")
    lies = {one: title.rstrip("0123456789") for title, every in groups(answer).items() for one in every}
    says = {row.xpath(".//td[2]/span/@id")[0]: words(row.xpath("./td[2]/span")[0]) for row in rows(answer)}
    assert [(lies[case.reference], says[f"task-{case.reference}"]) for case in made] == [
        (group, words_of) for group, words_of, _fields in STATUSES
    ]
    (alarms,) = (every for title, every in groups(answer).items() if title.startswith("Alarm"))
    assert alarms[0] == made[0].reference


FOUND: tuple[tuple[str, str, dict[str, object]], ...] = (
    (SessionState.COMPLETE, "no_bankrupt", {}),
    (SessionState.COMPLETE, "no_full", {}),
    (SessionState.COMPLETE, "no_clean", {}),
    (SessionState.COMPLETE, "no_null", {}),
    (SessionState.COMPLETE, "se", {}),
    (SessionState.COMPLETE, "no_full", {"expands": []}),
    (SessionState.PARTIAL, "no_clean", {"results": {"json": "EXPIRED", "aml": "CAPTURED"}}),
    (SessionState.FAILED, "no_clean", {}),
    (SessionState.OPEN, "no_clean", {}),
    (SessionState.REQUESTED, "no_clean", {}),
)


RED_CHIP = "//ul[@class='six']/li[contains(@title, ': Alarm')]"
TO_A_CASE = "//tr//a[starts-with(@href, '/cases/C-')]/@href"


def test_the_alarms_of_my_work_are_those_of_the_chips_in_list_and_page(kari: Client) -> None:
    made = [mine() for _ in FOUND]
    for case, (state, payload, fields) in zip(made, FOUND, strict=True):
        factories.session(case, state, payload=payload, **fields)
        derive.follow(case)
    listed = _references(page(kari.get("/cases/")).xpath(f"{RED_CHIP}/ancestor::tr{TO_A_CASE[4:]}"))
    filtered = _references(page(kari.get("/cases/?group=alarm")).xpath(TO_A_CASE))
    on_page = {
        case.reference
        for case in made
        if page(kari.get(f"/cases/{case.reference}/overview/")).xpath(
            "//a[contains(@class, 'chip-six alarm')]"
        )
    }
    (alarms,) = (every for title, every in groups(kari.get("/")).items() if title.startswith("Alarm"))
    assert 2 < len(alarms) < len(made)
    assert {*alarms} == filtered == listed == on_page


def _references(addresses: list[str]) -> set[str]:
    return {address.split("/")[2] for address in addresses}


def rows(answer: HttpResponse) -> list[HtmlElement]:
    found: list[HtmlElement] = page(answer).xpath("//table[contains(@class, 'work')]/tbody/tr")
    return found


def test_my_work_and_the_list_say_why_a_firm_is_an_alarm(kari: Client) -> None:
    case = mine()
    factories.session(case, SessionState.COMPLETE, payload="no_bankrupt")
    assert case.verdicts["reasons"]["identity"] == "bankrupt"
    assert words(page(kari.get("/")).xpath(f"//*[@id='task-{case.reference}']")[0]) == "Identity: Bankrupt"
    (sign, *_rest) = page(kari.get("/cases/")).xpath("//ul[@class='six']/li")
    assert sign.get("title") == "Identity: Alarm (Bankrupt)"
    assert words(sign.xpath("./span[@class='short']")[0]) == "Id."


@pytest.mark.parametrize("payload", ["no_bankrupt", "no_full"])
def test_what_the_register_says_of_a_firm_stands_where_its_verdict_says(kari: Client, payload: str) -> None:
    case = mine()
    factories.session(case, SessionState.COMPLETE, payload=payload)
    assert (
        (group_of(kari, case) == "Alarm")
        == (case.verdicts["identity"] == "alarm")
        == (payload == "no_bankrupt")
    )


ORDERED = "(a new search is charged)"
S = SessionState


@pytest.mark.parametrize(
    ("state", "fields", "label", "place"),
    [
        (None, {}, f"Order new capture {ORDERED}", "order/"),
        (S.COMPLETE, {"results": {"aml": "CAPTURED"}}, f"Order screening {ORDERED}", "order/?what=screening"),
        (S.FAILED, {}, f"Order new capture {ORDERED}", "order/"),
        (S.FAILED, {"provider_id": "s-1"}, "Look again, at no cost", "overview/#capture"),
        (
            S.FAILED,
            {"provider_id": "s-1", "reopened_at": timezone.now()},
            f"Order new capture {ORDERED}",
            "order/",
        ),
        (S.FAILED, {"reason": "not_found"}, "See it", ""),
        (S.PARTIAL, {}, "Look again, at no cost", "overview/#capture"),
        (
            S.PARTIAL,
            {"reopened_at": timezone.now()},
            f"Order the missing parts {ORDERED}",
            "order/?what=missing",
        ),
        (
            S.PARTIAL,
            {"results": {"json": "CAPTURED", "aml": "EXPIRED"}},
            f"Order the missing parts {ORDERED}",
            "order/?what=missing",
        ),
        (S.OPEN, {"results": {"json": "ASKED", "aml": "EXPIRED"}}, "See it", ""),
        (S.UNKNOWN, {}, "Resolve", "resolve/"),
    ],
)
def test_a_row_leads_to_what_helps_and_says_what_it_costs(
    kari: Client, state: str | None, fields: dict[str, object], label: str, place: str
) -> None:
    case = mine()
    if state:
        factories.session(case, state, **fields)
    (button,) = page(kari.get("/")).xpath("//td[@class='act']//a")
    assert words(button) == f"{label}: {case.reference}"
    assert button.get("href") == f"/cases/{case.reference}/{place}"
    assert kari.get(button.get("href").partition("#")[0]).status_code == 200


AGAIN = "ordered twice, and the provider made it neither time"
CERTIFICATE = "certificate_of_registration"


def lacking(case: Case, kind: str, reason: str = reasons.PROVIDER_FAILED, **fields: object) -> AmlSession:
    """A capture without this one; all else came, and nobody was hit."""
    results = {"json": "CAPTURED", "aml": "CAPTURED", CERTIFICATE: "CAPTURED", kind: "FAILED"}
    session = factories.session(case, S.PARTIAL, results, **fields)
    session.artefacts.filter(kind=kind).update(reason=reason)
    factories.keep_columns(case)
    clean(case)
    return session


NOT_STORED = (CERTIFICATE, reasons.NOT_STORED)
NOT_MADE = "the provider did not make it"


@pytest.mark.parametrize(
    ("lacked", "says", "presses"),
    [
        ([(CERTIFICATE,)], NOT_MADE, True),
        ([(CERTIFICATE,), (CERTIFICATE,)], AGAIN, False),
        ([(CERTIFICATE, reasons.NEVER_READY), (CERTIFICATE,)], AGAIN, False),
        ([("aml",), (CERTIFICATE,)], NOT_MADE, True),
        ([NOT_STORED, (CERTIFICATE,)], NOT_MADE, True),
        ([(CERTIFICATE,), NOT_STORED], "did not come", True),
    ],
)
def test_what_the_provider_twice_did_not_make_presses_until_it_is_seen_and_is_never_in_order(
    kari: Client, lacked: list[tuple[str, ...]], says: str, presses: bool
) -> None:
    case = mine()
    for item in lacked:
        lacking(case, *item)
    assert group_of(kari, case) == NOT_USABLE
    (row,) = rows(kari.get("/"))
    assert f"Certificate of registration: {says}" in words(row.xpath("./td[2]")[0])
    assert words(row.xpath(".//td[@class='act']//a")[0]).startswith("Look again" if presses else "See it")

    shown = words(kari.get(f"/cases/{case.reference}/"))
    assert ("of the results ordered did not come" in shown) is presses
    assert (group_of(kari, case) == NOT_USABLE) is presses
    assert (case.reference in words(kari.get("/cases/?group=not_usable"))) is presses
    case.refresh_from_db()
    assert case.verdicts["documents"] == "points_to_check"
    assert "Partly captured" in words(kari.get("/cases/?capture=partial"))


def test_what_nobody_who_has_the_case_has_seen_still_presses(kari: Client) -> None:
    case = mine()
    lacking(case, CERTIFICATE)
    kari.get(f"/cases/{case.reference}/")
    lacking(case, CERTIFICATE, ended_at=timezone.now() + datetime.timedelta(seconds=1))
    assert group_of(kari, case) == NOT_USABLE


def test_only_the_first_rows_button_is_filled(kari: Client) -> None:
    one_of_each_urgency(assignee=factories.kari())
    filled = page(kari.get("/")).xpath("//td[@class='act']//*[@data-variant='primary']")
    assert [words(element).split(":")[0] for element in filled] == ["See the hits"]


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (None, "Nothing is known under this number: correct it"),
        (SessionState.FAILED, "Nothing is known under this number: correct it"),
        (SessionState.COMPLETE, "The capture failed: "),
    ],
)
def test_a_number_is_to_be_corrected_only_where_the_page_lets_one(
    kari: Client, before: str | None, says: str
) -> None:
    case = factories.case(assignee=factories.kari())
    if before:
        factories.session(case, before, reason="not_found" if before == SessionState.FAILED else "")
    factories.session(case, SessionState.FAILED, reason="not_found")
    (row,) = page(kari.get("/")).xpath("//table//tbody/tr")
    assert says in words(row)
    shown = words(kari.get(f"/cases/{case.reference}/overview/"))
    assert ("Correct the number" in shown) is ("correct it" in says)


def test_a_withdrawn_case_stands_nowhere(kari: Client) -> None:
    case = mine(-1)
    case.withdraw("a mistake", timezone.now())
    case.save()
    assert groups(kari.get("/")) == {}
