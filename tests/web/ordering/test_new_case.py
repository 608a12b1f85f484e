"""Opening a case: what is warned of, what is refused, and that one form opens one case."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cases.models import AmlSession, Case, Organisation, SessionState
from cases.workflows import provider
from tests import factories
from tests.web.new_case import RIGHT, WRONG, check, errors, fill, form_of, send
from tests.web.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


# --- What comes of it ---


def test_a_case_is_opened_and_everything_is_asked_for(kari: Client) -> None:
    due = timezone.localdate() + datetime.timedelta(days=3)
    answer = send(
        kari,
        fill(kari, "317 835 337 MVA", purpose="Onboarding", customer_reference="K-1", due=due.isoformat()),
    )
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.reference}/"
    assert (case.organisation.country, case.organisation.value) == ("no", RIGHT)
    assert (case.purpose, case.customer_reference, case.due) == ("Onboarding", "K-1", due)
    assert case.assignee == case.opened_by == factories.kari()
    session = case.sessions.get()
    assert tuple(session.ordered_reports) == provider.contract().reports
    assert set(session.expands) == set(provider.contract().expands)
    assert session.artefacts.count() == 3


def test_only_what_is_ticked_is_ordered_a_report_with_the_element_that_belongs_to_it(kari: Client) -> None:
    send(kari, fill(kari, preset="custom", wanted=["roles", "report:aml"]))
    session = AmlSession.objects.get()
    assert (session.expands, session.ordered_reports) == (["roles", "links.reports.aml"], ["aml"])
    assert set(session.artefacts.values_list("kind", flat=True)) == {"json", "aml"}


def test_owners_and_screening_are_ordered_without_reports_whatever_is_ticked(kari: Client) -> None:
    send(kari, fill(kari, preset="owners", wanted=["address", "report:aml"]))
    session = AmlSession.objects.get()
    owners = ["beneficials", "subsidiaries", "shareholders", "indicators"]
    assert session.expands == [*(f"ownership.{word}" for word in owners), "roles", "sanction"]
    assert list(session.artefacts.values_list("kind", flat=True)) == ["json"]


def test_nothing_ticked_is_refused_with_a_sentence_and_the_ticks_are_shown(kari: Client) -> None:
    answer = send(kari, fill(kari, preset="custom", wanted=[]))
    assert "Tick at least one part or report" in errors(answer)
    assert page(answer).xpath("//*[@id='id_wanted'][not(@class)]")
    assert not Case.objects.exists()


def test_screening_promises_the_lists_that_there_are_and_no_other(kari: Client) -> None:
    shown = words(kari.get("/cases/new/"))
    assert "Sanctions lists" in shown
    assert "politically" not in shown


def test_the_number_has_the_cursor_and_the_button_says_that_it_costs(kari: Client) -> None:
    shown = page(kari.get("/cases/new/"))
    assert shown.xpath("//*[@autofocus]/@name") == ["identifier"]
    assert "charged" in words(shown.xpath("//main//button[@type='submit']")[0])


def test_the_language_is_that_of_the_settings_unless_another_is_chosen(
    kari: Client, settings: Settings
) -> None:
    settings.AML_LANGUAGE = "nb"
    assert fill(kari)["language"] == "nb"
    for number, chosen, ordered in ((RIGHT, "nb", "nb"), ("312433060", "nn", "nn"), ("310552828", "", "nb")):
        send(kari, fill(kari, number, language=chosen))
        assert AmlSession.objects.latest("pk").language == ordered


def test_without_the_tick_it_is_nobodys(kari: Client) -> None:
    fields = fill(kari)
    del fields["mine"]
    send(kari, fields)
    assert Case.objects.get().assignee is None


def test_every_element_and_report_is_one_tick_and_all_are_set(kari: Client) -> None:
    shown = page(kari.get("/cases/new/"))
    ticks = shown.xpath("//input[@name='wanted'][@checked]/@value")
    contract = provider.contract()
    with_reports = {word for kind in contract.kinds for word in kind.implied_by}
    elements = [word for word in contract.expands if word not in with_reports]
    assert sorted(ticks) == sorted([*elements, *(f"report:{word}" for word in contract.reports)])
    assert shown.xpath("//input[@name='preset']/@value") == ["full", "owners", "custom"]
    assert shown.xpath("//input[@name='preset'][@checked]/@value") == ["full"]


def test_an_element_that_only_an_overridden_contract_knows_is_a_tick_too(
    kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = provider.contract().overridden({"expands": ["roles", "taxArrears"]})
    monkeypatch.setattr(provider, "contract", lambda: contract)
    send(kari, fill(kari, preset="custom", wanted=["taxArrears"]))
    assert AmlSession.objects.get().expands == ["taxArrears"]


@pytest.mark.parametrize(
    ("country", "kind", "typed", "kept"),
    [
        ("se", "ORG", "5560360793", "556036-0793"),
        ("fi", "ORG", "01120389", "0112038-9"),
        ("dk", "ORG", "DK 24256790", "24256790"),
        ("no", "DUNS", "51-536-7214", "515367214"),
    ],
)
def test_every_country_and_kind_can_be_opened(
    kari: Client, country: str, kind: str, typed: str, kept: str
) -> None:
    send(kari, fill(kari, typed, country=country, kind=kind))
    organisation = Organisation.objects.get()
    assert (organisation.country, organisation.kind, organisation.value) == (country, kind, kept)


# --- What is refused, and says why at its field ---


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "This field is required."),
        ("12345", "this is none of them."),
        ("Fjellheim", "this is none of them."),
        ("1\0", "Null characters are not allowed."),
        ("1" * 65, "at most 64 characters"),
    ],
)
def test_what_cannot_be_such_a_number_is_refused_at_its_field(kari: Client, number: str, says: str) -> None:
    answer = send(kari, fill(kari, number))
    assert says in errors(answer)
    field = page(answer).xpath("//input[@name='identifier']")[0]
    assert field.get("aria-invalid") == "true"
    assert says in words(page(answer).get_element_by_id(field.get("aria-describedby").split()[-1]))
    assert not Case.objects.exists()


def test_a_number_of_another_country_than_the_chosen_is_refused_and_said_to_be(kari: Client) -> None:
    answer = send(kari, fill(kari, "556036-0793", country="no"))
    assert "has 9 digits; this has 10. It is written like a number of this country: Sweden." in errors(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "us"},
        {"preset": "cheap"},
        {"kind": "LEI"},
        {"due": "soon"},
        {"due": "9999999-01-01"},
        {"language": "tlh"},
        {"wanted": ["everything"]},
        {"wanted": ["roles", "\0"]},
        {"submission": "one"},
        {"submission": ""},
        {"purpose": "x" * 301},
        {"customer_reference": "x" * 101},
        {"purpose": "\0"},
    ],
)
def test_a_field_that_holds_what_it_cannot_is_refused(kari: Client, wrong: dict[str, Any]) -> None:
    answer = send(kari, fill(kari, **wrong))
    assert answer.status_code == 200
    assert errors(answer)
    assert not Case.objects.exists()


def test_what_was_typed_stays_when_something_is_refused(kari: Client) -> None:
    answer = send(kari, fill(kari, "12", purpose="Onboarding", wanted=["roles"], country="se", kind="DUNS"))
    again = form_of(answer)
    # HTML drops the first line break of a textarea.
    assert (again["identifier"], again["purpose"], again["wanted"]) == ("12", "\nOnboarding", ["roles"])
    assert (again["country"], again["kind"]) == ("se", "DUNS")


# --- What is warned of, and goes on ---


def test_a_wrong_check_digit_is_warned_of_and_goes_on_with_the_tick(kari: Client) -> None:
    warned = send(kari, fill(kari, WRONG))
    assert "Nothing is opened yet." in words(warned)
    assert "The check digit is wrong." in words(warned)
    assert not Case.objects.exists()
    again = form_of(warned)
    tick = page(warned).xpath("//input[@name='anyway']")[0]
    assert tick.get("checked") is None
    answer = send(kari, {**again, "anyway": tick.get("value")})
    assert answer.url == f"/cases/{Case.objects.get().reference}/"


def test_without_the_tick_it_is_warned_of_again(kari: Client) -> None:
    again = form_of(send(kari, fill(kari, WRONG)))
    assert "Nothing is opened yet." in words(send(kari, again))
    assert not Case.objects.exists()


def test_the_tick_for_one_number_is_not_a_tick_for_another(kari: Client) -> None:
    warned = send(kari, fill(kari, WRONG))
    tick = page(warned).xpath("//input[@name='anyway']/@value")[0]
    answer = send(kari, {**form_of(warned), "anyway": tick, "identifier": "234567891"})
    assert "NO 234 567 891" in words(answer)
    assert not Case.objects.exists()


def test_a_tick_that_is_left_of_a_wrong_number_does_not_stop_the_right_one(kari: Client) -> None:
    warned = send(kari, fill(kari, WRONG))
    tick = page(warned).xpath("//input[@name='anyway']/@value")[0]
    answer = send(kari, {**form_of(warned), "anyway": tick, "identifier": RIGHT})
    assert answer.url == f"/cases/{Case.objects.get().reference}/"


def test_a_due_day_in_the_past_is_warned_of_once(kari: Client) -> None:
    warned = send(kari, fill(kari, due="2020-01-31"))
    assert "This day is past" in words(warned)
    assert not Case.objects.exists()
    send(kari, form_of(warned))
    assert Case.objects.get().due == datetime.date(2020, 1, 31)


def test_an_earlier_case_is_told_of_with_who_and_when_and_linked(kari: Client) -> None:
    earlier = factories.case(factories.organisation(RIGHT), opened_by=factories.maja())
    factories.session(earlier, SessionState.COMPLETE)
    warned = send(kari, fill(kari))
    assert "looked into before" in words(warned)
    assert f"opened by Maja Berg {timezone.localdate():%-d %b %Y}" in words(warned)
    assert f"captured {timezone.localdate():%-d %b %Y}" in words(warned)
    assert page(warned).xpath(f"//main//a[@href='/cases/{earlier.reference}/']")
    answer = send(kari, {**form_of(warned), "again_reason": "New owner"})
    assert answer.status_code == 302
    assert Case.objects.count() == 2


def test_a_case_that_was_opened_since_is_told_of_too(kari: Client) -> None:
    organisation = factories.organisation(RIGHT)
    factories.case(organisation)
    warned = form_of(send(kari, fill(kari)))
    newer = factories.case(organisation, opened_at=timezone.now() + datetime.timedelta(seconds=1))
    assert newer.reference in words(send(kari, warned))
    assert Case.objects.count() == 2


# --- One form, one case ---


def test_a_form_that_is_sent_twice_opens_one_case(kari: Client) -> None:
    fields = fill(kari)
    first, second = send(kari, fields), send(kari, fields)
    assert first.url == second.url
    assert Case.objects.count() == AmlSession.objects.count() == 1
    assert "had opened the case already" in words(kari.get(second.url))


def test_the_same_form_with_another_number_opens_another_case(kari: Client) -> None:
    fields = fill(kari)
    send(kari, fields)
    send(kari, {**fields, "identifier": "312433060"})
    assert sorted(Case.objects.values_list("organisation__value", flat=True)) == ["312433060", RIGHT]


def test_two_forms_are_two_submissions(kari: Client) -> None:
    assert fill(kari)["submission"] != fill(kari)["submission"]


def test_a_submission_of_somebody_else_gives_nothing_away(kari: Client) -> None:
    theirs = factories.case(submission=uuid.uuid4())
    answer = send(kari, fill(kari, submission=str(theirs.submission)))
    assert answer.url != f"/cases/{theirs.reference}/"


# --- At once, while it is typed ---


def test_a_wrong_check_digit_is_description_address_once_with_its_tick(kari: Client) -> None:
    answer = check(kari, WRONG)
    assert "The check digit is wrong." in words(answer)
    tick = page(answer).xpath("//input[@name='anyway']/@value")[0]
    assert send(kari, fill(kari, WRONG, anyway=tick)).status_code == 302


def test_a_right_number_is_said_to_be_right_and_written_as_people_write_it(kari: Client) -> None:
    assert "NO 317 835 337: the check digit is right." in words(check(kari, RIGHT))
    assert "a DUNS number has no check digit" in words(check(kari, "515367214", kind="DUNS"))


def test_a_number_that_is_not_whole_yet_is_helped_along(kari: Client) -> None:
    answer = check(kari, "3178")
    assert "has 9 digits; this has 4." in words(answer)
    assert not page(answer).xpath("//*[@class='error']")


def test_an_earlier_case_is_description_address_once_and_then_not_asked_about_again(kari: Client) -> None:
    earlier = factories.case(factories.organisation(RIGHT))
    answer = check(kari, RIGHT)
    assert earlier.reference in words(answer)
    warned = page(answer).xpath("//input[@name='seen_warning']/@value")
    assert send(kari, fill(kari, seen_warning=warned)).status_code == 302


def test_a_past_day_is_description_address_its_own_place(kari: Client) -> None:
    place = page(check(kari, RIGHT, due="2020-01-31")).get_element_by_id("due-notes")
    assert "This day is past" in words(place)


@pytest.mark.parametrize("number", ["", "\0", "<script>", "9" * 10_000, "٣١٧٨٣٥٣٣٧", "\ud83d"])
def test_nothing_typed_breaks_the_check_or_comes_back_as_markup(kari: Client, number: str) -> None:
    answer = check(kari, number.encode("utf-8", "replace").decode(), country="xx" if number == "" else "no")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_numbers_are_never_part_of_an_address(kari: Client) -> None:
    shown = send(kari, fill(kari, WRONG))
    addresses = page(shown).xpath("//@href | //@action | //@hx-get | //@hx-post")
    assert not [address for address in addresses if WRONG in address]
    assert kari.get(f"/cases/new/check/?identifier={WRONG}").status_code == 405
