"""Letters without case, accents and signs. Imports next to nothing: the process that reads PDFs folds by it too."""

import unicodedata

# What casefolding and decomposition leave as letters of their own.
LETTERS = str.maketrans(
    {
        **{
            "ø": "o",
            "æ": "ae",
            "œ": "oe",
            "ł": "l",
            "đ": "d",
            "ð": "d",
            "þ": "th",
            "ħ": "h",
            "ı": "i",
            "ŧ": "t",
        },
        **dict.fromkeys("'’‘ʼ`´", ""),
    }
)
# Scripts whose marks are accents or optional vowels: Latin, Greek, Cyrillic, Hebrew, Arabic. In all others, as kana,
# Thai and Devanagari, a mark makes another letter of the one before it.
WITH_ACCENTS = ((0x0000, 0x024F), (0x0370, 0x052F), (0x0590, 0x06FF), (0x1E00, 0x1FFF))
BREVE, DIAERESIS = "\N{COMBINING BREVE}", "\N{COMBINING DIAERESIS}"
LETTERS_BY_MARK = {"и" + BREVE, "у" + BREVE, "і" + DIAERESIS}  # й, ў and ї


def plain(text: str) -> str:
    """Fold case and accents; å, ø, æ, ß, ł and đ become plain letters, apostrophes nothing."""
    text = text.casefold()
    return (text if text.isascii() else without_accents(text)).translate(LETTERS)


def without_accents(text: str) -> str:
    """Drop accents, and fold width; marks that are letters in their own script stay."""
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        if category == "Mn" and _is_accent(base, char):
            continue
        if category != "Cf":
            kept.append(char)
        if category[0] != "M":
            base = char
    return unicodedata.normalize("NFC", "".join(kept))


def _is_accent(base: str, mark: str) -> bool:
    if not base or base + mark in LETTERS_BY_MARK:
        return not base
    return any(first <= ord(base) <= last for first, last in WITH_ACCENTS)
