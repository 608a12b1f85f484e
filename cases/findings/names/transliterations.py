"""Cyrillic and Greek words beside Latin ones: whether one is the other by a usual standard of transliteration.

ICAO 9303, BGN/PCGN, the passports of Russia, Ukraine, Belarus and Bulgaria; ELOT 743 for Greek. What only sounds alike
(sh and s, zh and z) is no transliteration, and digits are themselves.
"""

import re
from functools import lru_cache

from anyascii import anyascii

MOST_KEPT = 8192
# Greek, Cyrillic and Armenian; Georgian; and more of Greek.
ALPHABETS = ((0x0370, 0x058F), (0x10A0, 0x10FF), (0x1C80, 0x1CBF), (0x1F00, 0x1FFF))
TOKEN = re.compile("[иы]й|кс|дж|ь[ея]|ου|[αεη]υ|[αεο]ι|μπ|ντ|γ[κγξχ]|.")
IOTATED = {"е": ("e", "ye", "ie", "je"), "є": ("ie", "ye", "je"), "ї": ("i", "yi", "ji")}
VOWELS = frozenset("аеёиіїоуыэєюяьъ")

# Letters, or several together, and how they are written; '' where a letter may be left out.
WRITTEN = {
    "ий": "y|iy|ii|ij|i|yi|yj|yy",
    "ый": "y|yy|yi|yj|iy|ii|ij",
    "кс": "ks|x",
    "дж": "dzh|dj|j",
    "ье": "ye|ie|je|e|iye",
    "ья": "ya|ia|ja|iya|iia",
}
WRITTEN |= dict(
    zip(
        "абвдзклмнопрстуф",
        ["a", "b", "v", "d", "z", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f"],
        strict=True,
    )
)
WRITTEN |= {
    "г": "g|h",
    "ґ": "g",
    "е": "e|yo|io|jo",
    "ж": "zh",
    "и": "i|y",
    "і": "i|y",
    "й": "y|i|j",
    "х": "kh|h",
    "ц": "ts|tz|c",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch|sch|sht",
    "ъ": "|ie|a",
    "ы": "y",
    "ь": "|y",
    "э": "e",
    "ю": "yu|iu|ju",
    "я": "ya|ia|ja",
    "ў": "u|w|v",
    "ј": "j|y",
    "љ": "lj|ly",
    "њ": "nj|ny",
    "ђ": "dj|d",
    "ћ": "c|ch",
    "џ": "dz|dzh",
    "ѓ": "gj",
    "ќ": "kj",
    "ѕ": "dz",
}
WRITTEN |= dict(
    zip(
        "αδεζικλμνοπρσςτω",
        ["a", "d", "e", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "s", "t", "o"],
        strict=True,
    )
)
WRITTEN |= {
    "β": "v",
    "γ": "g",
    "η": "i|e",
    "θ": "th",
    "ξ": "x|ks",
    "υ": "y|i",
    "φ": "f|ph",
    "χ": "ch|h|kh",
    "ψ": "ps",
    "ου": "ou|u",
    "αυ": "av|af|au",
    "ευ": "ev|ef|eu",
    "ηυ": "iv|if",
    "αι": "ai|e",
    "ει": "ei|i",
    "οι": "oi|i",
    "μπ": "b|mp",
    "ντ": "nt|d",
    "γκ": "gk|g",
    "γγ": "ng|gg",
    "γξ": "nx",
    "γχ": "nch",
}
WAYS = {token: tuple(written.split("|")) for token, written in WRITTEN.items()}
SOUNDS_OF_GREEK = {
    token: WAYS[token][at]
    for token, at in (
        *((word, 0) for word in ("αυ", "ευ", "ηυ", "μπ", "γγ", "β", "η")),
        *((word, 1) for word in ("ντ", "γκ", "ου", "ει", "οι", "υ", "χ")),
    )
}
GREEK = re.compile("|".join(sorted(SOUNDS_OF_GREEK, key=len, reverse=True)))


def is_of_an_alphabet(word: str) -> bool:
    """Is it written in an alphabet that is not the Latin one, and is read letter by letter?"""
    return not word.isascii() and any(first <= ord(word[0]) <= last for first, last in ALPHABETS)


def latin(word: str) -> str:
    """Write a word of any script in Latin letters, in the one way that comes nearest to how it sounds."""
    return anyascii(GREEK.sub(lambda found: SOUNDS_OF_GREEK[found[0]], word)).lower()


@lru_cache(maxsize=MOST_KEPT)
def is_written_so(word: str, latin_word: str) -> bool:
    """Is the Latin word a usual transliteration of a word of another alphabet, letter by letter?

    Every place that the letters so far may have led to is kept, so that no word is slow.
    """
    places = {0}
    before = ""
    for found in TOKEN.finditer(word):
        ways = _ways(found[0], before)
        places = {place + len(way) for place in places for way in ways if latin_word.startswith(way, place)}
        if not places:
            return anyascii(word).lower() == latin_word
        before = found[0][-1]
    return len(latin_word) in places or anyascii(word).lower() == latin_word


def _ways(token: str, before: str) -> tuple[str, ...]:
    known = WAYS.get(token)
    if token in IOTATED and (not before or before in VOWELS):
        return (*IOTATED[token], *(known or ()))
    return known or IOTATED.get(token) or (anyascii(token).lower(),)
