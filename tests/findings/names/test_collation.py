"""Names in the order that Nordic readers expect."""

import random

from hypothesis import given
from hypothesis import strategies as st

from cases.findings.names.collation import LONGEST, sort_key

IN_ORDER = [
    "1881 Group AS",
    "7-Eleven AS",
    "Aalto Oy",
    "“Abel” AS",
    "abel as 2",
    "Ábel b",
    "Abelone AS",
    "De Gule",
    "Dé Gulere",
    "de la Gardie",
    "Delta",
    "Muller AS",
    "Mykle AS",
    "Müllex AS",
    "Oslo Rør",
    "Zulu AS",
    "Ærfugl AS",
    "ÆRFUGLEN AS",
    "Øreland AS",
    "Örnsköld AB",
    "ØRNSTEIN AS",
    "Ås AS",
    "ÅSBRYN AS",
    "Åsbryna AS",
    "Ωμέγα",
    "Волга",
]


def test_names_stand_in_the_order_readers_expect() -> None:
    mixed = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=sort_key) == IN_ORDER


def test_letters_of_neighbours_stand_together() -> None:
    assert sort_key("Ärla") == sort_key("ærla") == sort_key("A\u0308RLA")
    assert sort_key("Öst") == sort_key("øst")
    assert sort_key("Zz") < sort_key("Äänekoski") < sort_key("Ö") < sort_key("Å")


def test_what_has_no_name_has_no_key() -> None:
    assert [sort_key(name) for name in ("", " ", "—", "\0")] == ["", "", "", ""]


@given(st.text(max_size=80))
def test_a_key_is_digits_whatever_the_name(name: str) -> None:
    key = sort_key(name)
    assert len(key) <= LONGEST
    assert key == "" or (key.isascii() and key.isdigit())
    assert sort_key(name.strip()) == key
