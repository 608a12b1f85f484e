"""Whether two elements of a result are the same person or organisation."""

import re
import unicodedata
from collections.abc import Iterable

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
    return by_number(number) or by_birth(name, born)


def by_number(number: str | None) -> Identity | None:
    """Give what tells somebody from others by number."""
    digits = NEITHER_LETTER_NOR_DIGIT.sub("", number or "").casefold()
    return ("number", digits) if digits else None


def by_birth(name: str | None, born: Day | None) -> Identity | None:
    """Give what tells somebody from others by name and date of birth."""
    if name and born and born.raw:
        return f"name {folded(name)}", born.day.isoformat() if born.day else born.raw
    return None


def names_apart(names: Iterable[str | None], parts: Iterable[str | None]) -> tuple[str, ...]:
    """Give the parts of a name, each once, that the names themselves do not show."""
    shown = [name for name in names if name]
    return tuple(dict.fromkeys(part for part in parts if part and not any(part in name for name in shown)))
