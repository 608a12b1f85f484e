"""New case on a firm that was captured a short while ago: its case is offered, another order needs a reason."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cases.models import AttemptOutcome, AuditEvent, Case, SessionState, Verb
from cases.workflows.ordering import ordered_lately
from tests import factories
from tests.web.ordering.test_new_case import RIGHT, check, errors, fill, form_of, send
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DUNS = "301234567"  # of the same firm, by its result


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


@pytest.fixture
def captured() -> Case:
    case = factories.case(factories.organisation(RIGHT))
    factories.session(case, SessionState.COMPLETE)
    return case


def buttons(answer: HttpResponse) -> list[tuple[str, str]]:
    """What the buttons say, and which of them is the main one."""
    found = page(answer).xpath("//*[@id='new-case-buttons']/*[not(@type='hidden')]")
    return [(words(item), item.get("data-variant")) for item in found]


@pytest.mark.parametrize(("kind", "number"), [("ORG", RIGHT), ("ORG", "NO 317 835 337 MVA"), ("DUNS", DUNS)])
def test_the_main_button_opens_the_case_there_is_whatever_number_is_typed(
    kari: Client, captured: Case, kind: str, number: str
) -> None:
    answer = check(kari, number, kind=kind)
    assert buttons(answer) == [
        (f"Open {captured.reference}", "primary"),
        ("Open another case and order (a search is charged)", "secondary"),
        ("Cancel", "tertiary"),
    ]
    assert page(answer).xpath(f"//*[@id='new-case-buttons']/a[@href='/cases/{captured.reference}/']")
    assert captured.reference in words(answer)


def test_buttons_that_stay_as_they_are_are_not_replaced_under_a_finger(kari: Client, captured: Case) -> None:
    other = "917103801"
    assert buttons(check(kari, other, offered="")) == []
    assert buttons(check(kari, RIGHT, offered=captured.reference)) == []
    assert buttons(check(kari, RIGHT, offered=""))[0] == (f"Open {captured.reference}", "primary")
    assert buttons(check(kari, other, offered=captured.reference))[0][1] == "primary"


def test_while_one_types_the_reason_is_asked_for_and_nothing_is_called_wrong(
    kari: Client, captured: Case
) -> None:
    shown = page(check(kari, RIGHT))
    assert not shown.xpath("//*[@class='error']")
    assert "(optional)" not in words(shown.xpath("//label[@for='id_again_reason']")[0])


def test_the_other_number_of_an_earlier_case_is_told(kari: Client, captured: Case) -> None:
    assert "NO 317 835 337" in words(check(kari, DUNS, kind="DUNS"))


def test_without_a_reason_nothing_is_opened_and_what_was_typed_stays(kari: Client, captured: Case) -> None:
    answer = send(kari, fill(kari, purpose="Onboarding"))
    assert f"captured lately, in {captured.reference}" in errors(answer)
    assert form_of(answer)["purpose"].strip() == "Onboarding"
    assert buttons(answer)[0] == (f"Open {captured.reference}", "primary")
    assert Case.objects.count() == 1
    spaces = send(kari, {**form_of(answer), "again_reason": "   "})
    assert errors(spaces)
    assert Case.objects.count() == 1


def test_an_order_closed_in_doubt_counts_as_ordered_lately_and_one_that_was_refused_does_not() -> None:
    for outcome, event in ((AttemptOutcome.ABANDONED, "is not confirmed"), (AttemptOutcome.REFUSED, "")):
        session = factories.session(state=SessionState.FAILED)
        factories.attempt(session, outcome)
        found = ordered_lately.ordered_lately(session.case.organisation.identifier)
        assert (event in found.words) if event else found is None


def test_with_a_reason_it_is_opened_and_the_reason_is_in_the_timeline(kari: Client, captured: Case) -> None:
    answer = send(kari, {**form_of(send(kari, fill(kari))), "again_reason": "New owner <b>"})
    case = Case.objects.exclude(pk=captured.pk).get()
    assert answer.url == f"/cases/{case.reference}/"
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_CREATED).get()
    assert json.loads(event.detail.body)["again_reason"] == "New owner <b>"
    timeline = kari.get(f"/cases/{case.reference}/timeline/")
    assert "Why another order: New owner <b>" in words(timeline)


def test_what_was_typed_as_a_reason_stays_while_the_number_is_checked(kari: Client, captured: Case) -> None:
    shown = page(check(kari, RIGHT, again_reason="New owner"))
    assert shown.xpath("//input[@name='again_reason']/@value") == ["New owner"]


def test_after_the_days_of_the_setting_nothing_is_asked(
    kari: Client, captured: Case, settings: Settings
) -> None:
    settings.RECENT_CAPTURE_DAYS = 0
    assert buttons(check(kari, RIGHT))[0] == ("Open the case and order (a search is charged)", "primary")
    assert not page(check(kari, RIGHT)).xpath("//input[@name='again_reason']")
    assert send(kari, form_of(send(kari, fill(kari)))).status_code == 302


def test_a_firm_with_the_same_duns_number_and_another_organisation_number_is_told_as_doubtful(
    kari: Client, captured: Case
) -> None:
    artefact = captured.sessions.get().artefacts.get(kind="json")
    other = factories.case(factories.organisation("312433060"))
    other.organisation.identities.create(kind="DUNS", value=DUNS, learned_from=artefact)
    answer = check(kari, "312433060")
    assert "but another organisation number: it may be another firm" in words(answer)
    assert buttons(answer)[0] == ("Open the case and order (a search is charged)", "primary")


# --- An order that has not ended, and numbers of other kinds ---


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (SessionState.REQUESTED, "An order on this firm is under way, in "),
        (SessionState.OPEN, "An order on this firm is under way, in "),
        (SessionState.UNKNOWN, "An order on this firm is not confirmed, in "),
    ],
)
def test_an_order_under_way_is_opened_and_another_needs_a_reason(
    kari: Client, state: str, sentence: str
) -> None:
    case = factories.session(factories.case(factories.organisation(RIGHT)), state).case
    shown = check(kari, RIGHT)
    assert f"{sentence}{case.reference}" in words(shown)
    assert "nothing captured" not in words(shown)
    assert buttons(shown)[0] == (f"Open {case.reference}", "primary")
    assert f"{sentence}{case.reference}" in errors(send(kari, form_of(send(kari, fill(kari)))))
    assert Case.objects.count() == 1


LEI = "5493001KJTIIGC8Y1R12"


@pytest.mark.parametrize(
    ("kind", "number", "sentence"),
    [
        ("ORG", DUNS, "This is the DUNS number of"),
        ("ORG", "30-123-4567", "This is the DUNS number of"),
        ("DUNS", "NO 317 835 337", "This is the organisation number of"),
        ("ORG", LEI, "This is the LEI of"),
        ("DUNS", f"LEI: {LEI.lower()}", "This is the LEI of"),
    ],
)
def test_a_known_number_of_any_kind_leads_to_its_case_in_any_field(
    kari: Client, captured: Case, kind: str, number: str, sentence: str
) -> None:
    artefact = captured.sessions.get().artefacts.get(kind="json")
    captured.organisation.identities.create(kind="LEI", value=LEI, learned_from=artefact)
    for country in ("no", ""):
        shown = check(kari, number, kind=kind, country=country)
        assert f"{sentence} FJELLHEIM ENERGI AS (NO 317 835 337)" in words(shown)
        assert buttons(shown)[0] == (f"Open {captured.reference}", "primary")
        typed = fill(kari, number, kind=kind, country=country, anyway="no ORG 301234567")
        assert send(kari, typed).status_code == 200
    assert Case.objects.count() == 1


def test_an_lei_that_nobody_knows_is_called_one(kari: Client) -> None:
    for country in ("no", ""):
        shown = words(check(kari, LEI, country=country))
        assert "This is an LEI. Orders are made by organisation number or DUNS number." in shown


@pytest.mark.parametrize("number", ["000000000", "00 00 00 00", "999 999 999", "000000-0000"])
@pytest.mark.parametrize("kind", ["ORG", "DUNS"])
def test_a_number_that_stands_for_none_is_refused_in_words(kari: Client, number: str, kind: str) -> None:
    fields = {
        "no": fill(kari, number, kind=kind, country="no"),
        "": fill(kari, number, kind=kind, country=""),
    }
    for sent in fields.values():
        answer = send(kari, sent)
        assert errors(answer)
        assert "the check digit is right" not in words(answer)
    if kind == "ORG":
        assert "filled in where none is known" in errors(send(kari, fields[""]))
    assert not Case.objects.exists()
