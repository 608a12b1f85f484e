"""Dates of birth as lists and registers state them: a day, a year, about a year, or several of these."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cases.findings.identity.known_days import is_epoch, is_known_day, is_known_year, without_epochs
from cases.findings.identity.verdict import Verdict
from cases.provider.result.scalars import Day

LONGEST = 200  # characters of a text that are read
MOST = 50  # texts
# How each month begins in English, Norwegian, Danish, Swedish, Finnish, German and French, longer ones first.
MONTHS_BEGIN = """
    jan tammi | feb fév helmi | mar mär maalis | apr avr huhti | may mai maj touko | juni jun juin kesä |
    juli jul juil heinä | aug aoû aou elo | sep syys | oct okt loka | nov marras | dec des dez déc joulu
"""
MONTHS = {word: n + 1 for n, begin in enumerate(MONTHS_BEGIN.split("|")) for word in begin.split()}
MONTH = f"({'|'.join(sorted(MONTHS, key=len, reverse=True))})[a-zäöüéèû]*"
YEAR_FIRST = re.compile(r"(?<![0-9])([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
TOGETHER = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
DAY_FIRST = re.compile(r"\b([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})\b")
DAY_MONTH = re.compile(
    rf"\b([0-9]{{1,2}})(?:st|nd|rd|th|er)?[. /-]*(?:of |de |den )?{MONTH}[., /-]*([0-9]{{4}})\b"
)
MONTH_DAY = re.compile(rf"\b{MONTH}[. /-]+([0-9]{{1,2}}),?[ /-]+([0-9]{{4}})\b")
YEAR_MONTH = re.compile(rf"(?<![0-9])([0-9]{{4}})[/-]{MONTH}[/-]([0-9]{{1,2}})(?![0-9])")
YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])")
BETWEEN = re.compile(
    r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2}) *(?:-|–|to|and) *(1[89][0-9]{2}|20[0-9]{2})(?![0-9])"
)
OF_A_DAY = re.compile(rf"{MONTH}|t(?=[0-9])|[\W\d_]+")  # what a date alone is made of
ABOUT = re.compile(r"\b(circa|ca|approx|approximately|about|around|between)\b|\bc\.")
YEARS_APART, YEARS_APART_IF_ABOUT = 1, 2


@dataclass(frozen=True, slots=True)
class Born:
    """The dates of birth stated; `perhaps` are both days that 03/04/1970 may be, `years` those of everything."""

    days: frozenset[datetime.date] = frozenset()
    perhaps: frozenset[datetime.date] = frozenset()
    years: frozenset[int] = frozenset()
    is_about: bool = False

    @property
    def are_days(self) -> bool:
        """Is a whole day stated, or a date that may be one of two days?"""
        return bool(self.days or self.perhaps)

    @property
    def is_stated(self) -> bool:
        """Is there anything to compare?"""
        return bool(self.years)


NOT_STATED = Born()


@dataclass(slots=True)
class _Reading:
    days: set[datetime.date] = field(default_factory=set)
    perhaps: set[datetime.date] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    is_about: bool = False


def born(days: Sequence[Day], texts: Sequence[str] = ()) -> Born:
    """Read what dates and free texts state of somebody's birth."""
    if not days and not texts:
        return NOT_STATED
    found = _Reading()
    rest = [*texts[:MOST]]
    for day in days:
        if is_epoch(day.raw):
            continue
        if day.day:
            found.days.add(day.day)
        else:
            rest.append(day.raw)
    for text in rest:
        _read(without_epochs(text[:LONGEST]).casefold(), found)
    return _known(found)


def full_day(stated: Day | None) -> datetime.date | None:
    """Give the one day that is stated whole, in whatever form; None for a year or month alone and for a placeholder."""
    if stated is None or is_epoch(stated.raw):
        return None
    if stated.day:
        return stated.day if is_known_day(stated.day) else None
    read = born([stated])
    one = len(read.days) == 1 and not read.perhaps - read.days and not read.is_about
    return next(iter(read.days)) if one else None


def _known(found: _Reading) -> Born:
    """Leave out days that stand for an unknown date, with their years."""
    days, perhaps = ({day for day in group if is_known_day(day)} for group in (found.days, found.perhaps))
    defaults = {day.year for day in (*found.days, *found.perhaps) if not is_known_day(day)}
    years = {year for year in found.years - defaults if is_known_year(year)} | {day.year for day in days}
    return Born(frozenset(days), frozenset(perhaps), frozenset(years), found.is_about)


def _read(text: str, found: _Reading) -> None:
    found.days |= {*_days(text)}
    for first, mark, second, year in DAY_FIRST.findall(text):
        read, the_other = {*_day(year, second, first)}, {*_day(year, first, second)}
        if mark == "/" and read and the_other and read != the_other:
            found.perhaps |= read | the_other
            found.years.add(int(year))
        else:
            found.days |= read or (the_other if mark == "/" else set())
    found.years |= {int(year) for year in YEAR.findall(text)}
    for first, last in BETWEEN.findall(text):
        found.years |= {*range(int(first), min(int(last), int(first) + 50) + 1)}
    found.is_about = found.is_about or ABOUT.search(text) is not None


def _days(text: str) -> Iterator[datetime.date]:
    for year, _mark, month, day in YEAR_FIRST.findall(text):
        yield from _day(year, month, day)
    for year, month, day in TOGETHER.findall(text):
        yield from _day(year, month, day)
    for day, month, year in DAY_MONTH.findall(text):
        yield from _day(year, MONTHS[month], day)
    for month, day, year in MONTH_DAY.findall(text):
        yield from _day(year, MONTHS[month], day)
    for year, month, day in YEAR_MONTH.findall(text):
        yield from _day(year, MONTHS[month], day)


def _day(year: str, month: str | int, day: str) -> Iterator[datetime.date]:
    try:
        yield datetime.date(int(year), int(month), int(day))
    except ValueError:
        return


def told_once(day: Day | None, texts: Sequence[str]) -> tuple[Day | str, ...]:
    """Give a date of birth and the texts beside it, without texts that state that very date and nothing else."""
    if day is None:
        return tuple(dict.fromkeys(texts))
    return (day, *(text for text in dict.fromkeys(texts) if text != day.raw and not _is(text, day.day)))


def _is(text: str, day: datetime.date | None) -> bool:
    lowered = text[: LONGEST + 1].casefold()
    if day is None or len(lowered) > LONGEST or OF_A_DAY.sub("", lowered):
        return False
    return born([], [text]) == Born(frozenset({day}), years=frozenset({day.year}))


def compare(theirs: Born, ours: Born) -> Verdict:
    """Compare births: equal is the same day; near is the same year, or one as near as what is stated allows."""
    if not theirs.is_stated or not ours.is_stated:
        return Verdict.UNKNOWN
    if theirs.days & ours.days:
        return Verdict.EQUAL
    if theirs.years & ours.years or theirs.perhaps & ours.days or ours.perhaps & theirs.days:
        return Verdict.NEAR
    if theirs.are_days and ours.are_days and not theirs.is_about:
        return Verdict.DIFFERENT
    most = YEARS_APART_IF_ABOUT if theirs.is_about or ours.is_about else YEARS_APART
    apart = min(abs(one - other) for one in theirs.years for other in ours.years)
    return Verdict.NEAR if apart <= most else Verdict.DIFFERENT
