"""Names written differently are the same, and names that differ are as far apart as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.names import likeness, names
from cases.findings.names.spellings import is_same, spellings
from cases.findings.screening.comparison import NEAR
from cases.provider.result.wire import HolderType

PERSON, ORGANIZATION = HolderType.PERSON, HolderType.ORGANIZATION


def best(one: str, other: str, kind: HolderType | None = None) -> float:
    return max(
        likeness.alike(left, right)
        for left in names.readings(one, None)
        for right in names.readings(other, kind)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FJELLHEIM ENERGI AS", "Fjellheim Energi"),
        ("Fjellheim Energi A/S", "Fjellheim Energi ASA"),
        ("Storsjön Invest AB (publ)", "STORSJON INVEST"),
        ("Oy Järvi Ab", "Jarvi"),
        ("Ærlig & Sønn ApS", "AERLIG SONN"),
        ("Straße GmbH & Co. KG", "strasse"),
        ("Łódź Sp. z o.o.", "lodz"),
        ("Đorđe Petrović", "Petrovic, Dorde"),
        ("Orient Trading L.L.C.", "ORIENT TRADING LLC"),
        ("SOLVANG, Ingrid", "Ingrid Solvang"),
        ("O’Brien Ltd", "OBrien Limited"),
        ("ＦＪＥＬＬ　ＥＮＥＲＧＩ", "Fjell Energi"),
        ("ООО Ромашка", "Ромашка"),
    ],
)
def test_case_accents_forms_punctuation_and_order_make_no_difference(one: str, other: str) -> None:
    assert best(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fjelheim Energy", "Fjellheim Energi AS"),
        ("Ivan Petrov", "Ivan Sergeevich Petrov"),
        ("Aarne Koskala", "Aarne Koskela"),
        ("Fjell Heim Energi", "Fjellheim Energi"),
    ],
)
def test_a_slip_or_a_name_left_out_is_near_and_not_equal(one: str, other: str) -> None:
    assert NEAR <= best(one, other) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ingrid Solvang", "Aarne Koskela"), ("Nordlys Holding AS", "Vindkammen Drift AS"), ("Ali", "Per")],
)
def test_different_names_are_not_near(one: str, other: str) -> None:
    assert best(one, other) < NEAR


def test_a_name_that_is_nothing_but_a_form_names_nobody_and_two_may_be_a_name() -> None:
    assert names.readings("AS", ORGANIZATION) == ()
    assert [reading.words for reading in names.readings("AB Oy", ORGANIZATION)] == [("ab",)]


def test_a_person_keeps_a_name_that_looks_like_a_form() -> None:
    assert [reading.words for reading in names.readings("Maria Sá", PERSON)] == [("maria", "sa")]
    assert best("Maria Sá", "Maria Sa", PERSON) == 1


@pytest.mark.parametrize(
    "name", ["Nord GmbH", "Nord Aksjeselskap", "Nord L.L.C.", "Nord Sp. z o.o.", "UAB Nord"]
)
def test_a_form_is_told_from_a_name(name: str) -> None:
    assert names.has_form(name)


@pytest.mark.parametrize("name", ["Amadou Ba", "Sia Koroma", "Ulf As", "GmbH", "Limited Nord", None])
def test_what_may_be_a_name_is_no_form(name: str | None) -> None:
    assert not names.has_form(name)


@pytest.mark.parametrize("name", [None, "", "  ", "—", "🦊", "…!"])
def test_a_name_without_letters_has_no_key(name: str | None) -> None:
    assert names.readings(name, None) == ()


def test_a_name_of_a_megabyte_is_compared_by_its_beginning() -> None:
    assert len(names.readings("å" * 1_000_000, None)[0].words[0]) <= names.LONGEST


@given(st.text("oeaueøåæüđðþœnkjys", min_size=1, max_size=8))
def test_every_spelling_of_a_word_is_the_same_word(word: str) -> None:
    for spelling in spellings(word):
        assert is_same(spelling, word)
        assert is_same(word, spelling)


def test_scripts_tell_which_names_cannot_be_compared() -> None:
    assert names.scripts("Ingrid 7") == {"LATIN"}
    assert names.scripts("Ингрид") == {"CYRILLIC"}
    assert names.scripts("شركة النور") == {"ARABIC"}
    assert names.scripts("42") == set()


@given(st.text(max_size=40), st.text(max_size=40))
def test_alikeness_is_between_nought_and_one_and_the_same_both_ways(one: str, other: str) -> None:
    for left in names.readings(one, None):
        assert likeness.alike(left, left) == 1
        for right in names.readings(other, None):
            assert 0 <= likeness.alike(left, right) <= 1
            assert likeness.alike(left, right) == likeness.alike(right, left)
