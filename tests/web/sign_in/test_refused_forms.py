"""Forms of a case that are refused, what people type into them, and what helps where nothing usable came."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseState, SessionState
from cases.presentation.paper import case_report
from cases.workflows.background import reports
from tests import factories
from tests.findings.reading import Page
from tests.web.ordering.test_changing import RIGHT, change, filled, to, unknown
from tests.web.pages import page, press, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


# --- Nothing usable came ---


def unusable(kind: str) -> Case:
    """A case whose result must not be used."""
    case = factories.case(factories.organisation())
    session = factories.session(case, SessionState.COMPLETE, results={})
    facts = {"about_us": False} if kind == "about another" else {"about_us": None, "data": b"{"}
    facts |= {"unreadable": "not_json"} if kind == "unreadable" else {}
    factories.artefact(session, "json", "CAPTURED", **facts)
    return case


@pytest.mark.parametrize("kind", ["about another", "unreadable"])
def test_a_case_without_a_result_that_can_be_used_is_no_dead_end(kari: Client, kind: str) -> None:
    case = unusable(kind)
    shown = kari.get(to("case", case)).content.decode()
    assert f'href="{to("correct_number", case)}"' in shown
    assert f'href="{to("withdraw_case", case)}"' in shown
    typed = filled(kari.get(to("correct_number", case)), identifier=RIGHT)
    assert "The number is corrected" in words(press(kari, to("correct_number", case), typed, follow=True))
    case.refresh_from_db()
    assert (case.organisation.value, case.sessions.count()) == (RIGHT, 2)
    assert case.sessions.get(number=1).artefacts.get().is_captured
    # What was ordered under the other number does not speak for this one.
    assert (case.evidence, case.screening, case.result_at) == ("USABLE", "NOT_RUN", None)
    overview = words(kari.get(to("case", case)))
    assert "about another organisation" not in overview.split("All captures")[0]
    assert kari.get(reverse("case_tab", args=[case.reference, "documents"])).status_code == 200


@pytest.mark.parametrize("says", ["another", "the new number"])
def test_a_capture_before_a_correction_was_ordered_for_the_earlier_number_and_stays_quarantined(
    kari: Client, says: str
) -> None:
    """Whomever its result is about: the provider did not err."""
    case = unusable("about another")
    before = case.organisation.number
    new = RIGHT if says == "another" else "317835337"  # of the result
    press(kari, to("correct_number", case), filled(kari.get(to("correct_number", case)), identifier=new))
    case.refresh_from_db()
    first = case.sessions.get(number=1)
    assert (first.earlier_number, case.sessions.get(number=2).earlier_number) == (before, "")
    shown = words(kari.get(reverse("case_tab", args=[case.reference, "overview"]), {"session": 1}))
    sentence = (
        f"ordered for {before}, before the number of the case was corrected to {case.organisation.number}"
    )
    assert f"It was {sentence}, and counts for nothing." in shown
    assert "Not shown: ordered for an earlier number" in shown
    assert "Capture 1" in shown
    assert "Ordered for an earlier number" in shown
    assert "the result says" not in shown
    assert "bout another organisation" not in shown
    printed = Page(case_report.html(reports.gather(factories.report(case, session=first)))).text
    assert f"It was {sentence}." in printed
    assert "the result says" not in printed


@pytest.mark.parametrize("kind", ["about another", "unreadable"])
def test_a_case_without_a_result_that_can_be_used_can_be_withdrawn(kari: Client, kind: str) -> None:
    case = unusable(kind)
    press(kari, to("withdraw_case", case), {"reason": "Not our customer"})
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    assert case.sessions.get().artefacts.get().is_captured


def test_a_number_is_corrected_to_a_firm_ordered_lately_with_a_reason_only(kari: Client) -> None:
    there = factories.session(factories.case(factories.organisation(RIGHT)), SessionState.COMPLETE).case
    case = unknown()
    typed = filled(kari.get(to("correct_number", case)), identifier=RIGHT)
    refused = press(kari, to("correct_number", case), typed)
    (main,) = page(refused).xpath("//main//*[@data-variant='primary']")
    assert (words(main), main.get("href")) == (f"Open {there.reference}", f"/cases/{there.reference}/")
    assert f"captured lately, in {there.reference}" in words(refused)
    case.refresh_from_db()
    assert case.sessions.count() == 1
    press(kari, to("correct_number", case), filled(refused, again_reason="New owner"))
    assert case.sessions.count() == 2


# --- Refused forms ---


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("change_case", {"due": "soon"}, "Enter a valid date"),
        ("correct_number", {"kind": "ORG", "identifier": "123"}, "this is none of them"),
        ("correct_number", {"kind": "ORG", "identifier": "700501-1234"}, "number of a person"),
        ("withdraw_case", {"reason": ""}, "Say why the case is withdrawn."),
        ("order_again", {"after": 1, "preset": "custom"}, "Tick at least one part or report"),
    ],
)
def test_the_page_of_a_refused_form_can_be_gone_back_to_and_reloaded(
    kari: Client, name: str, fields: dict[str, Any], says: str
) -> None:
    case = unknown()
    refused = kari.post(to(name, case), fields)
    assert refused.status_code == 302
    for _look in range(2):
        assert says in words(kari.get(refused.url))
    assert case.sessions.count() == 1
    case.refresh_from_db()
    assert case.state == CaseState.NEW


def test_a_refused_new_case_can_be_gone_back_to_and_keeps_no_number_of_a_person(kari: Client) -> None:
    refused = kari.post("/cases/new/", {"kind": "ORG", "identifier": "700501-1234", "purpose": "Loan"})
    for _look in range(2):
        shown = kari.get(refused.url)
        assert "number of a person" in words(shown)
        assert "Loan" in words(shown)
    assert "700501" not in str(dict(kari.session))


# --- Words that people type ---

TURNED = "Loan \u202egnp.exe\u202c \u2067x\u2069"


def test_nothing_that_people_type_turns_the_direction_of_a_line(kari: Client) -> None:
    case = unknown()
    change(kari, case, purpose=TURNED, customer_reference=TURNED)
    press(kari, to("withdraw_case", case), {"reason": TURNED})
    case.refresh_from_db()
    assert (case.purpose, case.customer_reference, case.withdrawn_reason) == ("Loan gnp.exe x",) * 3
    shown = kari.get(reverse("case_tab", args=[case.reference, "timeline"])).content.decode()
    assert "\u202e" not in shown
    assert shown.count("Loan gnp.exe x") >= 3
