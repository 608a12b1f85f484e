"""Values as a reader sees them."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.vocabulary import formats
from cases.provider.result.scalars import Day
from tests.findings.reading import one_spaced


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("14.9", "14.9 %"),
        ("33.33", "33.33 %"),
        ("100.00", "100 %"),
        ("0", "0 %"),
        ("33.3333333", "≈ 33.33 %"),
        ("66.6666667", "≈ 66.67 %"),
        ("24.999", "24.999 %"),
        ("25.001", "25.001 %"),
        ("99.999", "99.999 %"),
        ("49.9999", "49.9999 %"),
        ("0.001", "< 0.01 %"),
        ("-12.5", "−12.5 %"),
        ("1200", "1 200 %"),
    ],
)
def test_per_cent_never_seem_rounder_than_they_are(share: str, shown: str) -> None:
    assert one_spaced(formats.percent_words(Decimal(share))) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "0"),
        ("-0.0", "0"),
        ("999", "999"),
        ("1284", "1 284"),
        ("182400000.0", "182 400 000"),
        ("22500000.50", "22 500 000.5"),
        ("-1234567.891", "−1 234 567.891"),
        ("123456789012345678901234567890", "123 456 789 012 345 678 901 234 567 890"),
    ],
)
def test_numbers_are_grouped_and_keep_their_decimals(number: str, shown: str) -> None:
    assert one_spaced(formats.number_words(Decimal(number))) == shown


@given(st.decimals(Decimal("-1e29"), Decimal("1e29"), places=8))
def test_no_number_loses_a_digit(number: Decimal) -> None:
    shown = formats.number_words(number).replace(formats.THIN_SPACE, "").replace(formats.MINUS, "-")
    assert Decimal(shown) == number


@given(st.decimals(Decimal("-1e29"), Decimal("1e29"), places=12))
def test_no_share_raises(share: Decimal) -> None:
    assert formats.percent_words(share).endswith("%")


@pytest.mark.parametrize(
    ("number", "country", "shown"),
    [
        ("317835337", "NO", "317 835 337"),
        ("317835337", "no", "317 835 337"),
        ("317835337", None, "317 835 337"),
        ("5596570704", "SE", "559657-0704"),
        ("559657-0704", "SE", "559657-0704"),
        ("11070434", "FI", "1107043-4"),
        ("42914177", "DK", "42914177"),
        ("NO 317835337 MVA", "NO", "NO 317835337 MVA"),
        ("31783533", "NO", "31783533"),
        ("12345", "XX", "12345"),
        ("", None, ""),
    ],
)
def test_organisation_numbers_are_written_by_country_and_others_stay(
    number: str, country: str | None, shown: str
) -> None:
    assert one_spaced(formats.organisation_number(number, country)) == shown


def test_dates_are_written_out() -> None:
    assert one_spaced(formats.day_words(Day("", datetime.date(2026, 11, 22)))) == "22 Nov 2026"
    assert formats.day_words(Day("31.12.2025", None)) == "31.12.2025"
