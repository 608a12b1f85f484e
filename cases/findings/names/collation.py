"""The order of names that Nordic readers expect, the same on every database."""

import unicodedata

from cases.findings.names.folding import plain

LONGEST = 200  # characters of a key
# As in Norwegian and Danish; Swedish and Finnish letters stand with those that they are written for there.
OF_THEIR_OWN = {"æ": "61", "ä": "61", "ø": "62", "ö": "62", "å": "63"}
AS_ANOTHER = str.maketrans({"ü": "y"})  # so in all four countries


def sort_key(name: str) -> str:
    """Give digits that sort as the name should: case and accents aside, digits before letters, æ ø å after z, other
    scripts last; '' for a name without letters and digits.

    Digits alone: whatever the language that a database is set to, it sorts them one way.
    """
    text = unicodedata.normalize("NFC", name).casefold().translate(AS_ANOTHER)
    words = "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in text).split()
    return "10".join("".join(_weight(char) for char in word) for word in words)[:LONGEST]


def _weight(char: str) -> str:
    if char in OF_THEIR_OWN:
        return OF_THEIR_OWN[char]
    return "".join(_plain_weight(text) for text in (char if char.isascii() else plain(char)))


def _plain_weight(char: str) -> str:
    if "0" <= char <= "9":
        return str(20 + int(char))
    if "a" <= char <= "z":
        return str(31 + ord(char) - ord("a"))
    return f"9{ord(char):07}"
