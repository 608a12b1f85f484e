"""Letters without case, accents and signs. Imports next to nothing: the child that reads PDFs folds by it too."""

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


def plain(text: str) -> str:
    """Fold case and accents; å, ø, æ, ß, ł and đ become plain letters, apostrophes nothing."""
    text = text.casefold()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in apart if unicodedata.category(char) not in {"Mn", "Cf"})
    return text.translate(LETTERS)
