"""Names by words, by their beginnings and ends, by initials and by consonants: to find names that may be near."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from cases.findings.names import names
from cases.findings.names.names import Name

EDGE = 3  # letters at the beginning or end of a word by which names find each other
MOST_COMPARED = 300  # names of ours with one of theirs
MOST_IN_ORDER = 100  # of these, in the order of their words too
LEAST = 68  # of a hundred: what is less alike, and shares no words, is not near
KEPT = 6  # of these; a name that shares several edges is among them as often
MOST_ALIKE = 20  # names that share words
MOST_WORDS = 8  # of a name by which others are found
RAREST = 3


class NameIndex:
    """Names, folded once, under their keys; names without anything in common are not near."""

    def __init__(self) -> None:
        self.of_key: defaultdict[str, list[tuple[Name, int]]] = defaultdict(list)
        self._with_edge: defaultdict[str, list[str]] = defaultdict(list)
        self._of_letters: defaultdict[str, list[str]] = defaultdict(list)
        self._of_skeleton: defaultdict[str, list[str]] = defaultdict(list)
        self._in_order: dict[str, str] = {}
        self._with_word: defaultdict[str, set[str]] = defaultdict(set)
        self._with_initial: defaultdict[str, set[str]] = defaultdict(set)
        self._without_vowels: dict[str, str] = {}

    def take_up(self, reading: Name, place: int) -> None:
        """Keep a name of the party at this place."""
        if reading.key not in self.of_key:
            self._file(reading)
        self.of_key[reading.key].append((reading, place))

    def _file(self, reading: Name) -> None:
        key = reading.key
        for edge in _edges(reading):
            self._with_edge[edge].append(key)
        self._of_letters[names.letters(reading)].append(key)
        self._in_order[key] = reading.in_order
        for skeleton in reading.skeletons:
            self._of_skeleton[skeleton.consonants].append(key)
        for word, sound in zip(reading.words, reading.sounds, strict=True):
            self._with_word[sound].add(key)
            self._with_initial[sound[:1]].add(key)
            if sound[:1] != word[0]:
                for letter in names.initials(word):
                    self._with_initial[letter].add(key)
            if names.may_be_initials(word):
                for letter in word:
                    self._with_word[letter].add(key)
        if not names.are_letters(reading):
            self._without_vowels[key] = names.consonants(reading)

    def near_keys(self, reading: Name) -> list[str]:
        """Give the keys of the names that may be near."""
        key = reading.key
        sharing = sorted(self._sharing(reading))
        if len(sharing) > MOST_ALIKE:
            sharing = self._best(key, sharing, MOST_ALIKE, 0)
        itself = [key] if key in self.of_key else []
        joined = self._best(key, self._of_letters.get(names.letters(reading), ()), KEPT, 0)
        by_sound = (*self._by_consonants(reading), *self._by_skeleton(reading))
        return [*dict.fromkeys((*itself, *self._by_edges(reading), *sharing, *joined, *by_sound))]

    def _by_edges(self, reading: Name) -> list[str]:
        """Give the most alike names that share an edge: with words in any order, or in the order they have."""
        candidates = self._candidates(reading)
        in_order = [self._in_order[candidate] for candidate in candidates[:MOST_IN_ORDER]]
        found = process.extract(reading.in_order, in_order, scorer=fuzz.ratio, score_cutoff=LEAST, limit=KEPT)
        return [
            *self._best(reading.key, candidates, KEPT, LEAST),
            *(candidates[place] for _name, _score, place in found),
        ]

    def _by_skeleton(self, reading: Name) -> list[str]:
        """Give the names with the same consonants."""
        found = (self._of_skeleton.get(skeleton.consonants, ()) for skeleton in reading.skeletons)
        return [key for keys in found for key in self._best(reading.key, keys, MOST_ALIKE, 0)]

    def _by_consonants(self, reading: Name) -> list[str]:
        """Give the names that sound alike where one of the two is written without vowels."""
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
        """Give the names that share an edge of a word; the rarest edges first, because common ones tell little."""
        lists = sorted(
            (self._with_edge[edge] for edge in _edges(reading) if edge in self._with_edge), key=len
        )
        found: list[str] = []
        for item in lists:
            found += item[: MOST_COMPARED - len(found)]
            if len(found) >= MOST_COMPARED:
                break
        return found

    def _sharing(self, reading: Name) -> set[str]:
        """Give the names that share a word, and of another at least the initial where one has no more than that.

        Where either name is a single word, that one is enough.
        """
        words = dict(zip(reading.sounds[:MOST_WORDS], reading.words[:MOST_WORDS], strict=True))
        found = {sound for sound in words if sound in self.of_key}
        if len(words) == 1:
            found.update(*(self._with_word[sound] for sound in words if sound in self._with_word))
        whole = [sound for sound in words if len(sound) > 1 and sound in self._with_word]
        for sound in sorted(whole, key=lambda item: len(self._with_word[item]))[:RAREST]:
            these = self._with_word[sound]
            for other, word in words.items():
                if other != sound:
                    found.update(*(these & partner for partner in self._partners(other, word)))
        if len(words) > 1 and all(len(sound) == 1 for sound in words):
            found |= _common([self._with_initial[item] for item in words if item in self._with_initial])
        elif len(words) > 1:
            found |= _common([_either(self._with_word, names.initials(word)) for word in words.values()])
        return found

    def _partners(self, sound: str, word: str) -> Iterator[set[str]]:
        """Yield the names with the word or its initial alone; if it is short, with its letters as initials."""
        for initial in (sound, *names.initials(word)):
            if initial in self._with_word:
                yield self._with_word[initial]
        if len(word) <= names.LONGEST_INITIALS:
            yield _common([_either(self._with_initial, names.initials(letter)) for letter in word])

    @cached_property
    def _consonants(self) -> dict[str, str]:
        return {key: names.consonants(known[0][0]) for key, known in self.of_key.items()}


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
