"""Persons as the cast names them, and crowds of small shareholders."""

import re

from amlportal.sandbox.universe.chapters import Person, some_person
from amlportal.sandbox.universe.dice import Dice
from amlportal.sandbox.universe.holdings import Holder

WITH_BIRTH_DATE = re.compile(r"(?P<names>.+) (?P<born>\d{4}-\d{2}-\d{2}|\?)")


def is_person(text: str) -> bool:
    """Say whether a text of the cast is a person: names and a birth date, or `?`."""
    return WITH_BIRTH_DATE.fullmatch(text) is not None


def person(text: str) -> Person:
    """Read a person of the cast; the last name is the last word."""
    found = WITH_BIRTH_DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a name with a birth date")
    first, _, last = found["names"].rpartition(" ")
    return Person(first, last, None if found["born"] == "?" else found["born"])


def holder(one: Person) -> Holder:
    """Return a person as the owner of shares."""
    return Holder(one.name, person=one, type="PERSON")


def crowd(country: str, number: str, size: int, share: float, *, equal: bool) -> list[tuple[Holder, float]]:
    """Make many small shareholders who together have a share, in per cent."""
    dice = Dice("crowd", number)
    members = [holder(some_person(dice, country)) for _ in range(size)]
    weights = [1.0 if equal else 1 / (place + 6) for place in range(size)]
    return [
        (member, round(share * weight / sum(weights), 4))
        for member, weight in zip(members, weights, strict=True)
    ]
