"""Find the one of ours that a listed party is nearest to, without comparing it with everybody."""

import datetime
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from cases.findings import comparing, comparison, names
from cases.findings.comparing import Known
from cases.findings.comparison import Comparison
from cases.findings.concerned import Concerned
from cases.findings.names import Name
from cases.findings.theirs import Theirs
from cases.provider.placeholders import known_number

EDGE = 3  # letters at the beginning or end of a word by which names find each other
MOST_COMPARED = 300  # names of ours with one of theirs
LEAST = 68  # of a hundred: what is less alike, and shares no words, is not near
KEPT = 6  # of these; a name that shares several edges is among them as often
MOST_ALIKE = 20  # parties of one and the same name, or born on one day, that are looked at
MOST_OF_THEIRS = 10  # names, compared with those born on the same day
MOST_WEIGHED = 60
MOST_WORDS = 8  # of a name by which others are found
RAREST = 3
Scores = dict[int, float | None]


class Crowd:
    """Everybody of ours, with names folded once and found by words, by their beginnings and ends, and by initials.

    Who has the number or the day of birth is found whatever the name. Names without anything in common are not near:
    300 hits among 5,000 owners stay cheap.
    """

    def __init__(self, parties: Sequence[Concerned]) -> None:
        self.parties = parties
        self._of_key: defaultdict[str, list[tuple[Name, int]]] = defaultdict(list)
        self._with_edge: defaultdict[str, list[str]] = defaultdict(list)
        self._of_letters: defaultdict[str, list[str]] = defaultdict(list)
        self._with_word: defaultdict[str, set[str]] = defaultdict(set)
        self._with_initial: defaultdict[str, set[str]] = defaultdict(set)
        self._without_vowels: dict[str, str] = {}
        self._known: dict[int, Known] = {}
        self._born: dict[str, dict[datetime.date, int]] = {}
        for place, party in enumerate(parties):
            for name in party.names:
                for reading in names.readings(name, party.stated_kind):
                    self._take_up(reading, place)

    def _take_up(self, reading: Name, place: int) -> None:
        key = reading.key
        if key not in self._of_key:
            for edge in _edges(reading):
                self._with_edge[edge].append(key)
            self._of_letters[names.letters(reading)].append(key)
            for word, sound in zip(reading.words, reading.sounds, strict=True):
                self._with_word[sound].add(key)
                self._with_initial[sound[:1]].add(key)
                if sound[:1] != word[0]:
                    for letter in names.initials(word):
                        self._with_initial[letter].add(key)
            if not names.are_letters(reading):
                self._without_vowels[key] = names.consonants(reading)
        self._of_key[key].append((reading, place))

    def nearest(self, one: Theirs) -> Comparison | None:
        """Compare with the nearest by name, number, date of birth and country; None if there is nobody at all."""
        if not self.parties:
            return None
        scores: Scores = {}
        for place, score in (*self._alike(one), *self._of_the_day(one)):
            scores[place] = max(
                (each for each in (score, scores.get(place)) if each is not None), default=None
            )
        likeliest = heapq.nlargest(
            MOST_WEIGHED, scores, key=lambda place: self._rank(one, place, scores[place])
        )
        near = [
            (comparison.weight(scores[place], verdicts), self._bareness(one, place), -place)
            for place in likeliest
            if comparison.is_near(scores[place], verdicts := comparing.verdicts(one, self._known_of(place)))
        ]
        if not near:
            return comparing.near_to_nobody(one, is_comparable=self._is_comparable(one))
        best = -max(near)[2]
        return comparing.compared(one, self.parties[best], self._namesakes(best, scores))

    def _rank(self, one: Theirs, place: int, score: float | None) -> float:
        """Those born on the day go before those who only share a part of a name."""
        born_on_the_day = not self._known_of(place).born.days.isdisjoint(one.born.days)
        return (score or 0.0) + born_on_the_day

    def _bareness(self, one: Theirs, place: int) -> bool:
        """Of two equally near, the one that carries a legal form just as theirs does, or does not, is nearer."""
        theirs = any(names.carries_form(name) for name, _readings in one.names[:1])
        return theirs == any(map(names.carries_form, self.parties[place].names[:1]))

    def _namesakes(self, best: int, scores: Scores) -> int:
        if scores[best] != 1.0:
            return 0
        return sum(score == 1.0 for place, score in scores.items() if place != best)

    # --- Candidates ---

    def _alike(self, one: Theirs) -> Iterator[tuple[int, float | None]]:
        for number in one.numbers:
            if number in self._of_number:
                yield self._of_number[number], self._score(one, self._of_number[number])
        for reading in one.readings:
            for key in self._near_keys(reading):
                known = self._of_key[key]
                yield from ((place, names.alike(reading, name)) for name, place in known[:MOST_ALIKE])
                if len(known) > MOST_ALIKE:
                    born = self._born_as(key)
                    days = (born[day] for day in one.born.days if day in born)
                    yield from ((place, self._score(one, place)) for place in days)

    def _of_the_day(self, one: Theirs) -> Iterator[tuple[int, float | None]]:
        """Everybody born on the day; of a crowd, those with the likeliest names."""
        for day in one.born.days | one.born.perhaps:
            places = self._of_day.get(day, ())
            if len(places) > MOST_ALIKE:
                places = self._likeliest(one, places)
            yield from ((place, self._score(one, place)) for place in places)

    def _likeliest(self, one: Theirs, places: Sequence[int]) -> list[int]:
        called = {place: " ".join(self._first_keys[place]) for place in places}
        key = next((each.key for each in one.readings), "")
        return [
            place
            for _name, _score, place in process.extract(key, called, scorer=fuzz.ratio, limit=MOST_ALIKE)
        ]

    def _score(self, one: Theirs, place: int) -> float | None:
        best = comparing.best_of(one, self.parties[place], MOST_OF_THEIRS)
        return (
            None if best is None or (not best.is_one_script and best.score < comparison.NEAR) else best.score
        )

    def _near_keys(self, reading: Name) -> list[str]:
        key = reading.key
        found = self._best(key, self._candidates(reading), KEPT, LEAST)
        sharing = sorted(self._sharing(reading))
        if len(sharing) > MOST_ALIKE:
            sharing = self._best(key, sharing, MOST_ALIKE, 0)
        itself = [key] if key in self._of_key else []
        joined = self._best(key, self._of_letters.get(names.letters(reading), ()), KEPT, 0)
        return [*dict.fromkeys((*itself, *found, *sharing, *joined, *self._by_consonants(reading)))]

    def _by_consonants(self, reading: Name) -> list[str]:
        """Those that sound alike where one of the two is written without vowels."""
        ours = self._without_vowels if names.are_letters(reading) else self._consonants
        if not ours:
            return []
        called = names.consonants(reading)
        found = process.extract(called, ours, scorer=fuzz.ratio, score_cutoff=LEAST, limit=KEPT)
        return [key for _consonants, _score, key in found]

    @staticmethod
    def _best(key: str, others: Sequence[str], most: int, least: int) -> list[str]:
        found = process.extract(key, others, scorer=fuzz.ratio, score_cutoff=least, limit=most)
        return [other for other, _score, _place in found]

    def _candidates(self, reading: Name) -> list[str]:
        """Those that share an edge of a word; the rarest edges first, because common ones tell little."""
        lists = sorted(
            (self._with_edge[edge] for edge in _edges(reading) if edge in self._with_edge), key=len
        )
        found: list[str] = []
        for each in lists:
            found += each[: MOST_COMPARED - len(found)]
            if len(found) >= MOST_COMPARED:
                break
        return found

    def _sharing(self, reading: Name) -> set[str]:
        """Those that share a word, and of another word at least the initial where one has no more than that.

        Where either name is a single word, that one is enough.
        """
        words = dict(zip(reading.sounds[:MOST_WORDS], reading.words[:MOST_WORDS], strict=True))
        found = {sound for sound in words if sound in self._of_key}
        if len(words) == 1:
            found.update(*(self._with_word[sound] for sound in words if sound in self._with_word))
        whole = [sound for sound in words if len(sound) > 1 and sound in self._with_word]
        for sound in sorted(whole, key=lambda each: len(self._with_word[each]))[:RAREST]:
            these = self._with_word[sound]
            for other, word in words.items():
                if other != sound:
                    found.update(*(these & each for each in self._partners(other, word)))
        if len(words) > 1 and all(len(sound) == 1 for sound in words):
            found |= _common([self._with_initial[each] for each in words if each in self._with_initial])
        elif len(words) > 1:
            found |= _common([_either(self._with_word, names.initials(word)) for word in words.values()])
        return found

    def _partners(self, sound: str, word: str) -> Iterator[set[str]]:
        """Names with the word, or with no more than its initial; with its letters as initials, if it is short."""
        for each in (sound, *names.initials(word)):
            if each in self._with_word:
                yield self._with_word[each]
        if len(word) <= names.LONGEST_INITIALS:
            yield _common([_either(self._with_initial, names.initials(letter)) for letter in word])

    def _is_comparable(self, one: Theirs) -> bool:
        """Is a name of ours written in a script that one of theirs is written in?"""
        theirs = {script for name, _readings in one.names for script in names.scripts(name[: names.LONGEST])}
        return bool(theirs & self._scripts)

    # --- Made when first needed: most of ours are near to nobody ---

    def _known_of(self, place: int) -> Known:
        if place not in self._known:
            self._known[place] = Known.of(self.parties[place])
        return self._known[place]

    def _born_as(self, key: str) -> dict[datetime.date, int]:
        """Everybody of one name by the day of birth."""
        if key not in self._born:
            found = self._born[key] = {}
            for _name, place in self._of_key[key]:
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
    def _consonants(self) -> dict[str, str]:
        return {key: names.consonants(known[0][0]) for key, known in self._of_key.items()}

    @cached_property
    def _first_keys(self) -> defaultdict[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for key, known in self._of_key.items():
            for _name, place in known:
                found[place] = found[place] or [key]
        return found

    @cached_property
    def _of_number(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for place, party in enumerate(self.parties):
            for number in party.numbers:
                known = known_number(number)
                if known:
                    found.setdefault(known, place)
        return found

    @cached_property
    def _scripts(self) -> frozenset[str]:
        every = "".join(name[: names.LONGEST] for party in self.parties for name in party.names)
        return frozenset(names.scripts(every))


def _common(sets: Sequence[set[str]]) -> set[str]:
    return set.intersection(*sets) if sets else set()


def _either(having: Mapping[str, set[str]], letters: Iterable[str]) -> set[str]:
    return set().union(*(having[letter] for letter in letters if letter in having))


def _edges(reading: Name) -> set[str]:
    """The beginnings and ends of the words, and of all of them written together."""
    found = {word[:EDGE] for word in reading.sounds}
    found.update([f"…{word[-EDGE:]}" for word in reading.sounds])
    if len(reading.sounds) > 1:
        together = "".join(reading.sounds)
        found |= {together[:EDGE], f"…{together[-EDGE:]}"}
    return found
