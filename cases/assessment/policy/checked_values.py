"""Values of a policy document, each checked as it is taken out: whatever came, a value or a problem in words."""

import math
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.problems import Problem

MOST_PROBLEMS = 100
MOST_ENTRIES = 500
MOST_POINTS = 1000
LARGEST_NUMBER = 10**12
LONGEST_TEXT = 1000
LONGEST_NAME = 80


class Checked:
    """Takes values out of a document and gathers what is wrong with them, the first MOST_PROBLEMS."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, place: str, words: str | Promise) -> None:
        """Write a problem down."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(place, words))

    def mapping(self, value: object, place: str) -> dict[str, Any]:
        """An object, without names that are none; empty if it is something else."""
        if not isinstance(value, Mapping):
            self.refuse(place, _("Give an object here: names with values."))
            return {}
        if len(value) > MOST_ENTRIES:
            self.refuse(place, _("Give at most %(most)d entries here.") % {"most": MOST_ENTRIES})
            return {}
        named = {name: below for name, below in value.items() if is_text(name) and len(name) <= LONGEST_NAME}
        if len(named) < len(value):
            words = _("Give each entry a name of 1 to %(most)d characters.")
            self.refuse(place, words % {"most": LONGEST_NAME})
        return named

    def only(self, value: Mapping[str, Any], place: str, known: Collection[str]) -> None:
        """Refuse names that nothing reads: they may be others misspelt."""
        for name in value:
            if name not in known:
                words = _("“%(name)s” is not read here: correct its name, or remove it.")
                self.refuse(below(place, name), words % {"name": name})

    def entries(self, value: object, place: str) -> list[Any]:
        """A list; empty if it is something else."""
        if not isinstance(value, list):
            self.refuse(place, _("Give a list here."))
            return []
        if len(value) > MOST_ENTRIES:
            self.refuse(place, _("Give at most %(most)d entries here.") % {"most": MOST_ENTRIES})
            return []
        return value

    def text(self, value: object, place: str) -> str:
        """A text that says something."""
        if isinstance(value, str) and is_text(value) and len(value) <= LONGEST_TEXT:
            return value
        self.refuse(place, _("Give a text of 1 to %(most)d characters.") % {"most": LONGEST_TEXT})
        return ""

    def texts(self, value: object, place: str) -> tuple[str, ...]:
        """Texts, at least one."""
        found = self.entries(value, place)
        if isinstance(value, list) and not value:
            self.refuse(place, _("Give at least one entry."))
        return tuple(self.text(entry, f"{place}[{number}]") for number, entry in enumerate(found))

    def choice(self, value: object, place: str, allowed: Collection[str]) -> str:
        """One of the words that are allowed; '' if it is none of them."""
        if isinstance(value, str) and value in allowed:
            return value
        self.refuse(place, _("Give one of: %(words)s.") % {"words": ", ".join(allowed)})
        return ""

    def whole(self, value: object, place: str, least: int = 0, most: int = MOST_POINTS) -> int:
        """A whole number within bounds."""
        number = finite(value)
        if number is not None and least <= number <= most and number == int(number):
            return int(number)
        self.refuse(
            place,
            _("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most},
        )
        return least

    def number(self, value: object, place: str, most: int = LARGEST_NUMBER) -> Decimal:
        """A number within bounds, not below zero."""
        number = finite(value)
        if number is not None and 0 <= number <= most:
            return Decimal(str(number))
        self.refuse(place, _("Give a number from 0 to %(most)d.") % {"most": most})
        return Decimal(0)

    def flag(self, value: object, place: str) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            self.refuse(place, _("Give true or false."))
        return value is True

    def points_by_word(self, value: object, place: str) -> dict[str, int]:
        """Points for each word, at least for one."""
        found = self.mapping(value, place)
        if isinstance(value, Mapping) and not value:
            self.refuse(place, _("Give at least one entry."))
        return {word: self.whole(points, below(place, word)) for word, points in found.items()}


Check = Callable[[Checked, object, str], Any]


def is_text(value: object) -> bool:
    """Is it a text that says something, and that can be written?"""
    if not isinstance(value, str) or not value.strip():
        return False
    return not any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in value)


def below(place: str, name: str) -> str:
    """Give the place of a name below a place."""
    return f"{place}.{name}" if place else name


def finite(value: object) -> int | float | Decimal | None:
    """Give a number that is one; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return value
    return value if math.isfinite(value) else None
