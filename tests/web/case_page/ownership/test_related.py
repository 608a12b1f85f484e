"""Related organisations on the tab Ownership: what we hold on each, and the way to a case, which orders nothing."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import HtmlElement

from cases.models import AmlSession, AuditEvent, Case, SessionState, User, Verb
from cases.web.case_page.ownership.related_area import AT_FIRST, AT_ONCE
from tests import deciding, factories, judging
from tests.web.case_page.tabs.test_conclusions import FORBIDDEN, FOUND, document, signed_in
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NAME = "Nordhavn Invest AS"


def checked_numbers() -> list[str]:
    """Norwegian numbers whose check digit is right."""
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    found = []
    for base in range(91_000_000, 91_001_000):
        digit = -sum(int(n) * weight for n, weight in zip(str(base), weights, strict=True)) % 11
        if digit < 10:
            found.append(f"{base}{digit}")
    return found


NUMBERS = checked_numbers()
NUMBER = NUMBERS[0]


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


def owned(name: str | None = NAME, number: str | None = NUMBER, share: Any = 41.0) -> dict[str, Any]:
    return {"name": name, "organizationNumber": number, "percentage": share}


def case_with(*subsidiaries: dict[str, Any], **changes: Any) -> Case:
    """A case whose result names these subsidiaries, and no other organisation."""
    made = factories.case(assignee=factories.kari())
    found = document(made, shareholders=[], beneficials=[], subsidiaries=[*subsidiaries])
    found |= {"roles": {}, "financials": {"auditor": {}, "accountant": {}}, "sanction": {"status": "NONE"}}
    judging.result_of(made, {**found, **changes})
    return made


def held(number: str = NUMBER, *entries: dict[str, Any], **ownership: Any) -> Case:
    """A case of ours on the organisation with a number."""
    made = factories.case(factories.organisation(number))
    found = document(made, **ownership)
    found["sanction"] = judging.document(*entries)["sanction"]
    found["roles"] |= {"chairman": judging.person()}
    judging.result_of(made, found)
    return made


def panel(client: Client, case: Case, query: str = "") -> HtmlElement:
    address = reverse("case_tab", args=[case.reference, "ownership"])
    return page(client.get(address + query)).get_element_by_id("related")


def cells(client: Client, case: Case) -> list[str]:
    """The cells of the only row, in words."""
    (row,) = panel(client, case).xpath(".//tbody/tr")
    return [words(cell) for cell in row]


def test_what_we_hold_is_told_with_its_owners_and_the_ways_there(kari: Client) -> None:
    ours = held()
    case = case_with(owned())
    name, tie, what, hits, do = cells(kari, case)
    assert name == f"{NAME} NO {NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:]}"
    assert tie == "Subsidiary, 41 %"
    assert what.startswith(f"{ours.reference}, New capture 1,")
    assert "Ingrid Solvang 25 %, Aarne Koskela 42 %" in what
    assert (hits, do) == ("no hits", f"Open {ours.reference}")
    leads = panel(kari, case).xpath(".//tbody//a/@href")
    documents = reverse("case_tab", args=[ours.reference, "documents"])
    assert leads == [f"{documents}?session=1", reverse("case_tab", args=[ours.reference, "overview"])]
    assert [kari.get(lead).status_code for lead in leads] == [200, 200]


def test_the_newest_case_counts_but_for_one_that_was_withdrawn(kari: Client) -> None:
    newer = held()
    older = factories.case(newer.organisation, opened_at=newer.opened_at - datetime.timedelta(days=1))
    assert newer.reference in cells(kari, case_with(owned()))[2]
    newer.withdraw("Opened in error", newer.opened_at)
    newer.save()
    assert older.reference in cells(kari, case_with(owned()))[2]


def test_a_decided_case_has_its_day(kari: Client) -> None:
    ours = factories.case(factories.organisation(NUMBER), assignee=factories.kari())
    found = deciding.document()
    found["keyInformation"]["organizationNumber"] = NUMBER
    judging.result_of(ours, found)
    deciding.make_ready(ours)
    deciding.decided(ours)
    row = ours.decisions.get()
    what = cells(kari, case_with(owned()))[2]
    assert what.startswith(f"{ours.reference}, Approved {row.second_at.day} ")


def likely(number: int = 1) -> dict[str, Any]:
    return judging.entry(number, source="EU_GLOBAL", birthDate=judging.BORN, matchIndicator=400)


def test_its_hits_are_as_its_own_capture_and_our_judgements_say(kari: Client) -> None:
    ours = held(NUMBER, judging.entry(1), likely(2))
    case = case_with(owned())
    assert cells(kari, case)[3] == "2 open"
    not_them, them = ours.hits.order_by("match")
    judging.judged_by_two(ours, not_them)
    assert cells(kari, case)[3] == "1 open"
    judging.judged_by_two(ours, them, judging.draft("TRUE_MATCH", rationale="The passport is the same."))
    assert cells(kari, case)[3] == "1 confirmed"
    assert panel(kari, case).xpath(".//span[@class='red']")


@pytest.mark.parametrize(
    ("changes", "hits", "owners"),
    [
        ({"sanction": {"status": "UNKNOWN"}}, "not known", "Ingrid Solvang"),
        ({"ownership": {"shareholders": []}}, "no hits", "beneficial owners: not known ("),
        ({"ownership": {"shareholders": [], "beneficials": []}}, "no hits", "names no beneficial owner"),
        (
            {"ownership": {"beneficials": [{"name": "Liv Strand"}]}},
            "no hits",
            "Liv Strand (share not stated)",
        ),
    ],
)
def test_what_is_not_known_of_it_is_said(
    kari: Client, changes: dict[str, Any], hits: str, owners: str
) -> None:
    ours = factories.case(factories.organisation(NUMBER))
    found = {**document(ours), "sanction": judging.document()["sanction"]}
    judging.result_of(ours, {**found, **changes})
    _name, _tie, what, found_hits, _do = cells(kari, case_with(owned()))
    assert found_hits == hits
    assert owners in what


def test_a_capture_that_cannot_be_used_tells_nothing(kari: Client) -> None:
    ours = factories.case(factories.organisation(NUMBER))
    case = case_with(owned())
    _name, _tie, what, hits, do = cells(kari, case)
    assert what.endswith("beneficial owners: not known (nothing was ordered)")
    assert (hits, do) == ("not known", f"Open {ours.reference}")
    factories.session(ours, SessionState.FAILED)
    assert "capture" not in cells(kari, case)[2]
    assert cells(kari, case)[3] == "not known"
    found = document(ours)
    found["keyInformation"]["organizationNumber"] = NUMBERS[5]
    made = factories.session(ours, SessionState.COMPLETE, {})
    factories.artefact(made, data=b"{}", state="CAPTURED", about_us=False)
    assert "its capture is about another organisation" in cells(kari, case)[2]


def test_what_was_not_ordered_is_not_screened(kari: Client) -> None:
    ours = factories.case(factories.organisation(NUMBER))
    session = factories.session(ours, SessionState.COMPLETE, {}, expands=["roles"])
    found = document(ours)
    del found["sanction"]
    factories.artefact(session, data=json.dumps(found).encode(), state="CAPTURED")
    assert cells(kari, case_with(owned()))[3] == "not screened"


def test_nothing_is_held_and_a_case_can_be_opened_that_orders_nothing_by_itself(kari: Client) -> None:
    case = case_with(owned())
    assert cells(kari, case)[2:4] == ["nothing yet", "not screened"]
    (form,) = panel(kari, case).xpath(".//form")
    assert words(form).startswith("Open case")
    answer = kari.post(form.get("action"), dict(form.form_values()))
    assert answer.status_code == FOUND
    address = answer.headers["Location"]
    assert NUMBER not in address
    filled_in = page(kari.get(address)).xpath("//form[@action='/cases/new/']")[0]
    values = dict(filled_in.form_values())
    assert (values["country"], values["kind"], values["identifier"]) == ("no", "ORG", NUMBER)
    assert values["submission"]
    assert values["mine"] == "on"
    assert values["preset"] == "full"
    assert not filled_in.xpath(".//*[@role='alert']")
    assert not Case.objects.filter(organisation__value=NUMBER).exists()
    assert not AmlSession.objects.filter(case__organisation__value=NUMBER).exists()


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (None, "number not stated"),
        ("C-88123", "not in a register we can ask"),
        ("19700501-1234", "the number is that of a person: not asked by it"),
        (f"{NUMBER[:8]}{(int(NUMBER[8]) + 1) % 10}", "the check digit of its number is wrong"),
    ],
)
def test_one_we_cannot_ask_about_says_so(kari: Client, number: str | None, why: str) -> None:
    case = case_with(owned(number=number))
    assert cells(kari, case)[4] == why
    assert not panel(kari, case).xpath(".//form")


def test_a_number_with_a_wrong_check_digit_still_finds_the_case_on_it(kari: Client) -> None:
    ours = held("923609017")
    assert cells(kari, case_with(owned(number="923609017")))[4] == f"Open {ours.reference}"


def test_the_same_digits_in_another_country_are_another_organisation(kari: Client) -> None:
    made = factories.case()
    other = type(made.organisation).objects.create(country="se", kind="ORG", value=NUMBER)
    factories.case(other)
    assert cells(kari, case_with(owned()))[2] == "nothing yet"


def test_a_hit_on_it_in_this_case_is_not_hidden_by_what_we_do_not_hold(kari: Client) -> None:
    entry = judging.entry(name=NAME, aliasList=[], birthDate=None)
    case = case_with(owned(), sanction=judging.document(entry)["sanction"])
    assert cells(kari, case)[3] == "not screened in this case: 1 open hit"


@pytest.mark.parametrize("person", [factories.auditor, factories.officer])
def test_who_may_not_open_cases_sees_no_button(person: Any) -> None:
    held(NUMBERS[1])
    case = case_with(owned(), owned("Annen AS", NUMBERS[1]))
    client = signed_in(person())
    shown = panel(client, case)
    assert not shown.xpath(".//form | .//button")
    assert len(shown.xpath(".//a[starts-with(normalize-space(), 'Open C-')]")) == 1
    answer = client.post(reverse("new_case_about"), {"country": "no", "identifier": NUMBER})
    assert answer.status_code == FORBIDDEN


def about(client: Client, identifier: str) -> HttpResponse:
    return client.post(reverse("new_case_about"), {"country": "no", "identifier": identifier})


@pytest.mark.parametrize("number", ["19700501-1234", "010190 12345"])
def test_the_number_of_a_person_is_not_taken_along(kari: Client, number: str) -> None:
    answer = about(kari, number)
    assert answer.headers["Location"] == reverse("new_case")
    assert not kari.session.get("typed")


def test_whatever_is_sent_fills_in_a_form_and_does_nothing(kari: Client) -> None:
    for evil in ("<script>alert(1)</script>", "9" * 100_000, ""):
        shown = page(kari.get(about(kari, evil).headers["Location"]))
        assert shown.xpath("//input[@name='identifier']/@value") in ([evil[:64]], [])
    assert not Case.objects.exists()


def test_names_that_are_code_stay_words(kari: Client) -> None:
    evil = "<img src=x onerror=alert(1)> AS"
    held(NUMBERS[1], beneficials=[{"name": "<b>Liv</b> Strand", "percentageControl": 5.0}])
    shown = panel(kari, case_with(owned(evil), owned(f"{evil} 2", NUMBERS[1])))
    assert not shown.xpath(".//img | .//td//b[text()='Liv']")
    assert evil in words(shown)
    assert "<b>Liv</b> Strand 5 %" in words(shown)


def test_where_nothing_came_it_is_not_known_who_is_related(kari: Client) -> None:
    assert "The result names no other organisation." in words(panel(kari, case_with()))
    failed = factories.session(factories.case(), SessionState.FAILED).case
    shown = words(panel(kari, failed))
    assert "No other organisation is named in what came." in shown
    assert (
        "Not known, and may name others: Shareholders, Subsidiaries, Roles, Auditor, Accountant (Failed"
        in shown
    )


def test_of_many_the_first_stand_and_the_rest_folds(kari: Client) -> None:
    case = case_with(*(owned(f"Datter {n} AS", NUMBERS[n]) for n in range(AT_ONCE + 2)))
    shown = panel(kari, case)
    assert len(shown.xpath("./div/table/tbody/tr")) == AT_FIRST
    (fold,) = shown.xpath(".//details")
    assert words(fold.xpath("./summary")[0]) == f"{AT_ONCE - AT_FIRST} more"
    assert len(fold.xpath(".//tbody/tr")) == AT_ONCE - AT_FIRST
    further = panel(kari, case, "?related=2")
    assert [words(row[0]).split(" NO ")[0] for row in further.xpath(".//tbody/tr")] == [
        f"Datter {n} AS" for n in (AT_ONCE, AT_ONCE + 1)
    ]


def statements(client: Client, case: Case) -> int:
    address = reverse("case_tab", args=[case.reference, "ownership"])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_database_is_asked_as_often_for_forty_as_for_one(kari: Client) -> None:
    for n in range(40):
        ours = held(NUMBERS[n], likely())
        judging.judgement_row(ours.hits.get())
    one, forty = (
        case_with(*(owned(f"Datter {n} AS", NUMBERS[n]) for n in range(count))) for count in (1, 40)
    )
    few, many = statements(kari, one), statements(kari, forty)
    assert few == many
    assert many - statements(kari, case_with()) <= 11


def test_to_look_at_related_organisations_opens_none_of_their_cases(kari: Client) -> None:
    ours = held()
    panel(kari, case_with(owned()))
    assert not AuditEvent.objects.of_case(ours).with_verbs(Verb.CASE_VIEWED).exists()


def test_another_person_does_not_find_what_was_filled_in(kari: Client) -> None:
    location = about(kari, NUMBER).headers["Location"]
    other: User = factories.maja()
    assert not page(signed_in(other).get(location)).xpath("//input[@name='identifier']/@value")
