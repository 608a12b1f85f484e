"""Whether two mentions, which nothing shows to be one person, may be one all the same."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from cases.findings.identity.dates_of_birth import full_day
from cases.findings.identity.same_party import in_any_order
from cases.findings.names import likeness
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

NEAR_ON_ONE_DAY = 0.75
MOST_OF_A_DAY = 40  # born on one day and compared with one person; of more, those of the most alike letters
Somebody = TypeVar("Somebody")


def have_one_name(one: Iterable[str], other: Iterable[str]) -> bool:
    """Do two mentions share a name, its words in any order?"""
    return not {in_any_order(name) for name in one}.isdisjoint(in_any_order(name) for name in other)


def full_days(births: Iterable[Day]) -> frozenset[datetime.date]:
    """Give the whole days among dates of birth."""
    return frozenset(day for born in births if (day := full_day(born)))


class People(Generic[Somebody]):
    """People by name and by day of birth: finds whoever may be one with a mention without asking that of each."""

    def __init__(self, people: Iterable[tuple[Somebody, Iterable[str], Iterable[Day]]]) -> None:
        self._all: list[Somebody] = []
        self._names: list[tuple[str, ...]] = []
        self._days: list[frozenset[datetime.date]] = []
        self._of_name: defaultdict[str, list[int]] = defaultdict(list)
        self._of_day: defaultdict[datetime.date, dict[int, str]] = defaultdict(dict)  # with the first name
        for somebody, names, births in people:
            self._take_up(somebody, tuple(names), full_days(births))

    def _take_up(self, somebody: Somebody, names: tuple[str, ...], days: frozenset[datetime.date]) -> None:
        place = len(self._all)
        self._all.append(somebody)
        self._names.append(names)
        self._days.append(days)
        for name in {in_any_order(name) for name in names}:
            self._of_name[name].append(place)
        for day in days:
            self._of_day[day][place] = _first(names)

    def may_be(self, names: Iterable[str], births: Iterable[Day]) -> Iterator[Somebody]:
        """Give everybody of one name with nothing to tell them apart, or of a near name and born on one day."""
        names, days = [*names], full_days(births)
        for place in self._called(names):
            if not (days and self._days[place]):
                yield self._all[place]
        born_then = {place for day in days for place in self._nearest(names, day)}
        for place in sorted(born_then):
            if likeness.nearest(names, self._names[place], HolderType.PERSON) >= NEAR_ON_ONE_DAY:
                yield self._all[place]

    def is_anybody_called(self, names: Iterable[str]) -> bool:
        """Does anybody share one of these names, its words in any order?"""
        return bool(self._called(names))

    def _called(self, names: Iterable[str]) -> list[int]:
        called = {in_any_order(name) for name in names}
        if len(called) == 1:
            return self._of_name.get(next(iter(called)), [])
        return sorted({place for name in called for place in self._of_name.get(name, ())})

    def _nearest(self, names: Sequence[str], day: datetime.date) -> Iterable[int]:
        """Give those of one day whose names are compared: all of them, unless they are very many."""
        born_then = self._of_day.get(day, {})
        if len(born_then) <= MOST_OF_A_DAY:
            return born_then
        found = process.extract(_first(names), born_then, scorer=fuzz.ratio, limit=MOST_OF_A_DAY)
        return (place for _name, _score, place in found)


def _first(names: Sequence[str]) -> str:
    return in_any_order(names[0]) if names else ""
