"""Names made comparable: what is only written differently becomes the same, and how alike the rest is."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from cases.findings import legal_forms
from cases.findings.spellings import is_same, sound, spelled
from cases.provider.placeholders import is_placeholder
from cases.provider.wire import HolderType

LONGEST = 200  # characters of a name that are compared; the input is hostile
MOST_WORDS = 30
MOST_MATCHED = 12  # words that are looked at one by one
IN_ANOTHER_WAY = 0.97  # the same but for a transliteration, or for words that are joined or parted
OF_LETTERS = 0.96  # at most, and 1 for the same words: so alike are letters that are the same but for few
PART_OF_THE_OTHER = 0.9  # every word of one name is in the other, which has more
BY_INITIALS = 0.9
BY_INITIALS_IN_PART = 0.85
INITIALS_ALONE = 0.75
ONE_WORD_OF_THE_OTHER = 0.75
SHORTEST_WORD = 2  # letters: less is an initial
SHORTEST_ALONE = 4  # of a word that is a whole name, and a part of the other
BY_CONSONANTS = 0.9  # at most: scripts that leave vowels out are not read with certainty
LONGEST_INITIALS = 3
FEWEST_CONSONANTS = 4

ABBREVIATION = re.compile(r"(?<![^\W_])[^\W\d_](?:[./][^\W\d_])+(?![^\W_])")  # A/S, L.L.C., J.R.
POLISH = re.compile(r"\bsp\.? z ?oo\b")
WORD = re.compile(r"[^\W_]+")
VOWELS = re.compile("[aeiouv]+")
READ_LETTER_BY_LETTER = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its words as they are spelled and as they sound, in their order."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    key: str
    is_plain: bool

    @classmethod
    def of(cls, words: Sequence[str], sounds: Sequence[str]) -> "Name":
        """Make it; `key` is what all its usual spellings share, whatever the order of the words."""
        return cls(tuple(words), tuple(sounds), " ".join(sorted(sounds)), "".join(words).isascii())

    @property
    def spelled(self) -> str:
        """Its words in an order of their own."""
        return " ".join(sorted(self.words))


def readings(name: str | None, kind: HolderType | None) -> tuple[Name, ...]:
    """Give the name as it is compared; without its legal form, and both ways if it may be a person's.

    `kind` is what is stated of it: a guess would hide that two names are the same. A placeholder has no reading.
    """
    if is_placeholder(name):
        return ()
    found = words(name)
    sounds = [sound(word) for word in found]
    if not found:
        return ()
    whole = Name.of(found, sounds)
    if kind is HolderType.PERSON:
        return (whole,)
    at = legal_forms.bare(found, sounds)
    if (at.first, at.last) == (0, len(found)):
        return (whole,)
    bare = Name.of(found[at.first : at.last], sounds[at.first : at.last])
    return (bare,) if kind is HolderType.ORGANIZATION else (bare, whole)


def words(name: str | None) -> list[str]:
    """Split a name into words without case, accents and punctuation."""
    text = spelled((name or "")[:LONGEST])
    if "." in text or "/" in text:
        text = POLISH.sub("spzoo", ABBREVIATION.sub(_joined, text))
    if not text.isascii():
        # The marks of other scripts are parts of words.
        text = "".join(
            char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text
        )
        return text.split()[:MOST_WORDS]
    return WORD.findall(text)[:MOST_WORDS]


def _joined(found: re.Match[str]) -> str:
    """Join what is a legal form; other letters are initials, one by one."""
    letters = re.sub("[./]", "", found[0])
    return letters if letters in legal_forms.BEHIND or letters == "oo" else " ".join(letters)


def carries_form(name: str | None) -> bool:
    """Is there a legal form around the name, or what may be one?"""
    found = words(name)
    at = legal_forms.bare(found, [sound(word) for word in found])
    return at.last - at.first < len(found)


def has_form(name: str | None) -> bool:
    """Does the name carry a legal form, as no person's does? What may be a surname does not count."""
    found = words(name)
    return legal_forms.bare(found, [sound(word) for word in found]).has_certain


def is_sole_trader(name: str | None) -> bool:
    """Does the name say that a person trades by it?"""
    said = (name or "")[:LONGEST].casefold()
    if not any(each in said for each in legal_forms.IN_SOLE_NAMES):
        return False
    found = words(name)
    return legal_forms.bare(found, [sound(word) for word in found]).is_sole


# --- How alike two are ---


def alike(one: Name, other: Name) -> float:
    """Say how alike two names are, from 0 to 1; 1 only if they are the same in one of the usual spellings."""
    if one.words == other.words:
        return 1.0
    if one.words > other.words:
        one, other = other, one
    ratio = fuzz.ratio(one.key, other.key) / 100
    if one.is_plain and other.is_plain:
        if _have_nothing_in_common(one, other):
            return min(max(ratio, fuzz.ratio(one.spelled, other.spelled) / 100), OF_LETTERS)
        ratio = max(ratio, fuzz.ratio(one.spelled, other.spelled) / 100)
    score = min(ratio, OF_LETTERS)
    if max(len(one.words), len(other.words)) > MOST_MATCHED:
        return 1.0 if one.spelled == other.spelled else score
    return max(score, _by_words(one, other), _by_consonants(one, other))


def _have_nothing_in_common(one: Name, other: Name) -> bool:
    """Is there no word that both have, none short enough for initials, and are they not written together?"""
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
        is_read = are_letters(one) and are_letters(other) and not share_a_script(one, other)
        return 1.0 if is_read else IN_ANOTHER_WAY
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
    """Take out words that are called the same, and give those of the first."""
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
    """Take out words that share a spelling, and give those of the first."""
    found = []
    for word in [*ones]:
        same = next((each for each in others if is_same(word, each)), None)
        if same is not None:
            ones.remove(word)
            others.remove(same)
            found.append(word)
    return found


def _join(ones: list[str], others: list[str]) -> int:
    """Take out words of one that the other parts into several, one after the other; say how many."""
    count = 0
    if len(others) < 2:
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
    for word in [*ones]:
        if len(word) > LONGEST_INITIALS:
            continue
        found: list[str] = []
        for letter in word:
            full = next((each for each in others if each not in found and _begins(each, letter)), None)
            if full:
                found.append(full)
        if len(found) == len(word):
            ones.remove(word)
            for each in found:
                others.remove(each)
            count += len(found)
    return count


def initials(word: str) -> set[str]:
    """Give the initials a word may have, by its letter and by its sound: Yelena's are i, as y sounds, and e."""
    return {letter for letter in (sound(word)[:1], sound(word[0])[:1]) if letter}


def _begins(word: str, letter: str) -> bool:
    return len(word) > 1 and (word[0] == letter or sound(letter)[:1] in initials(word))


def _by_consonants(one: Name, other: Name) -> float:
    """Compare names of scripts that are not read letter by letter: by what is left without vowels."""
    if (one.is_plain and other.is_plain) or (are_letters(one) and are_letters(other)):
        return 0.0
    left, right = consonants(one), consonants(other)
    if min(len(left), len(right)) < FEWEST_CONSONANTS or share_a_script(one, other):
        return 0.0
    return min(fuzz.ratio(left, right) / 100, BY_CONSONANTS)


def consonants(name: Name) -> str:
    """Give what is left of a name without vowels, whatever the order of its words."""
    return "".join(sorted(VOWELS.sub("", each) for each in name.sounds))


def letters(name: Name) -> str:
    """Give the consonants in an order of their own: the same for words that are joined, parted or in another order."""
    return "".join(sorted(VOWELS.sub("", "".join(name.sounds))))


def share_a_script(one: Name, other: Name) -> bool:
    """Are both written in one script?"""
    return bool(scripts("".join(one.words)) & scripts("".join(other.words)))


def are_letters(name: Name) -> bool:
    """Is it written in an alphabet that is read letter by letter, vowels included?"""
    return name.is_plain or scripts("".join(name.words)) <= READ_LETTER_BY_LETTER


def scripts(text: str) -> set[str]:
    """Name the scripts the letters belong to, such as LATIN."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return {"LATIN"} if any(char.isalpha() for char in text) else set()
    return {unicodedata.name(char, "?").split(maxsplit=1)[0] for char in text if char.isalpha()}
