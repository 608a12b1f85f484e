"""Whether two elements of a result are the same person or organisation."""

import re
import unicodedata

from cases.provider.scalars import Day

Identity = tuple[str, str]

NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """Fold case, width and space, but keep letters apart that differ."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def identity(name: str | None, number: str | None, born: Day | None) -> Identity | None:
    """Give what tells somebody from others: the number, else name and date of birth; None if neither came.

    A name alone does not do: two people may share it.
    """
    digits = NEITHER_LETTER_NOR_DIGIT.sub("", number or "").casefold()
    if digits:
        return "number", digits
    if name and born and born.raw:
        return f"name {folded(name)}", born.day.isoformat() if born.day else born.raw
    return None
