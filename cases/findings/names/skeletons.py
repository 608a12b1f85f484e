"""The consonants of a name, as loosely as usual spellings differ: to find names that may be the same, never to equate.

Arabic articles are dropped and compounds parted (Abd al-Rahman, Abdulrahman; Nur ad-Din, Noureddine), endings of Slavic
surnames are one (-ov, -off, -ou, -iev), and so are consonants that transliterations exchange: g, h, k and q; s, sh, ch
and z, and a French j.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cases.findings.names.spellings import sound
from cases.findings.names.transliterations import latin

MOST_KEPT = 8192
LEAST = 6  # characters for a whole name: what has fewer would meet others by chance
FEWEST_WORDS, MOST_WORDS = 2, 12
EXCHANGED = str.maketrans({**dict.fromkeys("gqh", "k"), **dict.fromkeys("cz", "s"), "x": "ks"})
VOWELS = re.compile("[aeiou]+")
SURNAME = re.compile("(?<=[^aeiou])(?:[aeiou]+[vf]|[aeiou]*u)$")
REPEATED = re.compile(r"([a-z])\1+")
MAY_BE_ARABIC = re.compile(r"\babd|\b[aeu][dlnrstz] |\b[ae]sh |\b[ae]l[^aeiou ]|[aeiou][dl]d[iye]+n")
SERVANT_OF = re.compile(r"\babd ?[aeiou](?:l|([dnrstz])(?=\1)) ?")
ARTICLE = re.compile(r"\b(?:[aeu][dlnrstz]|[ae]sh) (?=\w)")
JOINED_ARTICLE = re.compile(r"\b[ae]l(?=[b-df-hj-np-tv-z][a-z]{2})")
OF_THE_FAITH = re.compile(r"(?<=[a-z]{2})[aeiou][dl](?=d[iye]+n)")


class Skeleton(NamedTuple):
    """The consonants of a name, and how its words sound, in the same order."""

    consonants: str
    sounds: tuple[str, ...]


def skeletons(words: Sequence[str], sounds: Sequence[str]) -> tuple[Skeleton, ...]:
    """Give the consonants of a name, word by word, sorted; also with a French j. Empty if they are few."""
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        return ()
    found = [_of(_without_articles(words) or sounds)]
    if any("j" in word for word in words):
        found.append(_of([sound(word.replace("j", "zh")) for word in words]))
    return tuple(
        skeleton for skeleton in found if len(skeleton.consonants) >= LEAST and len(skeleton.sounds) > 1
    )


def _of(sounds: Iterable[str]) -> Skeleton:
    pairs = sorted((_skeleton(sound), sound) for sound in sounds)
    return Skeleton(
        " ".join(consonants for consonants, _sound in pairs), tuple(sound for _consonants, sound in pairs)
    )


@lru_cache(maxsize=MOST_KEPT)
def _skeleton(sound: str) -> str:
    """Keep the consonants of a word, and of its vowels only whether it begins with one."""
    front = "a" if sound.startswith(("a", "e", "i", "o", "u")) else ""
    if sound.endswith(("v", "f", "u")):
        sound = SURNAME.sub("v", sound)
    return front + REPEATED.sub(r"\1", VOWELS.sub("", sound).translate(EXCHANGED))


def _without_articles(words: Sequence[str]) -> list[str] | None:
    """Give the sounds of the words without Arabic articles; None if there seems to be none."""
    text = " ".join(words)
    if not text.isascii():
        text = " ".join(map(latin, words))
    if not MAY_BE_ARABIC.search(text):
        return None
    text = OF_THE_FAITH.sub(" ", JOINED_ARTICLE.sub("", ARTICLE.sub("", SERVANT_OF.sub("abd ", text))))
    return [sound(word) for word in text.split()]
