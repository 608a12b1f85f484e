"""Countries by code and name, and why each is involved."""

import pytest

from cases.findings.as_json.findings import plain
from cases.findings.identity import number_checks
from cases.findings.vocabulary import countries
from tests.findings.reading import codes, page, result


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("NO", "NO"),
        ("no", "NO"),
        (" gb ", "GB"),
        ("UK", "GB"),
        ("NOR", "NO"),
        ("swe", "SE"),
        ("Norway", "NO"),
        ("XK", "XK"),
        ("ZZ", None),
        ("XA", None),
        ("SUN", None),
        ("ABCD", None),
        ("", None),
        (None, None),
        ("ß", None),
    ],
)
def test_a_country_is_known_by_two_letters_three_or_its_name(word: str | None, code: str | None) -> None:
    assert countries.alpha_2(word) == code


@pytest.mark.parametrize(
    ("came", "shown"),
    [("GB", "United Kingdom"), ("usa", "United States"), ("cy", "Cyprus"), ("QX", "QX"), ("ß", "ß")],
)
def test_a_country_is_shown_by_its_name_and_an_unknown_code_as_it_came(came: str, shown: str) -> None:
    assert f"Country {shown} Status" in page(result({"keyInformation": {"name": "A", "country": came}})).text


def test_a_number_is_written_and_checked_by_the_country_of_three_letters_too() -> None:
    key = {"name": "A", "country": "SWE", "organizationNumber": "5596570704"}
    assert (
        "Organisation number 559657-0704 the check digit is right"
        in page(result({"keyInformation": key})).text
    )


def involved(document: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(party.country.raw, party.codes) for party in result(document).involved]


def test_one_country_by_three_spellings_is_one() -> None:
    document = {
        "keyInformation": {"country": "no"},
        "address": {"visitingAddress": {"country": "NOR"}, "postalAddress": {"country": "NO"}},
        "sanction": {"sanctionResults": [{"name": "X", "addressList": [{"countryName": "norway"}]}]},
    }
    assert involved(document) == [("no", ("organisation", "visiting", "postal", "listed"))]


def test_a_country_that_only_has_a_name_is_involved_by_its_name() -> None:
    listed = [{"addressList": [{"countryName": "Cyprus"}, {"countryName": "Atlantis"}]}]
    document = {"sanction": {"sanctionResults": listed}}
    assert involved(document) == [("CY", ("listed",)), ("Atlantis", ("listed",))]


def test_many_are_counted_and_few_are_named() -> None:
    hits = [{"name": f"Name {n}", "addressList": [{"countryCode": "CY"}] * 2} for n in range(4)]
    (few,) = result({"sanction": {"sanctionResults": hits[:2]}}).involved
    (many,) = result({"sanction": {"sanctionResults": hits}}).involved
    assert str(few.reasons[0]) == "addresses of 2 listed parties (Name 0, Name 1)"
    assert str(many.reasons[0]) == "addresses of 4 listed parties"
    owners = [{"name": name, "address": {"country": "CY"}} for name in ("Eva", "Ola")]
    for count, words in (
        (1, "address of 1 beneficial owner (Eva)"),
        (2, "addresses of 2 beneficial owners (Eva, Ola)"),
    ):
        (owned,) = result({"ownership": {"beneficials": owners[:count]}}).involved
        assert str(owned.reasons[0]) == words


# --- Numbers and their checks ---


@pytest.mark.parametrize(
    ("number", "country", "code"),
    [
        ("317835337", "NO", "valid"),
        ("317 835 337", "no", "valid"),
        ("123456789", "NO", "check_digit"),
        ("12345678", "NO", "form"),
        ("55965707O4", "SE", "form"),
        ("1107043-4", "FI", "valid"),
        ("1107043-5", "FI", "check_digit"),
        ("42914177", "DK", "valid"),
        ("02914177", "DK", "form"),
    ],
)
def test_an_organisation_number_is_checked_by_its_country_s_rule(
    number: str, country: str, code: str
) -> None:
    found = number_checks.organisation_number(number, country)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(("number", "country"), [(None, "NO"), ("", "NO"), ("1", "DE"), ("1", None)])
def test_without_a_number_or_a_rule_there_is_no_check(number: str | None, country: str | None) -> None:
    assert number_checks.organisation_number(number, country) is None


def test_a_wrong_check_digit_is_a_finding_and_refuses_nothing() -> None:
    key = {
        "name": "A",
        "country": "NO",
        "organizationNumber": "123456789",
        "dunsNumber": "12",
        "leiNumber": "549300GKFG0RYRRQ1415",
    }
    found = result({"keyInformation": key})
    assert {"number_check", "duns_check", "lei_check"} <= set(codes(found))
    assert "123 456 789 the check digit is wrong" in page(found).text


def test_the_number_of_a_swedish_sole_trader_is_valid_in_every_form_that_registers_write() -> None:
    right = (
        "19700501-1239",
        "197005011239",
        "700501-1239",
        "7005011239",
        "700501+1239",
        "16700501-1239",
        "SE700501123901",
        "19700561-1236",  # a coordination number: the day and 60
    )
    for number in right:
        found = result({"keyInformation": {"name": "A", "country": "SE", "organizationNumber": number}})
        assert plain(found)["company"]["checks"]["number"] == "valid", number
        assert "number_check" not in codes(found), number
    wrong = {"19700501-1234": "check_digit", "700501-1234": "check_digit", "19700501-123": "form"}
    for number, code in wrong.items():
        found = result({"keyInformation": {"name": "A", "country": "SE", "organizationNumber": number}})
        assert plain(found)["company"]["checks"]["number"] == code, number
        (caution,) = [warning for warning in found.warnings if warning.code == "number_check"]
        assert not any(digit.isdigit() for digit in str(caution.text)), number
