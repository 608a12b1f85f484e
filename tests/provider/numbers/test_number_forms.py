"""A number is one number in every form that registers, tax offices and people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.provider.numbers.identifiers import NotAnIdentifier, parse, same
from cases.provider.numbers.known_numbers import identifying_number, known_number
from cases.provider.numbers.number_forms import as_written, birth_in, canonical, is_swedish_personal

ONE_AND_THE_SAME = [
    [
        "317835337",
        "NO317835337MVA",
        "NO 317 835 337 MVA",
        "317835337mva",
        "Org.nr. 317 835 337",
        "317.835.337",
    ],
    ["5596570704", "559657-0704", "16559657-0704", "165596570704", "SE559657070401", "SE 559657-0704 01"],
    [
        "5596570704",
        "SE5596570704",
        "SE16559657-0704",
        "16559657070401".join(["SE", ""]),
        "Org nr 559657-0704",
    ],
    ["700501-1234", "7005011234", "19700501-1234", "197005011234", "SE700501123401", "SE19700501123401"],
    ["700501-1234", "700501-1234-001", "19700501-1234-002", "7005011234-001", "SE 700501-1234 003"],
    ["Org.nr 700501-1234-001", "700501\u20131234/001", "700501-1234"],
    ["121212+1212", "121212+1212-001", "191212121212001", "19121212-1212"],
    ["700501+1234", "18700501-1234", "187005011234"],
    ["200501-1234", "20200501-1234"],
    ["200501+1234", "19200501-1234"],
    ["700561-1234", "19700561-1234"],
    ["1107043-4", "11070434", "FI11070434", "FI-1107043-4", "Y-tunnus: 1107043-4", "003711070434"],
    ["110704-3", "0110704-3", "FI01107043", "FI 110704-3", "110704 - 3"],
    ["1000002", "0100000-2", "100000-2"],
    ["0112038-9", "112038-9", "0037112038-9", "00371120389", "FI1120389", "003701120389"],
    ["19700501-1234", "16197005011234", "16 19700501-1234", "SE16197005011234"],
    [
        "42914177",
        "DK42914177",
        "DK-42 91 41 77",
        "CVR-nr. 42914177",
        "CVR 42914177",
        "\uff14\uff1291417\uff17",
    ],
    ["213800KUD8LAJWSQ9D15", "2138 00ku d8la jwsq 9d15"],
]
DIFFERENT = [
    ("42914177", "LT42914177"),
    ("700501-1234", "700501+1234"),
    ("19700501-1234", "18700501-1234"),
    ("559657-0704", "559657-0705"),
    ("110704-3", "1107043-4"),
    ("317835337", "317835338"),
    ("RC 1234", "BN 1234"),
    ("0037112038-8", "112038-8"),  # fails its check: nothing tells that it is Finnish
    ("16197013011234", "197013011234"),  # no month of that number
    ("1107746120011", "1107746120012"),  # two of the Russian register
    ("1107746120011", "1107746120"),
    ("304770000123456", "304770000123"),
    ("556036-0793-001", "556036-0793"),
]


def test_every_form_of_a_number_is_the_same_number() -> None:
    apart = [
        (forms[0], form)
        for forms in ONE_AND_THE_SAME
        for form in forms
        if canonical(form) != canonical(forms[0])
    ]
    assert apart == []


OF_ONE_REGISTER = [
    ["FI11070434", "1107043-4", "Y-tunnus 1107043-4", "003711070434"],
    ["DK10000025", "10000025", "CVR 10000025", "DK-10 00 00 25"],
    ["317835337", "NO317835337MVA", "Org.nr. 317 835 337"],
    ["SE559657070401", "559657-0704", "16559657-0704"],
    ["SE700501123401", "700501-1234", "19700501-1234"],
]
OF_TWO_REGISTERS = [
    ("FI42914177", "DK42914177"),
    ("42914177", "FI42914177"),
    ("42914177", "DK42914177"),
    ("20000104", "FI20000104"),
    ("42914178", "DK42914178"),
    ("317835338", "NO317835338"),
    ("5596570704", "LT5596570704"),
]


def test_a_number_is_the_same_only_within_its_register() -> None:
    apart = [forms for forms in OF_ONE_REGISTER if len({*map(known_number, forms)}) > 1]
    assert apart == []
    assert [pair for pair in OF_TWO_REGISTERS if known_number(pair[0]) == known_number(pair[1])] == []
    assert same(parse("dk", "ORG", "42914177")[0], "FI42914177", None) is False
    assert same(parse("no", "ORG", "123456789")[0], "123 456 789", None) is True


def test_numbers_that_differ_stay_apart() -> None:
    assert [pair for pair in DIFFERENT if canonical(pair[0]) == canonical(pair[1])] == []


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("se", "19700501-1234", "700501-1234"),
        ("se", "197005011234", "700501-1234"),
        ("se", "700501-1234", "700501-1234"),
        ("se", "7005011234", "700501-1234"),
        ("se", "SE700501123401", "700501-1234"),
        ("se", "700501+1234", "700501+1234"),
        ("se", "18700501-1234", "700501+1234"),
        ("se", "Org.nr 559657-0704", "559657-0704"),
        ("fi", "110704-3", "0110704-3"),
        ("fi", "FI 110704-3", "0110704-3"),
        ("fi", "003711070434", "1107043-4"),
        ("dk", "CVR-nr. 42914177", "42914177"),
        ("no", "Org.nr. 317 835 337", "317835337"),
    ],
)
def test_what_people_type_is_read_in_every_form(country: str, text: str, value: str) -> None:
    assert parse(country, "ORG", text)[0].value == value
    assert parse(country, "ORG", value)[0].value == value


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("se", "19701301-1234"),
        ("se", "559657-07041"),
        ("se", "5596+570704"),
        ("se", "20990501-1234"),
        ("fi", "1107043"),
        ("dk", "FI11070434"),
        ("no", "DK42914177"),
    ],
)
def test_what_only_looks_like_one_is_refused(country: str, text: str) -> None:
    with pytest.raises(NotAnIdentifier):
        parse(country, "ORG", text)


@pytest.mark.parametrize(
    ("asked", "number", "verdict"),
    [
        (("se", "700501-1234"), "19700501-1234", True),
        (("se", "700501-1234"), "700501+1234", False),
        (("se", "559657-0704"), "SE559657070401", True),
        (("fi", "110704-3"), "0110704-3", True),
        (("fi", "0110704-3"), "FI01107043", True),
        (("fi", "42914177"), "42914177", True),
        (("dk", "42914177"), "42914177", True),
        (("fi", "42914177"), "DK42914177", False),
        (("no", "317835337"), "000000000", None),
        (("no", "317835337"), "Org.nr. 317 835 337", True),
    ],
)
def test_a_result_is_about_the_one_that_was_asked_for_in_every_form(
    asked: tuple[str, str], number: str, verdict: bool | None
) -> None:
    assert same(parse(asked[0], "ORG", asked[1])[0], number, None) is verdict


@given(st.dates().filter(lambda day: 1850 <= day.year <= 2026), st.integers(0, 9999))
def test_a_personal_number_as_it_is_written_reads_back(day: object, last: int) -> None:
    twelve = f"{day:%Y%m%d}{last:04d}"
    assert is_swedish_personal(twelve)
    assert birth_in(twelve) == day
    if twelve >= "19270101":
        assert canonical(as_written(twelve)) == twelve


@given(st.text(max_size=60))
def test_nothing_but_digits_and_letters_is_left_of_whatever_came(text: str) -> None:
    assert not any(char for char in canonical(text) if not char.isalnum())


PLACEHOLDERS = [
    None,
    "",
    " ",
    "-",
    "--",
    "0",
    "00",
    "000000000",
    "999999999",
    "111111111",
    "N/A",
    "n.a.",
    "NA",
    "?",
]
PLACEHOLDERS += [
    "none",
    "NULL",
    "unknown",
    "ukjent",
    "Okänd",
    "tuntematon",
    "UKENDT",
    "NO000000000MVA",
    "000000-0000",
]
FILLED_IN = [
    "1",
    "-1",
    "01",
    "77",
    "123",
    "000000001",
    "123456789",
    "1234567890",
    "12345678",
    "987654321",
    "FI12345678",
]
PLACEHOLDERS += ["NA1", "N/A 0", "FOREIGN1", "Unknown 12", "ukjent 001", "Utland 1"]
PLACEHOLDERS += ["0000000-0", "16000000-0000", "SE000000000001", "x", "n.a", "not available", "pending"]


def test_a_placeholder_is_nobodys_number() -> None:
    assert [placeholder for placeholder in PLACEHOLDERS if known_number(placeholder) is not None] == []


def test_a_number_that_fills_a_field_is_stated_and_identifies_nobody() -> None:
    assert [text for text in FILLED_IN if known_number(text) is None] == []
    assert [text for text in (*FILLED_IN, *PLACEHOLDERS) if identifying_number(text) is not None] == []


def test_a_number_of_few_or_odd_digits_is_still_one() -> None:
    assert [
        text for text in ("1077", "HRB 1", "999999990", "X0001") if identifying_number(text) is None
    ] == []
