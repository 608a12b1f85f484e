import contextlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.findings.identity.number_checks import organisation_number
from cases.provider.numbers.identifiers import (
    Identifier,
    NotAnIdentifier,
    check_lei,
    display,
    parse,
    same,
    stands_for_none,
    wire,
)

LENGTHS = {"no": 9, "se": 10, "fi": 8, "dk": 8}


@st.composite
def organisations(draw: st.DrawFn) -> Identifier:
    country = draw(st.sampled_from(sorted(LENGTHS)))
    first = draw(st.sampled_from("123456789"))
    rest = draw(st.text("0123456789", min_size=LENGTHS[country] - 1, max_size=LENGTHS[country] - 1))
    assume(not stands_for_none(first + rest))
    return parse(country, "ORG", first + rest)[0]


nine_digits = st.text("0123456789", min_size=9, max_size=9).filter(lambda digits: not stands_for_none(digits))
duns_numbers = nine_digits.map(lambda text: parse("no", "DUNS", text)[0])


@given(organisations() | duns_numbers)
def test_what_is_displayed_reads_back_as_the_same_identifier(identifier: Identifier) -> None:
    for written in (display(identifier), wire(identifier), identifier.value):
        assert parse(identifier.country, identifier.kind, written)[0] == identifier


@given(organisations() | duns_numbers, st.randoms(use_true_random=False))
def test_spaces_dots_and_dashes_anywhere_change_nothing(identifier, random) -> None:
    noise = [" ", "-", ".", "\u00a0", "\u2013", "\t", "\u200b", "\n"]
    text = "".join(char + random.choice(noise) for char in identifier.value)
    assert parse(identifier.country, identifier.kind, text)[0] == identifier


@given(st.sampled_from(sorted(LENGTHS)), st.sampled_from(["ORG", "DUNS"]), st.text(max_size=80))
def test_no_text_makes_it_do_anything_but_parse_or_refuse(country: str, kind: str, text: str) -> None:
    with contextlib.suppress(NotAnIdentifier):
        identifier, warnings = parse(country, kind, text)
        assert wire(identifier).isascii()
        assert set(warnings) <= {"check_digit"}


@pytest.mark.parametrize(
    ("country", "text", "value", "shown"),
    [
        ("no", "NO 317 835 337 MVA", "317835337", "317 835 337"),
        ("no", "317835337", "317835337", "317 835 337"),
        ("NO ", "317.835.337mva", "317835337", "317 835 337"),
        ("se", "SE559657070401", "559657-0704", "559657-0704"),
        ("se", "16559657-0704", "559657-0704", "559657-0704"),
        ("se", "5596570704", "559657-0704", "559657-0704"),
        ("fi", "FI11070434", "1107043-4", "1107043-4"),
        ("fi", "1107043\u20134", "1107043-4", "1107043-4"),
        ("dk", "DK-42914177", "42914177", "42914177"),
        ("dk", "42 91 41 77", "42914177", "42914177"),
        ("dk", "CVR-nr.: 42 91 41 77", "42914177", "42914177"),
        ("dk", "(CVR) DK/42914177", "42914177", "42914177"),
        ("se", "Org.nr: 559657-0704", "559657-0704", "559657-0704"),
        ("se", "Organization number: 559657-0704", "559657-0704", "559657-0704"),
        ("no", "Foretaksnr.: NO 317 835 337 MVA", "317835337", "317 835 337"),
        ("fi", "Y-tunnus: 1107043-4", "1107043-4", "1107043-4"),
        ("fi", "Business ID: 1107043-4", "1107043-4", "1107043-4"),
        ("no", "«317 835 337»,", "317835337", "317 835 337"),
        ("no", "\uff13\uff11\uff17\uff18\uff13\uff15\uff13\uff13\uff17", "317835337", "317 835 337"),
        ("no", "\u0663\u0661\u0667\u0668\u0663\u0665\u0663\u0663\u0667", "317835337", "317 835 337"),
    ],
)
def test_numbers_are_read_as_people_write_them(country: str, text: str, value: str, shown: str) -> None:
    identifier, warnings = parse(country, "ORG", text)
    assert (identifier.value, display(identifier), warnings) == (value, shown, [])


@pytest.mark.parametrize("number", ["123456789", "234567891", "345678912", "456789123", "567891234"])
def test_the_providers_own_test_organisations_are_taken_with_a_warning(number: str) -> None:
    identifier, warnings = parse("no", "ORG", number)
    assert (wire(identifier), warnings) == (number, ["check_digit"])


@pytest.mark.parametrize(
    ("country", "right", "wrong"),
    [
        ("no", "317835337", "317835338"),
        ("se", "559657-0704", "559657-0705"),
        ("fi", "1107043-4", "1107043-5"),
        ("dk", "42914177", "42914178"),
    ],
)
def test_a_wrong_check_digit_is_a_warning_in_every_country(country: str, right: str, wrong: str) -> None:
    assert parse(country, "ORG", right)[1] == []
    assert parse(country, "ORG", wrong)[1] == ["check_digit"]


def test_a_duns_number_has_no_check_digit_to_warn_of() -> None:
    for written in ("DUNS 30-123-4567", "D-U-N-S® number: 30-123-4567", "DUNS no. 301234567"):
        identifier, warnings = parse("no", "DUNS", written)
        assert (identifier.kind, wire(identifier), display(identifier)) == (
            "DUNS",
            "301234567",
            "30-123-4567",
        )
        assert warnings == []


@pytest.mark.parametrize(
    ("country", "kind", "text", "reason"),
    [
        ("no", "ORG", "", "characters"),
        ("no", "ORG", "31783533", "length"),
        ("no", "ORG", "3178353371", "length"),
        ("no", "ORG", "31783533X", "characters"),
        ("no", "ORG", "SE317835337", "characters"),
        ("no", "ORG", "31783533\u00b2", "characters"),
        ("no", "ORG", "31783533\x007", "characters"),
        ("no", "ORG", "3" * 10_000, "length"),
        ("se", "ORG", "559657070401", "length"),
        ("fi", "ORG", "1107043", "length"),
        ("dk", "ORG", "02914177", "characters"),
        ("no", "DUNS", "12345678", "length"),
        ("de", "ORG", "317835337", "country"),
        ("no", "ORG", "000000000", "placeholder"),
        ("no", "ORG", "999 999 999", "placeholder"),
        ("no", "ORG", "000000001", "placeholder"),
        ("se", "ORG", "000000-0000", "placeholder"),
        ("fi", "ORG", "0000000-0", "placeholder"),
        ("dk", "ORG", "11 11 11 11", "placeholder"),
        ("no", "DUNS", "00-000-0000", "placeholder"),
    ],
)
def test_what_cannot_be_such_a_number_is_refused_with_a_reason(country, kind, text, reason) -> None:
    with pytest.raises(NotAnIdentifier) as refusal:
        parse(country, kind, text)
    assert refusal.value.reason == reason


def test_a_refusal_never_repeats_what_was_written() -> None:
    with pytest.raises(NotAnIdentifier) as refusal:
        parse("no", "ORG", "01017012345")
    assert "01017012345" not in str(refusal.value) + refusal.value.message


@pytest.mark.parametrize(
    ("country", "kind", "asked", "organisation", "duns", "verdict"),
    [
        ("no", "ORG", "317835337", "317 835 337", None, True),
        ("no", "ORG", "317835337", "NO317835337MVA", None, True),
        ("no", "ORG", "317835337", "312904047", "317835337", False),
        ("no", "ORG", "317835337", None, "317835337", None),
        ("no", "ORG", "317835337", "n/a", None, None),
        ("no", "DUNS", "301234567", "317835337", "30-123-4567", True),
        ("no", "DUNS", "301234567", "301234567", None, None),
        ("se", "ORG", "559657-0704", "5596570704", None, True),
        ("se", "ORG", "559657-0704", "165596570704", None, True),
        ("fi", "ORG", "1107043-4", "FI11070434", None, True),
        ("dk", "ORG", "42914177", "42914178", None, False),
    ],
)
def test_a_result_is_compared_with_what_was_asked(
    country, kind, asked, *, organisation, duns, verdict
) -> None:
    assert same(parse(country, kind, asked)[0], organisation, duns) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("213800KUD8LAJWSQ9D15", "valid"),
        ("2138 00ku d8la jwsq 9d15", "valid"),
        ("213800KUD8LXJWSQ9D15", "check_digit"),
        ("213800KUD8LAJWSQ9D1A", "check_digit"),
        ("213800KUD8LAJWSQ9D1", "length"),
        ("", "length"),
        ("213800KUD8LAJWSQ9D1\u00e5", "characters"),
    ],
)
def test_an_lei_is_judged_by_characters_length_and_check_digits(text: str, verdict: str) -> None:
    assert check_lei(text) == verdict


def test_a_swedish_sole_trader_s_number_may_end_with_one_for_each_business() -> None:
    table = {
        "121212-1212-001": "121212-1212",
        "1212121212001": "121212-1212",
        "121212-1212 002": "121212-1212",
        "SE 121212-1212-001": "121212-1212",
        "201212121212-001": "121212-1212",
        "20121212-1212-003": "121212-1212",
        "191212121212001": "121212+1212",
        "121212+1212-001": "121212+1212",
    }
    for written, value in table.items():
        found, warnings = parse("se", "ORG", written)
        assert (found.value, warnings) == (value, []), written
        assert same(found, written, None), written
        check = organisation_number(written, "SE")
        assert check is not None
        assert check.is_right, written
    for wrong in ("121212-1213-001", "556036-0793-001", "121212-1212-01", "121212-1212-0001"):
        with pytest.raises(NotAnIdentifier):
            parse("se", "ORG", wrong)
    asked, _warnings = parse("se", "ORG", "121212-1212")
    assert not same(asked, "121212-1213-001", None)
