"""Find the one of ours that a listed party is nearest to, without comparing it with everybody."""

import datetime
import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from cases.findings import comparison, names
from cases.findings.comparison import Comparison, Known, Theirs
from cases.findings.concerned import Concerned

EDGE = 3  # letters at the beginning or end of a word by which names find each other
MOST_COMPARED = 300  # names of ours with one of theirs
LEAST = 55  # of a hundred: what is less alike than this is nobody's name
KEPT = 6  # of these; a name that shares several edges is among them as often
MOST_ALIKE = 20  # parties of one and the same name that are looked at, beside those born on the same day
MOST_WEIGHED = 60
THE_SAME_NUMBER = 1.0  # instead of a name's score


class Crowd:
    """Everybody of ours, with names folded once and found by the beginnings and ends of their words.

    Names without a single word that begins or ends alike are not near: 300 hits among 5,000 owners stay cheap.
    """

    def __init__(self, parties: Sequence[Concerned]) -> None:
        self.parties = parties
        self._of_key: defaultdict[str, list[int]] = defaultdict(list)
        self._with_edge: defaultdict[str, list[str]] = defaultdict(list)
        self._known: dict[int, Known] = {}
        self._born: dict[str, dict[datetime.date, int]] = {}
        for place, party in enumerate(parties):
            for name in party.names:
                for key in names.keys(name, party.stated_kind):
                    self._take_up(key, place)

    def _take_up(self, key: str, place: int) -> None:
        if key not in self._of_key:
            for edge in _edges(key):
                self._with_edge[edge].append(key)
        self._of_key[key].append(place)

    def nearest(self, one: Theirs) -> Comparison | None:
        """Compare with the nearest by name, number, date of birth and country; None if there is nobody at all."""
        if not self.parties:
            return None
        scores: dict[int, float] = {0: 0.0}
        for place, score in self._alike(one):
            scores[place] = max(score, scores.get(place, 0.0))
        likeliest = heapq.nlargest(MOST_WEIGHED, scores, key=scores.__getitem__)
        best = max(likeliest, key=lambda place: (self._weight(one, place, scores[place]), -place))
        return comparison.compared(one, self.parties[best])

    def _weight(self, one: Theirs, place: int, score: float) -> float:
        return comparison.weight(score, comparison.verdicts(one, self._known_of(place)))

    def _alike(self, one: Theirs) -> Iterator[tuple[int, float]]:
        if one.numbers:
            yield from (
                (self._of_number[each], THE_SAME_NUMBER) for each in one.numbers if each in self._of_number
            )
        for key in one.keys:
            for other in self._near_keys(key):
                score, places = names.alike(key, other), self._of_key[other]
                yield from ((place, score) for place in places[:MOST_ALIKE])
                if len(places) > MOST_ALIKE:
                    born = self._born_as(other)
                    yield from ((born[day], score) for day in one.born.days if day in born)

    def _near_keys(self, key: str) -> set[str]:
        found = process.extract(key, self._candidates(key), scorer=fuzz.ratio, score_cutoff=LEAST, limit=KEPT)
        near = {other for other, _score, _place in found}
        return near | {key} if key in self._of_key else near

    def _candidates(self, key: str) -> list[str]:
        """Those that share an edge of a word; the rarest edges first, because common ones tell little."""
        lists = sorted((self._with_edge[edge] for edge in _edges(key) if edge in self._with_edge), key=len)
        found: list[str] = []
        for each in lists:
            found += each[: MOST_COMPARED - len(found)]
            if len(found) >= MOST_COMPARED:
                break
        return found

    # --- Made when first needed: most of ours are near to nobody ---

    def _known_of(self, place: int) -> Known:
        if place not in self._known:
            self._known[place] = Known.of(self.parties[place])
        return self._known[place]

    def _born_as(self, key: str) -> dict[datetime.date, int]:
        """Everybody of one name by the day of birth."""
        if key not in self._born:
            found = self._born[key] = {}
            for place in self._of_key[key]:
                for day in self._known_of(place).born.days:
                    found.setdefault(day, place)
        return self._born[key]

    @cached_property
    def _of_number(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for place, party in enumerate(self.parties):
            for number in party.numbers:
                found.setdefault(comparison.digits(number), place)
        return found


def _edges(key: str) -> set[str]:
    return {edge for word in key.split() for edge in (f"{word[:EDGE]}…", f"…{word[-EDGE:]}")}
