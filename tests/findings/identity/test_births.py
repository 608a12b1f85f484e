"""Dates of birth as lists state them."""

import pytest

from cases.findings.identity.dates_of_birth import born, compare, full_day
from cases.findings.identity.verdict import Verdict
from cases.provider.result.scalars import date


def verdict(theirs: str | None, info: tuple[str, ...], ours: str | None) -> Verdict:
    one, other = date(theirs), date(ours)
    return compare(born([one] if one else [], info), born([other] if other else []))


def test_the_same_day_is_equal_however_it_is_written(subtests: pytest.Subtests) -> None:
    for theirs, info, ours in [
        ("1968-11-02", (), "1968-11-02"),
        ("1968-11-02T00:00:00", (), "1968-11-02"),
        (None, ("02.11.1968",), "1968-11-02"),
        (None, ("2 Nov 1968",), "1968-11-02"),
        (None, ("November 2, 1968",), "1968-11-02"),
        ("1968/11/02", (), "1968-11-02"),
        ("1968.11.02", (), "1968-11-02"),
        ("1968-11-2", (), "1968-11-02"),
        ("1968/5/1", (), "1968-05-01"),
        ("2. november 1968", (), "1968-11-02"),
        ("1. mai 1968", (), "1968-05-01"),
        ("1 maj 1968", (), "1968-05-01"),
        ("1. toukokuuta 1968", (), "1968-05-01"),
        ("1. Mai 1968", (), "1968-05-01"),
        ("1er mai 1968", (), "1968-05-01"),
        ("3. März 1968", (), "1968-03-03"),
        ("3 février 1968", (), "1968-02-03"),
        ("14 août 1968", (), "1968-08-14"),
        ("6 juillet 1968", (), "1968-07-06"),
        ("6 juin 1968", (), "1968-06-06"),
        ("6. heinäkuuta 1968", (), "1968-07-06"),
        ("6. joulukuuta 1968", (), "1968-12-06"),
        ("24. desember 1968", (), "1968-12-24"),
        ("24. Dezember 1968", (), "1968-12-24"),
        ("7. oktober 1968", (), "1968-10-07"),
        (None, ("the 1st of May 1968",), "1968-05-01"),
        ("02-Nov-1968", (), "1968-11-02"),
        ("2/Nov/1968", (), "1968-11-02"),
        ("02NOV1968", (), "1968-11-02"),
        ("2.nov.1968", (), "1968-11-02"),
        ("Nov-02-1968", (), "1968-11-02"),
        ("1968-Nov-02", (), "1968-11-02"),
        (None, ("born 02-NOV-1968 in Odda",), "1968-11-02"),
        ("13/05/1968", (), "1968-05-13"),
        ("05/13/1968", (), "1968-05-13"),
        ("05/05/1968", (), "1968-05-05"),
        (None, ("1950-01-01", "born 1968-11-02 in Odda"), "1968-11-02"),
        ("1971-05-05", ("1968-11-02",), "1968-11-02"),
    ]:
        with subtests.test(theirs=theirs, info=info, ours=ours):
            assert verdict(theirs, info, ours) is Verdict.EQUAL


@pytest.mark.parametrize(
    ("theirs", "info", "ours"),
    [
        ("1968-01-01", (), "1968-11-02"),
        (None, ("1968",), "1968-11-02"),
        (None, ("11/02/1968",), "1968-11-02"),
        (None, ("02/11/1968",), "1968-11-02"),
        (None, ("1967",), "1968-11-02"),
        (None, ("circa 1970",), "1968-11-02"),
        (None, ("between 1960 and 1970",), "1968-11-02"),
        (None, ("NOV1968",), "1968-11-02"),
        (None, ("Oct/1968-Nov/1969",), "1968-11-02"),
    ],
)
def test_what_the_statement_leaves_open_is_near(theirs: str, info: tuple[str, ...], ours: str) -> None:
    assert verdict(theirs, info, ours) is Verdict.NEAR


@pytest.mark.parametrize(
    ("theirs", "info", "ours"),
    [
        ("1969-11-02", (), "1968-11-02"),
        (None, ("1961",), "1968-11-02"),
        (None, ("02/11/1969",), "1968-11-02"),
        (None, ("02-Nov-1969",), "1968-11-02"),
        ("1970-01-01", (), "1968-11-02"),
        (None, ("circa 1971",), "1968-11-02"),
        (None, ("1960-1965",), "1968-11-02"),
    ],
)
def test_another_year_is_different(theirs: str, info: tuple[str, ...], ours: str) -> None:
    assert verdict(theirs, info, ours) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("theirs", "info", "ours"),
    [
        (None, (), "1968-11-02"),
        ("1968-11-02", (), None),
        (None, ("unknown", "", "99999999", "31.02.1755"), "1968-11-02"),
        (None, ("in the sixties",), "1968-11-02"),
        ("01-Jan-1900", (), "1968-11-02"),
        ("1970-01-01T00:00:00", (), "1968-11-02"),
        ("1970-01-01T00:00:00", (), "1970-01-01"),
        ("1970-01-01T00:00:00.000Z", (), "1968-11-02"),
        ("1970-01-01T01:00:00+01:00", (), "1968-11-02"),
        ("1969-12-31T23:00:00Z", (), "1968-11-02"),
        ("1970-01-01 00:00:00", (), "1968-11-02"),
        (None, ("1970-01-01T00:00:00", "01/01/1970 00:00:00"), "1968-11-02"),
    ],
)
def test_where_nothing_is_stated_nothing_is_known(theirs: str, info: tuple[str, ...], ours: str) -> None:
    assert verdict(theirs, info, ours) is Verdict.UNKNOWN


def test_a_flood_of_texts_is_read_in_part() -> None:
    assert born([], ("1" * 1_000_000, *("1968" for _ in range(100_000)))).years == {1968}


def test_a_day_with_the_month_as_a_word_is_a_whole_day() -> None:
    wanted = {
        "12-Mar-1970": "1970-03-12",
        "12/Mar/1970": "1970-03-12",
        "12MAR1970": "1970-03-12",
        "Mar 1970": None,
        "32-Mar-1970": None,
        "12-Mar-70": None,
    }
    assert {text: str(day) if (day := full_day(date(text))) else None for text in wanted} == wanted
