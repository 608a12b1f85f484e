"""Who is the same person or company, and what is then known of it."""

import random
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.findings.as_json.findings import plain
from cases.findings.ownership.parties import Kind, Party
from tests.findings.reading import of, result

NUMBER = "312433060"


def parties(**ownership: list[Any]) -> tuple[Party, ...]:
    document = {"keyInformation": {"organizationNumber": "317835337"}, "ownership": ownership}
    return result(document).ownership.parties


def person(name: str | None = "Ingrid Solvang", born: str = "1968-11-02", **more: Any) -> dict[str, Any]:
    return {"name": name, "dateOfBirth": born, **more}


def test_a_shareholder_and_a_beneficial_owner_of_one_name_and_birth_are_one() -> None:
    (found,) = parties(shareholders=[person(percentage=25)], beneficials=[person("INGRID  SOLVANG")])
    assert (found.is_shareholder, found.is_beneficial, found.share) == (True, True, Decimal(25))
    assert found.places == ("ownership.shareholders[0]", "ownership.beneficials[0]")


def test_a_number_makes_two_one_whatever_they_are_called() -> None:
    (found,) = parties(
        shareholders=[{"name": "Nordlys AS", "organizationNumber": "312 433 060"}],
        subsidiaries=[{"name": "NORDLYS HOLDING", "organizationNumber": NUMBER}],
    )
    assert found.names == ("Nordlys AS", "NORDLYS HOLDING")
    assert found.numbers == ("312 433 060", NUMBER)
    assert (found.is_owner, found.is_subsidiary) == (True, True)


def test_name_and_birth_recognise_one_whose_number_stands_in_one_place_only() -> None:
    (found,) = parties(shareholders=[person(organizationNumber="7077")], beneficials=[person()])
    assert found.is_beneficial


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_a_number_and_a_birth_that_one_entry_has_together_are_one_in_any_order(
    order: tuple[int, ...],
) -> None:
    entries = [{"organizationNumber": "7077"}, person(), person(organizationNumber="7077")]
    assert len(parties(shareholders=[entries[place] for place in order])) == 1
    first, second, third = (entries[place] for place in order)
    assert len(parties(shareholders=[first], beneficials=[second, third])) == 1


entries = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Eva", "Ola"]),
        "organizationNumber": st.sampled_from([None, "1001", "1002", "1003"]),
        "dateOfBirth": st.sampled_from([None, "1980-01-02", "1990-03-04"]),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(entries, max_size=7), st.randoms(use_true_random=False))
def test_who_is_the_same_does_not_depend_on_the_order(listed: list[Any], dice: random.Random) -> None:
    numbered = [{**item, "percentage": place} for place, item in enumerate(listed)]
    mixed = dice.sample(numbered, len(numbered))
    assert together(numbered) == together(mixed)
    for found in parties(shareholders=numbered):
        assert len(found.numbers) <= 1


def together(listed: list[dict[str, Any]]) -> set[frozenset[Any]]:
    return {frozenset(found.shares) for found in parties(shareholders=listed)}


def test_who_may_be_either_of_two_numbers_stands_by_itself() -> None:
    numbered = [person(organizationNumber="1001"), person(organizationNumber="1002")]
    assert [len(party.entries) for party in parties(shareholders=[*numbered, person()])] == [1, 1, 1]


def test_two_numbers_are_never_one_party() -> None:
    assert (
        len(parties(shareholders=[person(organizationNumber="1001"), person(organizationNumber="1002")])) == 2
    )


@pytest.mark.parametrize(
    "other", [{"name": "Ingrid Solvang"}, person(born="1986-11-02"), person("Ingrid Solberg")]
)
def test_less_than_name_and_birth_does_not_make_two_one(other: dict[str, Any]) -> None:
    assert len(parties(shareholders=[person()], beneficials=[other])) == 2


def test_shares_of_one_listed_twice_are_added() -> None:
    (found,) = parties(shareholders=[person(percentage=10), person(percentage=5.5)])
    assert (found.share, found.shares) == (Decimal("15.5"), (Decimal(10), Decimal("5.5")))


def test_a_share_that_is_no_number_is_not_added_up() -> None:
    (found,) = parties(shareholders=[person(percentage="half"), person(percentage=5)])
    assert found.share == "half"


@pytest.mark.parametrize(
    ("holder", "kind"),
    [
        ({"type": "PERSON"}, Kind.PERSON),
        ({"type": "organization"}, Kind.ORGANISATION),
        ({"type": "TRUST", "dateOfBirth": "1970-01-01"}, Kind.UNKNOWN),
        ({"dateOfBirth": "1970-01-01"}, Kind.PERSON),
        ({"organizationNumber": NUMBER}, Kind.ORGANISATION),
        ({"name": "A"}, Kind.UNKNOWN),
        ({"name": "A", "firstName": "B"}, Kind.PERSON),
    ],
)
def test_the_kind_is_as_stated_else_by_what_it_has(holder: dict[str, Any], kind: Kind) -> None:
    assert parties(shareholders=[holder])[0].kind is kind


def test_what_is_called_person_and_organisation_at_once_is_unknown_and_open() -> None:
    (found,) = parties(shareholders=[person(type="PERSON"), person(type="ORGANIZATION")])
    assert found.kind is Kind.UNKNOWN
    assert "called two kinds of owner" in [str(item) for item in found.open_items]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"percentage": None}, "share not stated as a number"),
        ({"percentage": "a half"}, "share not stated as a number"),
        ({"percentage": 120}, "share above 100 %"),
        ({"percentage": -1}, "negative share"),
    ],
)
def test_what_is_odd_about_a_share_is_an_open_item(entry: dict[str, Any], words: str) -> None:
    (found,) = parties(shareholders=[{"name": "A", **entry}])
    assert [str(item) for item in found.open_items] == [words]


def test_the_customer_itself_is_recognised_among_owners_and_subsidiaries() -> None:
    itself = {"organizationNumber": "317835337", "percentage": 10}
    (found,) = parties(shareholders=[itself], subsidiaries=[itself])
    assert found.is_itself


def test_a_customer_without_a_number_is_nobody_of_the_list() -> None:
    found = result({"ownership": {"shareholders": [{"name": "A"}, {"organizationNumber": "1001"}]}})
    assert [party.is_itself for party in found.ownership.parties] == [False, False]


def test_owners_are_listed_beneficial_first_then_the_largest_and_each_once() -> None:
    assert [entry.party.name for entry in of("no_full").owners] == [
        "Ingrid Solvang",
        "Aarne Koskela",
        "NORDLYS HOLDING AS",
        "Storsjön Invest AB",
    ]


def test_five_thousand_owners_are_told_apart_in_their_order() -> None:
    holders = [{"name": "N", "organizationNumber": str(20_000 + n), "percentage": 0.01} for n in range(5000)]
    found = parties(shareholders=[*holders, holders[7]])
    assert len(found) == 5000
    assert len(found[7].holdings) == 2


def test_somebody_named_in_parts_is_the_one_of_that_name() -> None:
    (found,) = parties(
        shareholders=[person("Ola Nordmann", percentage=100)],
        beneficials=[person(None, firstName="Ola", lastName="Nordmann")],
    )
    assert (found.name, found.is_beneficial, found.names_apart) == ("Ola Nordmann", True, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [("1107043-4", "FI11070434"), ("317 835 337", "NO317835337MVA"), ("42914177", "DK 42914177")],
)
def test_a_number_as_it_is_written_for_tax_is_the_same(one: str, other: str) -> None:
    assert len(parties(shareholders=[{"organizationNumber": one}, {"organizationNumber": other}])) == 1


def test_other_letters_before_a_number_make_it_another() -> None:
    assert (
        len(parties(shareholders=[{"organizationNumber": "42914177"}, {"organizationNumber": "LT42914177"}]))
        == 2
    )


# --- What identifies nobody ---


@pytest.mark.parametrize(
    "number", ["N/A", "0", "000000000", "999999999", "unknown", "-", "NO000000000MVA", "Ukjent"]
)
def test_a_placeholder_for_a_number_joins_nobody_and_makes_nobody_an_organisation(number: str) -> None:
    holders = [{"name": name, "organizationNumber": number, "percentage": 10} for name in ("Alfa", "Beta")]
    found = parties(shareholders=holders, subsidiaries=[{"name": "Gamma", "organizationNumber": number}])
    assert [(party.name, party.share) for party in found] == [("Alfa", 10), ("Beta", 10), ("Gamma", None)]
    assert [party.kind for party in found[:2]] == [Kind.UNKNOWN, Kind.UNKNOWN]


def test_a_customer_whose_number_is_a_placeholder_is_nobody_of_the_list() -> None:
    owner = {"name": "Alfa", "organizationNumber": "000000000"}
    document = {"keyInformation": {"organizationNumber": "000000000"}, "ownership": {"shareholders": [owner]}}
    (found,) = result(document).ownership.parties
    assert not found.is_itself


@pytest.mark.parametrize(
    "born",
    [
        "0001-01-01T00:00:00",
        "1900-01-01",
        "1968",
        "1968-05",
        "1968-00-00",
        "unknown",
        "",
        "9999-12-31",
        "N/A",
    ],
)
def test_less_than_a_whole_day_of_birth_joins_no_namesakes_and_says_so(born: str) -> None:
    found = result({"ownership": {"shareholders": [person("Ola Nordhagen", born, percentage=20)] * 2}})
    assert [party.share for party in found.ownership.parties] == [20, 20]
    assert "same_name" in [caution.code for caution in found.ownership.cautions]


def test_a_day_of_birth_in_another_form_is_the_same_day() -> None:
    (found,) = parties(shareholders=[person()], beneficials=[person(born="02.11.1968")])
    assert found.is_beneficial


@pytest.mark.parametrize("name", ["N/A", "Ukjent", "okänd", "unknown", "-", None])
def test_those_whose_name_is_a_placeholder_are_not_one(name: str | None) -> None:
    assert len(parties(shareholders=[person(name), person(name)])) == 2


@pytest.mark.parametrize(
    "day", ["", "0001-01-01", "1900-01-01T00:00:00", "unknown", "0000-00-00", None, ["x"]]
)
def test_a_date_of_death_that_says_nothing_declares_nobody_dead(day: object) -> None:
    living = person("Kari Prøvesen", otherInformation={"deceased": False, "deceasedDate": day})
    found = result({"ownership": {"beneficials": [living]}, "roles": {"ceo": person("Kari Prøvesen")}})
    assert not found.ownership.parties[0].is_deceased
    assert found.ownership.parties[0].deceased_on is None
    assert not found.roles.holders[0].is_deceased
    assert "beneficial_deceased" not in [warning.code for warning in found.warnings]


LIFE_IS_OVER = ["ja", "yes", "1", 1, "Y", "Deceased", "død", "TRUE", "kyllä"]
LIFE_GOES_ON = ["nei", "no", "0", 0, "N", "alive", "ikke død", "FALSE", "levende"]


def test_yes_and_no_are_read_in_every_usual_word() -> None:
    lives = {word: living(deceased=word) for word in (*LIFE_IS_OVER, *LIFE_GOES_ON)}
    assert {word: item["owners"][0]["deceased"] for word, item in lives.items()} == {
        **dict.fromkeys(LIFE_IS_OVER, True),
        **dict.fromkeys(LIFE_GOES_ON, False),
    }


@pytest.mark.parametrize(
    "life", [{"deceased": "perhaps"}, {"deceasedDate": "last spring"}, {"deceasedDate": True}]
)
def test_what_is_not_understood_of_a_life_is_unknown_and_said_to_be(life: dict[str, Any]) -> None:
    found = living(**life)
    assert found["owners"][0]["deceased"] is None
    assert [item["code"] for item in found["warnings"] if "is not understood" in item["text"]] == [
        "elements_not_read"
    ]


@pytest.mark.parametrize("day", ["alive", False, "false", "ikke død", "nei", "1970-01-01T00:00:00", 0])
def test_what_is_no_date_of_death_declares_nobody_dead(day: object) -> None:
    found = living(deceasedDate=day)
    codes = {item["code"] for item in found["warnings"]}
    assert found["owners"][0]["deceased"] is (None if day == "1970-01-01T00:00:00" else False)
    assert "beneficial_deceased" not in codes
    # Words are read as such; what is no text at all came in another form than dates do, and that is said.
    assert ("elements_not_read" in codes) is not isinstance(day, str)


def living(**life: object) -> dict[str, Any]:
    owner = person("Kari Prøvesen", otherInformation=life)
    found: dict[str, Any] = plain(result({"ownership": {"beneficials": [owner]}}))
    return found


@pytest.mark.parametrize("other", ["ØSTBY OLA", "Østby, Ola", "østby  ola"])
def test_the_order_of_a_name_makes_no_other_owner_of_it(other: str) -> None:
    found = parties(shareholders=[person("Ola Østby")], beneficials=[person(other)])
    assert [party.name for party in found] == ["Ola Østby"]


@pytest.mark.parametrize("other", ["Ola Oestby", "Ola M. Østby", "Ola Magnus Østby"])
def test_who_may_be_the_same_with_another_spelling_is_a_point_to_check(other: str) -> None:
    found = result({"ownership": {"shareholders": [person("Ola Østby"), person(other), person("Kari Nord")]}})
    assert len(found.ownership.parties) == 3
    (sentence,) = [str(caution.text) for caution in found.ownership.cautions if caution.code == "same_name"]
    assert sentence.startswith(f"Ola Østby: has the same date of birth as {other}")


@pytest.mark.parametrize("day", ["2019-03-04", "2019", "in March 2019"])
def test_a_date_of_death_that_is_one_is_told(day: str) -> None:
    (found,) = parties(beneficials=[person(otherInformation={"deceasedDate": day})])
    assert found.is_deceased


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("16559657-0704", "559657-0704"),
        ("SE559657070401", "5596570704"),
        ("19700501-1234", "700501-1234"),
        ("700501-1234-001", "19700501-1234"),
        ("700501-1234-001", "700501-1234-002"),
        ("110704-3", "0110704-3"),
        ("Org.nr. 317 835 337", "317835337"),
    ],
)
def test_a_number_in_another_form_is_the_same_party(one: str, other: str) -> None:
    found = parties(shareholders=[{"organizationNumber": one}], subsidiaries=[{"organizationNumber": other}])
    assert len(found) == 1


def test_a_swedish_customer_is_recognised_among_its_owners_in_every_form() -> None:
    for form in ("16559657-0704", "SE559657070401", "5596570704"):
        owned = {"shareholders": [{"name": "Pröva AB", "organizationNumber": form}]}
        found = result({"keyInformation": {"organizationNumber": "559657-0704"}, "ownership": owned})
        assert found.ownership.parties[0].is_itself
        assert found.ownership.shareholders[0].is_itself
