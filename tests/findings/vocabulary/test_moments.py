"""Moments as a reader sees them, in every hour of a year."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.vocabulary.moments import moment_words

# Zone, moment in UTC, what is written by "j M Y, H:i", what follows where the zone is always told.
SHOWN = [
    ("Europe/Oslo", "2026-10-25T00:30:00", "25 Oct 2026, 02:30 CEST", ""),
    ("Europe/Oslo", "2026-10-25T01:30:00", "25 Oct 2026, 02:30 CET", ""),
    ("Europe/Oslo", "2026-10-24T23:59:59", "25 Oct 2026, 01:59", " CEST"),
    ("Europe/Oslo", "2026-10-25T00:00:00", "25 Oct 2026, 02:00 CEST", ""),
    ("Europe/Oslo", "2026-10-25T01:59:59", "25 Oct 2026, 02:59 CET", ""),
    ("Europe/Oslo", "2026-10-25T02:00:00", "25 Oct 2026, 03:00", " CET"),
    ("Europe/Oslo", "2026-03-29T00:30:00", "29 Mar 2026, 01:30", " CET"),
    ("Europe/Oslo", "2026-03-29T01:30:00", "29 Mar 2026, 03:30", " CEST"),
    ("Europe/Helsinki", "2026-10-25T00:30:00", "25 Oct 2026, 03:30 EEST", ""),
    ("Europe/Helsinki", "2026-10-25T01:30:00", "25 Oct 2026, 03:30 EET", ""),
    ("America/Sao_Paulo", "2018-02-18T01:30:00", "17 Feb 2018, 23:30 -02", ""),
    ("UTC", "2026-10-25T00:30:00", "25 Oct 2026, 00:30", " UTC"),
]


def test_the_hour_that_comes_twice_is_told_with_its_zone() -> None:
    wrong = []
    for zone, moment, right, more in SHOWN:
        at = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
        with timezone.override(zone):
            found = moment_words(at, "j M Y, H:i"), moment_words(at, "j M Y, H:i T")
        if found != (right, right + more):
            wrong.append((zone, moment, found))
    assert wrong == []


SECONDS = st.integers(0, 10 * 3600)
EVENING = datetime.datetime(2026, 10, 24, 20, tzinfo=datetime.UTC)


@given(SECONDS, SECONDS)
def test_two_moments_are_never_written_alike(one: int, other: int) -> None:
    with timezone.override("Europe/Oslo"):
        first, second = (
            moment_words(EVENING + datetime.timedelta(seconds=number), "j M Y, H:i:s")
            for number in (one, other)
        )
    assert (first == second) is (one == other)


@pytest.mark.parametrize("pattern", ["j M Y, H:i", "H:i:s"])
def test_a_time_that_names_no_zone_is_not_given_one(pattern: str) -> None:
    assert moment_words(datetime.datetime(2026, 10, 25, 2, 30), pattern).endswith(("02:30", "02:30:00"))  # noqa: DTZ001
