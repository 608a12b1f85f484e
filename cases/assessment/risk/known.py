"""What of a result can be relied upon, and how a factor says that it cannot be known."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.policy.risk_factors import Factor, Step
from cases.assessment.risk.assessment import Score, State
from cases.findings.identity.known_days import is_epoch, is_known_day
from cases.findings.result import Result
from cases.findings.vocabulary.wording import Words
from cases.provider.result.bounds import concerns
from cases.provider.result.coverage import chapter_of
from cases.provider.result.placeholders import is_placeholder

REGISTERED, FORM = "keyInformation.registeredDate", "keyInformation.organizationType"
NOT_TOLD = _("The result does not tell.")
NOT_FOR_THE_FORM = _("Does not apply to this form of organisation.")


def is_sound(result: Result, *places: str) -> bool:
    """Came everything at these places once, whole and in a form that is read?"""
    return result.came and not any(_is_doubted(result, place) for place in places)


def _is_doubted(result: Result, place: str) -> bool:
    chapter = chapter_of(place)
    if concerns(result.cut, chapter) or result.not_read.get(chapter):
        return True
    doubted = (*result.contradictions, *result.misshapen.get(chapter, ()))
    return any(_is_within(place, other) or _is_within(other, place) for other in doubted)


def _is_within(place: str, outer: str) -> bool:
    return place == outer or place.startswith((f"{outer}.", f"{outer}["))


def known(value: str, points: int, words: Words, *rests_on: str) -> Score:
    """Say what is known."""
    return Score(State.KNOWN, value, points, words, rests_on)


def unknown(factor: Factor, *rests_on: str, words: Words = NOT_TOLD, found: int = 0) -> Score:
    """Say that it is not known: the factor's points for that, or those of what was found all the same."""
    return Score(State.UNKNOWN, None, max(factor.unknown, found), words, rests_on)


def not_applicable(words: Words, *rests_on: str) -> Score:
    """Say that there is nothing to know."""
    return Score(State.NOT_APPLICABLE, None, 0, words, rests_on)


def form_of(result: Result) -> str | None:
    """The code of the form of organisation; None if it is not known."""
    form = result.company.form
    if form is None or is_placeholder(form.raw) or not is_sound(result, FORM):
        return None
    return form.code


def registered_on(result: Result) -> datetime.date | None:
    """The day of registration; None if it is not known, or was filled in for want of one."""
    stated = result.company.registered
    if stated is None or stated.day is None or not is_sound(result, REGISTERED):
        return None
    return stated.day if is_known_day(stated.day) and not is_epoch(stated.raw) else None


def is_older(day: datetime.date, years: int | Decimal, today: datetime.date) -> bool:
    """Did more than so many years pass since a day? On the anniversary itself not yet."""
    year = day.year + int(years)
    return year < datetime.MAXYEAR and (today.year, today.month, today.day) > (year, day.month, day.day)


def years_since(day: datetime.date, today: datetime.date) -> int:
    """How many whole years passed since a day."""
    return max(today.year - day.year - ((today.month, today.day) < (day.month, day.day)), 0)


def next_anniversary(day: datetime.date, today: datetime.date) -> datetime.date:
    """The first anniversary of a day that is not before today; on the day after it `is_older` may answer otherwise."""
    of_year = months_from(day, 12 * (today.year - day.year))
    return of_year if of_year >= today else months_from(day, 12 * (today.year + 1 - day.year))


def points_of(steps: Iterable[Step], number: Decimal) -> int:
    """The points of the step in which a number is."""
    return next(step.points for step in steps if step.to is None or number <= step.to)
