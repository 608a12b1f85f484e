"""Very many invented cases, to measure lists and search at size.

A few hundred patterns are made as all seeded cases are, and copied. A copy has an organisation, names, numbers, people,
times and keys of its own, and a chain that holds; its files are not written. Every batch is a transaction: whoever
breaks off keeps whole cases, and goes on later where it stopped.
"""

import datetime
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from cases.models import Case, CaseSearch, ReferenceCounter
from cases.workflows.demo_data import NAMESPACE, NOBODYS, OWN, TAKEN, CaseGenerator
from cases.workflows.demo_data.bulk import pattern_rows, writing
from cases.workflows.demo_data.bulk.copying import Copied, Planned
from cases.workflows.demo_data.bulk.crew import Crew
from cases.workflows.demo_data.bulk.numbers import NoNumbersLeft
from cases.workflows.demo_data.bulk.openings import Openings
from cases.workflows.demo_data.outcomes import OUTCOMES, Outcome, withdrawn
from cases.workflows.demo_data.rows import Subject

__all__ = ["Counts", "NoNumbersLeft", "cases", "submission"]

TOGETHER, AHEAD = 1000, 250  # cases a transaction, and of these made while others are written
# Patterns of an outcome for each time that it occurs in a hundred cases, and for the times that a rare one counts more.
VARIETY, RARE = 2.0, 4
NOBODYS_SHARE = 1 / 50
TRIES = 20

Counts = Counter[type[Model]]


def cases(
    number: int,
    seed: int,
    organisation: Callable[[random.Random], Subject],
    now: datetime.datetime,
    *,
    variety: float = VARIETY,
    together: int = TOGETHER,
) -> Iterator[Counts]:
    """See that there are so many of these cases; give after each transaction how many rows were added to which table.

    Raises people.NameTaken, NoNumbersLeft.
    """
    first = _first_missing(seed, number)
    if first == number:
        return
    copier = _Copier(seed, number, now, _Patterns(seed, organisation, now, variety))
    for place in range(first, number, together):
        yield copier.write(range(place, min(place + together, number)))
    writing.analyse()


def submission(seed: int, place: int) -> uuid.UUID:
    """The submission of a copy, by which it is known again."""
    return uuid.uuid5(NAMESPACE, f"bulk/{seed}/{place}")


def _first_missing(seed: int, number: int) -> int:
    """How many there are: they are made in their order, and none is ever removed."""
    there, missing = 0, number + 1
    while missing - there > 1:
        middle = (there + missing) // 2
        if Case.objects.filter(submission=submission(seed, middle - 1)).exists():
            there = middle
        else:
            missing = middle
    return min(there, number)


class _Patterns:
    """What copies are made of, by what became of the case and whether anybody has it."""

    def __init__(
        self,
        seed: int,
        organisation: Callable[[random.Random], Subject],
        now: datetime.datetime,
        variety: float,
    ) -> None:
        self._database, self._crew, self._now = writing.database(), Crew(), now
        self._dice = random.Random(f"bulk/{seed}")  # noqa: S311 - the same patterns every time
        self._generator = CaseGenerator(seed, organisation, self._crew.cast, now)
        self._weights = [outcome.weight for outcome in OUTCOMES]
        open_cases = [outcome for outcome in OUTCOMES if outcome.happens is not withdrawn]
        self._somebodys = self._of(OUTCOMES, (OWN, TAKEN, OWN), variety)
        self._nobodys = self._of(open_cases, (NOBODYS,), variety / 10)
        self._open_weights = [outcome.weight for outcome in open_cases]
        self._shortest = min((one for some in self._somebodys for one in some), key=lambda one: one.lasts)

    def _of(self, outcomes: Sequence[Outcome], hands: tuple[str, ...], variety: float) -> list[list[Copied]]:
        """Of each outcome the more patterns the more often it occurs."""
        numbers = [max(1, round((outcome.weight + RARE) * variety)) for outcome in outcomes]
        becoming = [
            (outcome, hands[place % len(hands)])
            for outcome, number in zip(outcomes, numbers, strict=True)
            for place in range(number)
        ]
        made = iter(pattern_rows.made(self._generator, becoming, self._dice))
        return [
            [Copied(rows, self._database, self._crew, self._now) for rows in islice(made, number)]
            for number in numbers
        ]

    def drawn(self, age: datetime.timedelta, dice: random.Random) -> Copied:
        """One that can have happened in this time."""
        for _ in range(TRIES):
            is_nobodys = dice.random() < NOBODYS_SHARE
            of_outcomes = self._nobodys if is_nobodys else self._somebodys
            weights = self._open_weights if is_nobodys else self._weights
            (patterns,) = dice.choices(of_outcomes, weights)
            pattern = dice.choice(patterns)
            if pattern.lasts <= age:
                return pattern
        return self._shortest


class _Copier:
    """Writes copies, a batch at a time."""

    def __init__(self, seed: int, number: int, now: datetime.datetime, patterns: _Patterns) -> None:
        self._seed, self._now, self._patterns = seed, now, patterns
        self._openings = Openings(number, now)
        self._database = writing.database()

    @transaction.atomic
    def write(self, places: range) -> Counts:
        """Write those at these places, with everything that belongs to them.

        While the database writes one part, the next is made: nothing of that asks the database.
        """
        dice = random.Random(f"bulk/{self._seed}/{places.start}")  # noqa: S311 - the same mix every time
        planned = self._planned(places, dice)
        needed: Counts = Counter()
        for one in planned:
            needed.update(one.pattern.needed)
        keys = {model: self._database.keys(model, count) for model, count in needed.items()}
        needed[CaseSearch] = len(planned)  # whose keys are those of the cases
        parts = [planned[first : first + AHEAD] for first in range(0, len(planned), AHEAD)]
        with ThreadPoolExecutor(max_workers=1) as ahead:
            made = ahead.submit(_filled, parts[0], keys, dice)
            for following in (*parts[1:], []):
                rows = made.result()
                made = ahead.submit(_filled, following, keys, dice)
                for model, of_model in rows.items():
                    self._database.write(model, of_model)
                self._database.check()
        return needed

    def _planned(self, places: range, dice: random.Random) -> list[Planned]:
        opened = [self._openings.at(place) for place in places]
        years = [timezone.localtime(at).year for at in opened]
        references = {
            year: iter(ReferenceCounter.next_references(year, count))
            for year, count in Counter(years).items()
        }
        return [
            Planned(
                self._patterns.drawn(self._now - at, dice),
                at,
                submission(self._seed, place).hex,
                next(references[year]),
            )
            for place, at, year in zip(places, opened, years, strict=True)
        ]


def _filled(
    planned: Sequence[Planned], keys: dict[type[Model], Iterator[int]], dice: random.Random
) -> dict[type[Model], list[object]]:
    """The rows of these copies, by their table."""
    rows: defaultdict[type[Model], list[object]] = defaultdict(list)
    for one in planned:
        values = one.pattern.values(one, keys, dice)
        for model, row_format in one.pattern.rows:
            rows[model].append(row_format.fill(values))
    return rows
