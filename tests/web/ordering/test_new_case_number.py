"""What a typed number tells: its country, which is only a guess, and that it is a person's, which is refused."""

import pytest
from django.test import Client

from cases.models import Case, Organisation
from tests import factories
from tests.web.new_case import RIGHT, WRONG, check, errors, fill, form_of, send
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


# --- The country, as the number tells it ---


def test_the_country_is_guessed_from_the_form_of_the_number(kari: Client) -> None:
    for typed, country in (
        (RIGHT, "no"),
        (WRONG, "no"),
        ("556036-0793", "se"),
        ("0112038-9", "fi"),
        ("DK 24256790", "dk"),
    ):
        tick = page(check(kari, typed, country="")).xpath("//input[@name='anyway']/@value")
        send(kari, fill(kari, typed, country="", anyway="".join(tick)))
        assert Organisation.objects.latest("pk").country == country


def test_a_guess_by_the_check_digit_alone_is_shown_first_and_then_goes_on(kari: Client) -> None:
    """Eight digits are Finnish or Danish: an order for the wrong firm would be paid for."""
    shown = send(kari, fill(kari, "24256790"))
    assert "By its form it is of Denmark" in words(shown)
    assert not Case.objects.exists()
    send(kari, form_of(shown))
    assert Organisation.objects.get().country == "dk"


def test_what_does_not_tell_the_country_is_asked_about(kari: Client) -> None:
    """A DUNS number does not, though its digits are right for an organisation number of one country, or of two."""
    for number, kind in (
        ("12345678", "ORG"),
        ("515367214", "DUNS"),
        (RIGHT, "DUNS"),
        ("30-421-1008", "DUNS"),
        ("DUNS 304211067", "ORG"),
    ):
        for answer in (send(kari, fill(kari, number, kind=kind)), check(kari, number, kind=kind, country="")):
            assert "The number does not tell the country. Choose it." in words(answer), number
        assert page(send(kari, fill(kari, number, kind=kind))).xpath(
            "//*[@name='country']/@aria-invalid"
        ) == ["true"]
    assert not Case.objects.exists()


def test_a_number_that_fits_two_countries_is_asked_about_and_says_which(kari: Client) -> None:
    warned = send(kari, fill(kari, "42914177"))
    assert "The check digit fits Finland and Denmark alike. Choose the country." in errors(warned)
    for country in ("fi", "dk"):
        assert "Choose the country" not in words(check(kari, "42914177", country=country))
    send(kari, fill(kari, "42914177", country="fi"))
    found = Organisation.objects.get().identifier
    assert (found.country, found.value) == ("fi", "4291417-7")


@pytest.mark.parametrize(
    ("typed", "chosen", "is_one"),
    [
        ("DUNS 30-411-6038", "no", ("no", "DUNS", "304116038")),
        ("NO DUNS 30-411-6038", "", ("no", "DUNS", "304116038")),
        ("CVR-nr.: 4291 4177", "", ("dk", "ORG", "42914177")),
        ("Y-tunnus 42914177", "", ("fi", "ORG", "4291417-7")),
    ],
)
def test_what_the_number_is_called_chooses_kind_and_country(
    kari: Client, typed: str, chosen: str, is_one: tuple[str, str, str]
) -> None:
    assert "check digit is wrong" not in words(check(kari, typed, country=chosen))
    send(kari, fill(kari, typed, country=chosen, kind="ORG"))
    found = Organisation.objects.get()
    assert (found.country, found.kind, found.value) == is_one


def test_what_the_number_is_called_is_shown_as_chosen_and_another_country_is_refused(kari: Client) -> None:
    warned = send(kari, fill(kari, "DUNS 30-411-6038", country="", kind="ORG"))
    assert "The number does not tell the country. Choose it." in errors(warned)
    assert page(warned).xpath("//input[@name='kind'][@checked]/@value") == ["DUNS"]
    other = send(kari, fill(kari, "CVR 42914177", country="fi"))
    assert "It is called a Danish CVR number." in errors(other)
    assert "This is an LEI." in errors(send(kari, fill(kari, "LEI: 5493001KJTIIGC8Y1R12")))
    assert not Case.objects.exists()


def test_the_country_that_is_chosen_is_never_changed(kari: Client) -> None:
    fields = fill(kari, "0112038-9", country="dk")
    assert "Finland" not in words(check(kari, "28412007", country="dk"))
    assert "does not begin with 0" in errors(send(kari, fields))
    send(kari, {**fields, "identifier": "28412007", "anyway": "dk ORG 28412007"})
    assert Organisation.objects.get().country == "dk"


# --- Numbers of persons ---


def test_the_number_of_a_person_is_refused_with_the_reason_and_never_given_back(kari: Client) -> None:
    for country, typed in (
        ("se", "19700501-1234"),
        ("se", "700501-1234"),
        ("se", "SE700501123401"),
        ("no", "01057012345"),
        ("fi", "010570-123N"),
        ("dk", "010570-1234"),
        ("", "7005011234"),
    ):
        for answer in (
            send(kari, fill(kari, typed, country=country)),
            check(kari, typed, country=country, due="2020-01-31"),
        ):
            assert "written like the number of a person" in words(answer), typed
            assert typed not in answer.content.decode()
            assert typed[-4:] not in words(answer)
    assert not Organisation.objects.exists()
