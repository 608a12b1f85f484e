"""Find the named party that a listed party is nearest to, without comparing it with everybody."""

import datetime
import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from cases.findings.names import names
from cases.findings.names.likeness import alike
from cases.findings.names.name_index import NameIndex
from cases.findings.names.nameless import names_nobody
from cases.findings.screening import comparing, comparison
from cases.findings.screening.comparing import Known, Others
from cases.findings.screening.comparison import Comparison
from cases.findings.screening.listed_party import ListedParty
from cases.findings.screening.named_parties import NamedParty
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.result.wire import HolderType

MOST_ALIKE = 20  # parties of one and the same name, or born on one day, that are looked at
MOST_OF_THEIRS = 10  # names, compared with those born on the same day
MOST_WEIGHED = 60
Scores = dict[int, float | None]


class CandidateIndex:
    """All named parties, with names folded once and found by words, by their beginnings and ends, and by initials.

    Who has the number or the day of birth is found whatever the name. Names without anything in common are not near:
    300 hits among 5,000 owners stay cheap.
    """

    def __init__(self, parties: Sequence[NamedParty], *, is_all_read: bool = True) -> None:
        self.parties = parties
        self._is_all_read = is_all_read
        self._index = NameIndex()
        self._known: dict[int, Known] = {}
        self._born: dict[str, dict[datetime.date, int]] = {}
        for place, party in enumerate(parties):
            for name in party.names:
                for reading in names.readings(name, party.stated_kind):
                    self._index.take_up(reading, place)

    def nearest(self, one: ListedParty) -> Comparison | None:
        """Compare with the named party nearest by name, number, birth and country; None if nobody is named."""
        if not self.parties:
            return None
        scores: Scores = {}
        for place, score in (*self._alike(one), *self._of_the_day(one)):
            scores[place] = max(
                (number for number in (score, scores.get(place)) if number is not None), default=None
            )
        likeliest = heapq.nlargest(
            MOST_WEIGHED, scores, key=lambda place: self._rank(one, place, scores[place])
        )
        if one.numbers and one.kind is None and self._is_a_persons(likeliest, scores):
            one = one.as_a_persons()
        best = self._best(one, likeliest, scores)
        if best is None:
            return comparing.near_to_nobody(one, is_comparable=self._is_comparable(one))
        return comparing.compared(one, self.parties[best], self._others(one, best, scores))

    def _best(self, one: ListedParty, places: Sequence[int], scores: Scores) -> int | None:
        """Give the place of the nearest party; one whose number the list only mentions, if no other is near."""
        found = {place: comparing.verdicts(one, self._known_of(place)) for place in places}
        near = [place for place in found if comparison.is_near(scores[place], found[place])]
        near = near or [place for place in found if comparison.is_mentioned(found[place])]
        return max(
            near,
            key=lambda place: (
                comparison.weight(scores[place], found[place]),
                self._bareness(one, place),
                scores[place] or 0.0,
                -place,
            ),
            default=None,
        )

    def _is_a_persons(self, places: Sequence[int], scores: Scores) -> bool:
        """Is a party near by name that is no known firm? Then a number in the list's words may be another's."""
        return any(
            (scores[place] or 0.0) >= comparison.NEAR
            and self._known_of(place).kind is not HolderType.ORGANIZATION
            for place in places
        )

    def _others(self, one: ListedParty, best: int, scores: Scores) -> Others:
        """Give the others that may be meant: of the same name, born on the same day, or named by a number."""
        days = one.born.days & self._known_of(best).born.days
        born_then = {place for day in days for place in self._of_day[day]} - {best}
        named = [place for text in sorted(one.mentioned) for place in self._of_number.get(text, ())]
        return Others(
            self._namesakes(best, scores),
            len(born_then),
            tuple(self.parties[fromkey] for fromkey in dict.fromkeys(named) if fromkey != best),
        )

    def _rank(self, one: ListedParty, place: int, score: float | None) -> float:
        """Rank a party: those born on the same day go before those that only share a part of a name."""
        born_on_the_day = not self._known_of(place).born.days.isdisjoint(one.born.days)
        return (score or 0.0) + born_on_the_day

    def _bareness(self, one: ListedParty, place: int) -> bool:
        """Do both names carry a legal form, or neither? Of two parties equally near, such a one is nearer."""
        theirs = any(names.carries_form(name) for name, _readings in one.names[:1])
        return theirs == any(map(names.carries_form, self.parties[place].names[:1]))

    def _namesakes(self, best: int, scores: Scores) -> int:
        if scores[best] != 1.0:
            return 0
        return sum(score == 1.0 for place, score in scores.items() if place != best)

    # --- Candidates ---

    def _alike(self, one: ListedParty) -> Iterator[tuple[int, float | None]]:
        for number in one.numbers | one.mentioned:
            for place in self._of_number.get(number, ())[:MOST_ALIKE]:
                yield place, self._score(one, place)
        for reading in one.readings:
            for key in self._index.near_keys(reading):
                known = self._index.of_key[key]
                yield from ((place, alike(reading, name)) for name, place in known[:MOST_ALIKE])
                if len(known) > MOST_ALIKE:
                    born = self._born_as(key)
                    days = (born[day] for day in one.born.days if day in born)
                    yield from ((place, self._score(one, place)) for place in days)

    def _of_the_day(self, one: ListedParty) -> Iterator[tuple[int, float | None]]:
        """Yield the parties born on the listed party's day; of many, those with the likeliest names."""
        for day in one.born.days | one.born.perhaps:
            places = self._of_day.get(day, ())
            if len(places) > MOST_ALIKE:
                places = self._likeliest(one, places)
            yield from ((place, self._score(one, place)) for place in places)

    def _likeliest(self, one: ListedParty, places: Sequence[int]) -> list[int]:
        called = {place: " ".join(self._first_keys[place]) for place in places}
        key = next((reading.key for reading in one.readings), "")
        return [
            place
            for _name, _score, place in process.extract(key, called, scorer=fuzz.ratio, limit=MOST_ALIKE)
        ]

    def _score(self, one: ListedParty, place: int) -> float | None:
        best = comparing.best_of(one, self.parties[place], MOST_OF_THEIRS)
        return (
            None if best is None or (not best.is_one_script and best.score < comparison.NEAR) else best.score
        )

    def _is_comparable(self, one: ListedParty) -> bool:
        """Can a listed name be compared with every named party's: letter by letter, or in a script that both share?

        Not with one that is not told, or that stands where it was not read.
        """
        if not self._is_all_read or not self._are_all_named:
            return False
        theirs = {script for name, _readings in one.names for script in names.scripts(name[: names.LONGEST])}
        is_read = not theirs.isdisjoint(names.READ_LETTER_BY_LETTER)
        return bool(one.readings and self._scripts) and all(
            not ours.isdisjoint(theirs) or (is_read and not ours.isdisjoint(names.READ_LETTER_BY_LETTER))
            for ours in self._scripts
        )

    # --- Made when first needed: most of ours are near to nobody ---

    def _known_of(self, place: int) -> Known:
        if place not in self._known:
            self._known[place] = Known.of(self.parties[place])
        return self._known[place]

    def _born_as(self, key: str) -> dict[datetime.date, int]:
        """Give the first party of one name for each day of birth."""
        if key not in self._born:
            found = self._born[key] = {}
            for _name, place in self._index.of_key[key]:
                for day in self._known_of(place).born.days:
                    found.setdefault(day, place)
        return self._born[key]

    @cached_property
    def _of_day(self) -> dict[datetime.date, list[int]]:
        found: defaultdict[datetime.date, list[int]] = defaultdict(list)
        for place, party in enumerate(self.parties):
            if party.births:
                for day in self._known_of(place).born.days:
                    found[day].append(place)
        return found

    @cached_property
    def _first_keys(self) -> defaultdict[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for key, known in self._index.of_key.items():
            for _name, place in known:
                found[place] = found[place] or [key]
        return found

    @cached_property
    def _of_number(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, party in enumerate(self.parties):
            for number in party.numbers:
                known = identifying_number(number)
                if known and place not in found.setdefault(known, []):
                    found[known].append(place)
        return found

    @cached_property
    def _are_all_named(self) -> bool:
        return not any(all(map(names_nobody, party.names)) for party in self.parties)

    @cached_property
    def _scripts(self) -> frozenset[frozenset[str]]:
        """The scripts in which each named party is written, of those whose name is stated."""
        kinds = (
            frozenset(names.scripts("".join(name[: names.LONGEST] for name in party.names)))
            for party in self.parties
        )
        return frozenset(scripts for scripts in kinds if scripts)
