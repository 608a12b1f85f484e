"""What a number tells before it is read: whose it is, and that it is a person's."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from stdnum.se import orgnr

from cases.provider.numbers.identifiers import DUNS, ORG, NotAnIdentifier, display, meant_kind, parse
from cases.provider.numbers.typed_number import Guess, country_of, looks_personal, meanings
from tests.provider.result.labels import LABELLED, LEIS

PEOPLE = [
    *("700501-1234", "7005011234", "19700501-1234", "197005011234", "700561-1234", "700501+1234"),
    *("700501-1234-001", "7005011234-001", "197005011234001"),
    *("SE700501123401", "16700501-1234", "SE 700501-1234", "SE19700501123401", "SE197005011234"),
    *("Org-nr. 700501-1234", "Y-tunnus 010570-123N", "CVR-nr.: 010570-1234", "SE-700501-1234"),
    *("Org.nr. 700501-1234", "Personnummer: 19700501-1234", "fnr 01057012345"),
    *("01057012345", "010570 12345", "41057012345", "01457012345", "01857012345", "NO01057012345"),
    *("010570-123N", "010570A123N", "010570+1234", "010570Y123N", "FI010570-123N"),
    *("010570-1234", "0105701234", "610570-1234", "７００５０１－１２３４"),
]
ORGANISATIONS = [
    *(
        "Org.nr. 317835337",
        "Org.nr. SE556036079301",
        "0037 0112038 9",
        "112038-9",
        "317835337",
        "NO 317 835 337 MVA",
        "123456789",
        "51-536-7214",
    ),
    *("556036-0793", "165560360793", "SE556036079301", "802001-1234"),
    *("0112038-9", "01120389", "FI01120389", "24256790", "DK24256790", "19700501"),
    *("", "-", "N/A", "Fjellheim", "1" * 64, "5493001KJTIIGC8Y1R12"),
]


def test_the_numbers_of_people_are_told_from_those_of_organisations() -> None:
    assert [typed for typed in PEOPLE if not looks_personal(typed)] == []
    assert [typed for typed in ORGANISATIONS if looks_personal(typed)] == []


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 1, 1)), st.integers(0, 9999))
def test_every_person_of_three_countries_is_one(born: datetime.date, serial: int) -> None:
    swedish, danish = f"{born:%y%m%d}-{serial:04}", f"{born:%d%m%y}{serial:04}"
    norwegian = f"{born:%d%m%y}{serial:04}7"
    assert [text for text in (swedish, danish, norwegian) if not looks_personal(text)] == []


@given(st.integers(20, 99), st.integers(0, 99), st.integers(0, 99999))
def test_no_swedish_legal_person_is_one(middle: int, first: int, rest: int) -> None:
    """Their third digit is 2 or more."""
    digits = f"{first:02}{middle}{rest:05}"
    whole = digits + orgnr.luhn.calc_check_digit(digits)
    assert not looks_personal(whole)
    assert not looks_personal(f"16{whole}")
    assert not looks_personal(f"SE{whole}01")


def test_a_swedish_vat_number_that_begins_like_a_century_is_an_organisations() -> None:
    assert not looks_personal("SE162001000701")
    assert looks_personal("SE700501123401")
    assert looks_personal("SE197005011239")


@given(st.text())
def test_nothing_typed_breaks_it(text: str) -> None:
    looks_personal(text)
    country_of(text)


def test_the_country_is_guessed_by_form_and_else_by_check_digit() -> None:
    guesses = {
        "317835337": Guess("no", True),
        "123456789": Guess("no", True),
        "NO317835337MVA": Guess("no", True),
        "556036-0793": Guess("se", True),
        "5560360793": Guess("se", True),
        "0112038-9": Guess("fi", True),
        "2841200-7": Guess("fi", True),
        "FI28412007": Guess("fi", True),
        "DK 24 25 67 90": Guess("dk", True),
        "24256790": Guess("dk", False),
        "28412007": Guess("fi", False),
        "42914177": None,
        "4291417-7": Guess("fi", True),
        "12345678": None,
        "12345": None,
        "": None,
        "SE317835337": None,
    }
    assert {typed: country_of(typed) for typed in guesses} == guesses


def test_what_a_number_is_called_chooses_its_kind_and_its_country() -> None:
    wrong = []
    for typed, kind, country in LABELLED:
        guess = country_of(typed, kind)
        found = parse(country or "no", kind, typed)[0]
        if (
            meant_kind(ORG, typed) != kind
            or meant_kind(DUNS, typed) != (kind if typed[0].isalpha() or typed[0] == "(" else DUNS)
            or (guess.country if guess else "") != country
            or parse(country or "no", kind, display(found))[0] != found
            or {meant for meant, _land, _value in meanings(typed)} != {kind}
            or (kind == ORG and {land for _kind, land, _value in meanings(typed)} != {country})
        ):
            wrong.append((typed, kind, guess, found))
    assert wrong == []


def test_a_number_that_is_called_otherwise_is_refused_with_what_it_is_called() -> None:
    table = {
        ("fi", ORG, "CVR 42914177"): "It is called a Danish CVR number.",
        ("dk", ORG, "Y-tunnus 42914177"): "It is called a Finnish business ID.",
        ("no", ORG, "DUNS 317835337"): "It is called a DUNS number.",
        ("no", DUNS, "Org.nr. 317835337"): "It is called an organisation number.",
    }
    found = {}
    for asked in table:
        try:
            found[asked] = str(parse(*asked))
        except NotAnIdentifier as refusal:
            found[asked] = refusal.message
    assert found == table


def test_an_lei_is_told_with_and_without_its_name() -> None:
    ordered = []
    for typed in LEIS:
        try:
            ordered.append((typed, meant_kind(ORG, typed)))
        except NotAnIdentifier as refusal:
            assert "LEI" in refusal.message  # noqa: PT017 - in a loop over a table
    assert ordered == []
