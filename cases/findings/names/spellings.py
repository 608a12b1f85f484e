"""How one word is spelled in the usual ways: Nordic letters, and names of other scripts in Latin letters."""

import re
import unicodedata
from functools import lru_cache
from itertools import product

from cases.findings.names.folding import plain
from cases.findings.names.transliterations import is_of_an_alphabet, is_written_so, latin

# A letter, and how it is spelled where it cannot be typed (ICAO 9303, and as people do). What stands for it in a
# neighbouring language is the same letter.
SPELLED = {
    "ø": ("o", "oe"),
    "å": ("a", "aa"),
    "æ": ("ae", "a"),
    "ü": ("u", "ue"),
    "đ": ("d", "dj"),
    "ð": ("d", "dh"),
}
SPELLED |= {"þ": ("th", "t"), "œ": ("oe", "o")}
# Also as ISO/R 9 and the passports of others write what is ch, sh, zh and shch in English.
SPELLED |= {"č": ("c", "ch"), "š": ("s", "sh"), "ž": ("z", "zh"), "ŝ": ("s", "shch")}
ONE_LETTER = str.maketrans({"ö": "ø", "ő": "ø", "ä": "æ", "ű": "ü"})
SPECIAL = re.compile(f"([{''.join(SPELLED)}])")
MOST_SPECIAL = 5  # letters of a word that are spelled in every way; 2 to the power of it spellings

# Sounds that are written in several ways, so that transliterations meet: Yelena and Elena, Wolkow and Volkov.
MOST_KEPT = 8192  # words of which spellings and sounds are not worked out anew
SOUNDS = {
    **dict.fromkeys(("shch", "sch", "sh"), "s"),
    **dict.fromkeys(("tsch", "tch", "ch", "cz", "tz", "ts"), "c"),
    **{"zh": "z", "kh": "h", "gh": "g", "ph": "f", "th": "t", "dh": "d", "ck": "k", "ks": "x"},
    **{"oe": "o", "aa": "a", "ae": "a", "ue": "u", "ou": "u", "w": "v", "q": "k", "y": "i", "j": "i"},
}
SOFT = re.compile("dj|[yji]e|(?<=[^aeiouyj])[yj]o")
VOWELS = re.compile("oe|aa|ae|ue|ou")
SOUND = re.compile("|".join(sorted(SOUNDS, key=len, reverse=True)))
UNUSUAL = re.compile(
    r"[jyqw]|ie|[sckzgptd]h|c[kz]|t[sz]|ks|[oau]e|ou|([a-z])\1"
)  # what any of the others changes
REPEATED = re.compile(r"([a-z])\1+")
NO_PART = re.compile("[^a-z0-9]+")
MAC = re.compile("^mac(?=[a-z]{4})")  # MacDonald, and McDonald


def spelled(text: str) -> str:
    """Fold case and accents but keep apart what is a letter of its own: ø (as ö), å, æ (as ä), ü, đ, ð, þ, č, š, ž."""
    text = text.casefold()
    if text.isascii():
        return plain(text)
    pieces = SPECIAL.split(unicodedata.normalize("NFKC", text).translate(ONE_LETTER))
    return "".join(piece if piece in SPELLED else plain(piece) for piece in pieces)


@lru_cache(maxsize=MOST_KEPT)
def spellings(word: str) -> frozenset[str]:
    """Every usual way to write a word that is `spelled`, in plain letters."""
    pieces = SPECIAL.split(word)
    left = MOST_SPECIAL
    ways: list[tuple[str, ...]] = []
    for piece in pieces:
        choices = SPELLED.get(piece, (piece,))
        ways.append(choices if left > 0 or len(choices) == 1 else choices[:1])
        left -= len(choices) > 1
    return frozenset("".join(way) for way in product(*ways))


def is_same(one: str, other: str) -> bool:
    """Is there a spelling that both words share, or a usual transliteration that makes one the other?"""
    if one == other or not spellings(one).isdisjoint(spellings(other)):
        return True
    if is_of_an_alphabet(one) == is_of_an_alphabet(other):
        return False
    foreign, latin_word = (one, other) if is_of_an_alphabet(one) else (other, one)
    return any(is_written_so(foreign, spelling) for spelling in spellings(latin_word))


@lru_cache(maxsize=MOST_KEPT)
def sound(word: str) -> str:
    """Give what all usual spellings and transliterations of a word share, in Latin letters; coarser than `is_same`."""
    if not word.isascii():
        word = NO_PART.sub("", latin(word))
    word = MAC.sub("mc", word)
    if not UNUSUAL.search(word):
        return word
    word = SOFT.sub(lambda found: "d" if found[0] == "dj" else "e", word)
    word = SOUND.sub(lambda found: SOUNDS[found[0]], word)
    word = VOWELS.sub(lambda found: SOUNDS[found[0]], word)  # åe, where it came as aae
    return REPEATED.sub(r"\1", word)
