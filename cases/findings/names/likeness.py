"""How alike two names are."""

from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz

from cases.findings.names.names import (
    LONGEST_INITIALS,
    Name,
    are_letters,
    consonants,
    initials,
    readings,
    share_a_script,
)
from cases.findings.names.spellings import is_same, sound
from cases.provider.result.wire import HolderType

MOST_MATCHED = 12  # words that are looked at one by one
IN_ANOTHER_WAY = 0.97  # the same but for how it sounds, or for words that are joined or parted
OF_LETTERS = 0.96  # at most, and 1 for the same words: so alike are letters that are the same but for few
PART_OF_THE_OTHER = 0.9  # every word of one name is in the other, which has more
BY_INITIALS = 0.9
BY_INITIALS_IN_PART = 0.85
BY_SKELETON = 0.85  # the same consonants, and vowels that are not far apart
LEAST_BY_WORD = 50  # of a hundred: so alike is each of the words then
LEAST_IN_ORDER, LEAST_IN_PLACE = 75, 65  # so alike are whole names, and each two words, in their order
INITIALS_ALONE = 0.75
ONE_WORD_OF_THE_OTHER = 0.75
MOST_SPELLED_APART = 3  # letters by which a spelling may be longer than another of the same word
SHORTEST_WORD = 2  # letters: less is an initial
SHORTEST_ALONE = 4  # of a word that is a whole name, and a part of the other
BY_CONSONANTS = 0.9  # at most: scripts that leave vowels out are not read with certainty
FEWEST_CONSONANTS = 4


def alike(one: Name, other: Name) -> float:
    """Say how alike two names are, from 0 to 1; 1 only if they are the same in one of the usual spellings."""
    if one.words == other.words:
        return 1.0
    if one.words > other.words:
        one, other = other, one
    ratio = max(fuzz.ratio(one.key, other.key), _in_order(one, other)) / 100
    if one.is_plain and other.is_plain:
        if _have_nothing_in_common(one, other):
            return min(max(ratio, fuzz.ratio(one.spelled, other.spelled) / 100), OF_LETTERS)
        ratio = max(ratio, fuzz.ratio(one.spelled, other.spelled) / 100)
    score = min(ratio, OF_LETTERS)
    if max(len(one.words), len(other.words)) > MOST_MATCHED:
        return 1.0 if one.spelled == other.spelled else score
    return max(score, _by_words(one, other), _by_consonants(one, other), _by_skeleton(one, other))


def nearest(one: Iterable[str], other: Iterable[str], kind: HolderType) -> float:
    """Say how alike the two nearest of some names and of others are, read as of this kind; 0 if there are none."""
    left, right = (
        [reading for name in called for reading in readings(name, kind)] for called in (one, other)
    )
    return max((alike(name, counterpart) for name in left for counterpart in right), default=0.0)


def _in_order(one: Name, other: Name) -> float:
    """Say how alike two names are, of a hundred, in their word order, if each word is like the one in its place."""
    ratio = fuzz.ratio(one.in_order, other.in_order, score_cutoff=LEAST_IN_ORDER)
    if not ratio or len(one.sounds) != len(other.sounds):
        return 0.0
    words = zip(one.sounds, other.sounds, strict=True)
    return ratio if all(fuzz.ratio(*word) >= LEAST_IN_PLACE for word in words) else 0.0


def _have_nothing_in_common(one: Name, other: Name) -> bool:
    """Do two names share no word, have no initials, and differ by more than a letter in length?"""
    if not set(one.sounds).isdisjoint(other.sounds):
        return False
    if abs(len("".join(one.sounds)) - len("".join(other.sounds))) <= 1:
        return False
    return all(len(word) > LONGEST_INITIALS for word in (*one.words, *other.words))


def _by_words(one: Name, other: Name) -> float:
    """Match word by word: as spelled, as it sounds, joined or parted, by initials."""
    left, right = [*one.words], [*other.words]
    exact = _the_same(left, right, str) if one.is_plain and other.is_plain else _spelled_alike(left, right)
    if not left and not right:
        return 1.0
    by_sound = _the_same(left, right, sound)
    if not left and not right:
        return IN_ANOTHER_WAY
    joined = _join(left, right) + _join(right, left)
    if not left and not right:
        return IN_ANOTHER_WAY
    longest = max((len(word) for word in (*exact, *by_sound)), default=0)
    longest = SHORTEST_ALONE if joined else longest
    return _by_a_part(left, right, longest=longest, matched=len(exact) + len(by_sound) + joined)


def _by_a_part(left: list[str], right: list[str], *, longest: int, matched: int) -> float:
    """Match what is left of two names, of which `matched` words are the same, the longest of `longest` letters."""
    initials = _initials(left, right) + _initials(right, left)
    if left and right:
        return 0.0
    if longest < SHORTEST_WORD:
        return INITIALS_ALONE if initials > 1 and not left and not right else 0.0
    if not left and not right:
        return BY_INITIALS
    if matched + initials > 1:
        return BY_INITIALS_IN_PART if initials else PART_OF_THE_OTHER
    return ONE_WORD_OF_THE_OTHER if longest >= SHORTEST_ALONE else 0.0


def _the_same(ones: list[str], others: list[str], called: Callable[[str], str]) -> list[str]:
    """Take out the words of two lists that `called` makes the same, and give those of the first list."""
    found = []
    names = [called(word) for word in others]
    for word in [*ones]:
        name = called(word)
        if name and name in names:
            place = names.index(name)
            del names[place], others[place]
            ones.remove(word)
            found.append(word)
    return found


def _spelled_alike(ones: list[str], others: list[str]) -> list[str]:
    """Take out the words of two lists that share a spelling, and give those of the first list."""
    found = []
    for word in [*ones]:
        same = next((other for other in others if is_same(word, other)), None)
        if same is not None:
            ones.remove(word)
            others.remove(same)
            found.append(word)
    return found


def _join(ones: list[str], others: list[str]) -> int:
    """Take out words of one list that are several words in a row in the other; say how many."""
    count = 0
    if len(others) < 2 or not ones:
        return 0
    shortest, next_to_it = sorted(map(len, others))[:2]
    if max(map(len, ones)) < shortest + next_to_it - MOST_SPELLED_APART:
        return 0
    for word in [*ones]:
        parts = _parts(sound(word), others)
        if parts:
            ones.remove(word)
            del others[parts]
            count += 1
    return count


def _parts(whole: str, words: Sequence[str]) -> slice | None:
    for first in range(len(words) - 1):
        if not whole or sound(words[first])[:1] != whole[0]:
            continue
        for last in range(first + 2, len(words) + 1):
            if sound("".join(words[first:last])) == whole:
                return slice(first, last)
    return None


def _initials(ones: list[str], others: list[str]) -> int:
    """Take out words of one that are no more than the initials of words of the other; say how many initials."""
    count = 0
    if not ones or min(map(len, ones)) > LONGEST_INITIALS:
        return 0
    for word in [*ones]:
        if len(word) > LONGEST_INITIALS or not word.isalpha():
            continue
        found: list[str] = []
        for letter in word:
            full = next((other for other in others if other not in found and _begins(other, letter)), None)
            if full:
                found.append(full)
        if len(found) == len(word):
            ones.remove(word)
            for text in found:
                others.remove(text)
            count += len(found)
    return count


def _begins(word: str, letter: str) -> bool:
    return len(word) > 1 and (word[0] == letter or sound(letter)[:1] in initials(word))


def _by_skeleton(one: Name, other: Name) -> float:
    """Compare names that share their consonants: each word of one is to be like a word of the other."""
    for left in one.skeletons:
        for right in other.skeletons:
            if left.consonants == right.consonants and all(
                fuzz.ratio(word, counterpart) >= LEAST_BY_WORD
                for word, counterpart in zip(left.sounds, right.sounds, strict=False)
            ):
                return BY_SKELETON
    return 0.0


def _by_consonants(one: Name, other: Name) -> float:
    """Compare names of scripts that are not read letter by letter: by what is left without vowels."""
    if (one.is_plain and other.is_plain) or (are_letters(one) and are_letters(other)):
        return 0.0
    left, right = consonants(one), consonants(other)
    if min(len(left), len(right)) < FEWEST_CONSONANTS or share_a_script(one, other):
        return 0.0
    return min(fuzz.ratio(left, right) / 100, BY_CONSONANTS)
