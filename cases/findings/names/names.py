"""Names made comparable: split into words, without legal forms, with how each word sounds."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cases.findings.names import legal_forms
from cases.findings.names.nameless import names_nobody
from cases.findings.names.skeletons import Skeleton, skeletons
from cases.findings.names.spellings import MOST_KEPT, sound, spelled
from cases.provider.result.wire import HolderType

LONGEST = 200  # characters of a name that are compared; the input is hostile
MOST_WORDS = 30
ABBREVIATION = re.compile(r"(?<![^\W_])[^\W\d_](?:[./][^\W\d_])+(?![^\W_])")  # A/S, L.L.C., J.R.
POLISH = re.compile(r"\bsp\.? z ?oo\b")
WORD = re.compile(r"[^\W_]+")
VOWELS = re.compile("[aeiouv]+")
LONGEST_INITIALS = 3
READ_LETTER_BY_LETTER = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its words as they are spelled and as they sound, in their order."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    key: str
    spelled: str
    in_order: str
    is_plain: bool
    skeletons: tuple[Skeleton, ...]

    @classmethod
    def of(cls, words: Sequence[str], sounds: Sequence[str]) -> "Name":
        """Make a name; `key` is what all its usual spellings share, whatever the order of the words.

        `spelled` has its words in an order of their own too, `in_order` how they sound in the order they have.
        """
        return cls(
            tuple(words),
            tuple(sounds),
            " ".join(sorted(sounds)),
            " ".join(sorted(words)),
            " ".join(sounds),
            "".join(words).isascii(),
            skeletons(words, sounds),
        )


def readings(name: str | None, kind: HolderType | None) -> tuple[Name, ...]:
    """Give the readings of a name: without its legal form, and both ways if it may be a person's.

    `kind` is what is stated of it: a guess would hide that two names are the same. A placeholder has no reading.
    """
    if names_nobody(name):
        return ()
    found = words(name)
    sounds = [sound(word) for word in found]
    if not found:
        return ()
    if kind is HolderType.PERSON:
        return (Name.of(found, sounds),)
    at = legal_forms.bare(found, sounds)
    if (at.first, at.last) == (0, len(found)):
        return (Name.of(found, sounds),)
    bare = Name.of(found[at.first : at.last], sounds[at.first : at.last])
    return (bare,) if kind is HolderType.ORGANIZATION else (bare, Name.of(found, sounds))


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
    """Join the letters of an abbreviation that is a legal form; other letters are initials, one by one."""
    letters = re.sub("[./]", "", found[0])
    return letters if letters in legal_forms.BEHIND or letters == "oo" else " ".join(letters)


def carries_form(name: str | None) -> bool:
    """Does the name carry a legal form, or a word that may be one?"""
    found = words(name)
    at = legal_forms.bare(found, [sound(word) for word in found])
    return at.last - at.first < len(found)


def has_form(name: str | None) -> bool:
    """Does the name carry a legal form, as no person's does? What may be a surname does not count."""
    found = words(name)
    return legal_forms.bare(found, [sound(word) for word in found]).has_certain


def is_sole_trader(name: str | None) -> bool:
    """Does the name say that a person trades by it?"""
    lowered = (name or "")[:LONGEST].casefold()
    if not any(sole_name in lowered for sole_name in legal_forms.IN_SOLE_NAMES):
        return False
    found = words(name)
    return legal_forms.bare(found, [sound(word) for word in found]).is_sole


@lru_cache(maxsize=MOST_KEPT)
def initials(word: str) -> frozenset[str]:
    """Give the initials a word may have, by its letter and by its sound: Yelena's are i, as y sounds, and e."""
    return frozenset(letter for letter in (sound(word)[:1], sound(word[0])[:1]) if letter)


def may_be_initials(word: str) -> bool:
    """Is it as short as the initials of somebody, written together: PO, MK, JPH?"""
    if not 1 < len(word) <= LONGEST_INITIALS or not word.isalpha():
        return False
    return len(word) == 2 or not VOWELS.search(word)


def consonants(name: Name) -> str:
    """Give what is left of a name without vowels, whatever the order of its words."""
    return "".join(sorted(VOWELS.sub("", sound) for sound in name.sounds))


def letters(name: Name) -> str:
    """Give the consonants of a name, sorted: the same for words that are joined, parted or in another order."""
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
