"""Whether two mentions, which nothing shows to be one person, may be one all the same."""

import datetime
from collections.abc import Iterable

from cases.findings.identity.dates_of_birth import full_day
from cases.findings.identity.same_party import in_any_order
from cases.findings.names import likeness
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

NEAR_ON_ONE_DAY = 0.75


def may_be_one(
    one: Iterable[str], born: Iterable[Day], other: Iterable[str], other_born: Iterable[Day]
) -> bool:
    """Are two mentions of one name with nothing to tell them apart, or of near names and born on one day?"""
    one, other = list(one), list(other)
    days, other_days = full_days(born), full_days(other_born)
    if days and other_days:
        if days.isdisjoint(other_days):
            return False
        return likeness.nearest(one, other, HolderType.PERSON) >= NEAR_ON_ONE_DAY
    return have_one_name(one, other)


def have_one_name(one: Iterable[str], other: Iterable[str]) -> bool:
    """Do two mentions share a name, its words in any order?"""
    return not {in_any_order(name) for name in one}.isdisjoint(in_any_order(name) for name in other)


def full_days(births: Iterable[Day]) -> frozenset[datetime.date]:
    """Give the whole days among dates of birth."""
    return frozenset(day for born in births if (day := full_day(born)))
