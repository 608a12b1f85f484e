"""Made-up names of people and firms, as many and as different as a search has to tell apart, each made ready once."""

import json
import random
from dataclasses import dataclass
from functools import cache, lru_cache

from cases.findings.names.collation import sort_key
from cases.findings.search import folded_words

PEOPLE, FIRMS = 40_000, 40_000
GIVEN = (
    *(
        "Ingrid",
        "Ola",
        "Kari",
        "Nils",
        "Ivan",
        "Lars",
        "Fatima",
        "Åse",
        "Øyvind",
        "Sølvi",
        "Magnus",
        "Aino",
        "Maja",
    ),
    *(
        "Bjørn",
        "Astrid",
        "Torunn",
        "Jörgen",
        "Agneta",
        "Åke",
        "Elin",
        "Hanna",
        "Kaisa",
        "Pekka",
        "Väinö",
        "Søren",
    ),
    *(
        "Mette",
        "Rasmus",
        "Kirsten",
        "Omar",
        "Leila",
        "Jan Erik",
        "Anne-Lise",
        "Per",
        "Gunnar",
        "Liv",
        "Ragnhild",
    ),
)
PARTS = (
    *("fjell", "heim", "vik", "øst", "skjær", "gård", "sol", "berg", "lund", "strøm"),
    *("ås", "bryn", "vind", "kraft", "hav", "nord", "lys", "storm", "dal", "nes"),
    *("skog", "ö", "holm", "kvist", "sjø", "järvi", "niemi", "mäki", "by", "toft"),
)
TRADES = (
    "Bygg",
    "Fisk",
    "Handel",
    "Eiendom",
    "Kapital",
    "Data",
    "Transport",
    "Konsult",
    "Invest",
    "Rakennus",
)
FORMS = {
    "no": ("AS", "AS", "AS", "ASA", "ANS"),
    "se": ("AB", "AB", "HB"),
    "fi": ("Oy", "Oy", "Oyj"),
    "dk": ("ApS", "A/S", "P/S"),
}
ENDINGS = frozenset(
    (
        *("as", "asa", "ans", "ab", "hb", "oy", "oyj", "aps", "a/s", "p/s", "k/s", "i/s", "da", "sa", "ba"),
        *("kb", "ltd", "llp", "gmbh", "inc", "plc", "sparebank"),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a number: as it is shown, as JSON has it, with the words that find it and its place in lists."""

    text: str
    as_json: str
    words: dict[str, None]
    sort_key: str

    @classmethod
    def of(cls, text: str, *, is_listed: bool = False) -> "Name":
        """Make a text ready; `is_listed` if lists are sorted by it."""
        return cls(text, json.dumps(text), words(text), sort_key(text) if is_listed else "")

    @classmethod
    def of_number(cls, text: str) -> "Name":
        """The same of a number of an organisation."""
        return cls(text, f'"{text}"', words_of_number(text), "")


def words(text: str) -> dict[str, None]:
    """The words that find a text, in the order in which a search row has them."""
    return dict.fromkeys(sorted(folded_words.words(text)))


def words_of_number(text: str) -> dict[str, None]:
    """The same of a number of an organisation as pages print it, far quicker: a test holds that against the other."""
    pieces = text.lower().replace("-", " ").split()
    digits = "".join(piece for piece in pieces if piece.isdigit())
    return dict.fromkeys(sorted({*pieces, digits}))


def words_of_reference(text: str) -> dict[str, None]:
    """The same of a reference."""
    _c, year, number = text.lower().split("-")
    short = int(number)
    return dict.fromkeys(sorted({"c", year, number, f"c{year}{number}", f"c{year}n{short}", f"c{short}"}))


@lru_cache(100_000)
def words_of_customer_reference(text: str) -> dict[str, None]:
    """The same of what customers call a case: there are few."""
    return words(text)


NO_NAME = Name("", '""', {}, "")


def person(dice: random.Random) -> Name:
    """Somebody."""
    return _person(int(dice.random() * PEOPLE))


def firm(dice: random.Random, country: str) -> Name:
    """A firm of a country."""
    return _firm(int(dice.random() * FIRMS), country)


def is_of_firm(text: str) -> bool:
    """Does the name end as those of firms do?"""
    return text.lower().split()[-1] in ENDINGS


@cache
def _person(number: int) -> Name:
    dice = random.Random(f"person {number}")  # noqa: S311 - made up
    return Name.of(f"{dice.choice(GIVEN)} {_compound(dice)}")


@cache
def _firm(number: int, country: str) -> Name:
    dice = random.Random(f"firm {number}")  # noqa: S311 - made up
    trade = f" {dice.choice(TRADES)}" if dice.random() < 0.5 else f" {_compound(dice)}"
    return Name.of(f"{_compound(dice)}{trade} {dice.choice(FORMS[country])}", is_listed=True)


def _compound(dice: random.Random) -> str:
    return "".join(dice.choice(PARTS) for _ in range(dice.randint(1, 3))).capitalize()
