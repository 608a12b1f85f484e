"""Which days are known: on which somebody may have been born or died, and that no program filled in for want of one."""

import datetime
import re

from cases.provider.numbers.number_forms import FIRST_YEAR
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.scalars import Day

# What databases and programs fill in for a date that is not known.
DEFAULT_DAYS = frozenset(
    datetime.date.fromisoformat(word)
    for word in (
        "0001-01-01",
        "1000-01-01",
        "1582-10-15",
        "1600-01-01",
        "1601-01-01",
        "1753-01-01",
        "1800-01-01",
        "1899-12-30",
        "1899-12-31",
        "1900-01-01",
        "1900-01-02",
        "1901-01-01",
        "9999-12-31",
    )
)
DEFAULT_YEAR = 1900
# The moment from which computers count, in any time zone near: a birthday does not come with the time of day.
EPOCH = re.compile(
    r"(?:(?:1970([-/.])0?1\1|(?<![0-9])0?1([/.])0?1\2)(?:0?1|1970)[T ]+0[0-3]|1969-12-31[T ]2[1-3])"
    r":00(?::00(?:[.,]0+)?)?\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
LEADING_YEAR = re.compile(r"[0-9]{4}")
# Later is a day to come. Looked up as the program starts, so that whatever reads it gives one answer.
LAST_YEAR = datetime.datetime.now(datetime.UTC).year + 1


def is_epoch(raw: str) -> bool:
    """Is it 1 January 1970 with the time of day, which is what zero becomes where a date is wanted?"""
    return ":" in raw and EPOCH.fullmatch(raw.strip()) is not None


def without_epochs(text: str) -> str:
    """Leave out of a text the moments (1 January 1970) that zero becomes where a date is wanted."""
    return EPOCH.sub(" ", text) if ":" in text else text


def is_known_day(day: datetime.date) -> bool:
    """May it be a day on which somebody was born or died? Defaults and days to come are none."""
    return day not in DEFAULT_DAYS and FIRST_YEAR <= day.year <= LAST_YEAR


def is_known_year(year: int) -> bool:
    """May a year alone be one in which somebody was born or died?"""
    return FIRST_YEAR <= year <= LAST_YEAR and year != DEFAULT_YEAR


def says_something(stated: Day | None) -> bool:
    """Is a date stated, also in a form of its own (‘in March 2019’), that was not filled in for want of one?"""
    if stated is not None and stated.day:
        return is_known_day(stated.day) and not is_epoch(stated.raw)
    if stated is None or is_placeholder(stated.raw):
        return False
    year = LEADING_YEAR.match(stated.raw)
    return year is None or is_known_year(int(year[0]))
