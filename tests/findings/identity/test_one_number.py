"""One number: the same in two registers, of two that nothing else makes one, and every name that comes with it."""

import time
from itertools import permutations
from typing import Any

import pytest

from cases.findings.as_json.findings import plain
from cases.findings.search import searchable
from cases.provider.result.parsing import parse_json
from tests.findings.identity.test_parties import NUMBER, parties
from tests.findings.reading import codes, result


def test_eight_digits_of_two_registers_are_the_one_whose_register_is_told_if_only_one_is() -> None:
    bare, danish, finnish = "42914177", "DK42914177", "4291417-7"
    for listed, groups in (
        ([bare, danish], 1),
        ([finnish, bare], 1),
        ([bare, "42 91 41 77"], 1),
        ([danish, finnish], 2),
        ([bare, danish, finnish], 3),
    ):
        assert len(parties(shareholders=[{"organizationNumber": text} for text in listed])) == groups, listed


@pytest.mark.parametrize("country", ["FI", "DK", "FIN", None])
def test_a_number_of_two_registers_keeps_the_country_that_is_stated(country: str | None) -> None:
    company = {"name": "Prøve", "organizationNumber": "42914177", "country": country}
    wanted = {
        "42914177": True,
        "FI42914177": country != "DK",
        "DK42914177": country in ("DK", None),
    }
    for number, is_itself in wanted.items():
        owned = {"shareholders": [{"name": "Prøve", "organizationNumber": number}]}
        found = result({"keyInformation": company, "ownership": owned})
        assert found.ownership.parties[0].is_itself is is_itself, number
        assert found.ownership.shareholders[0].is_itself is is_itself, number


def test_whoever_has_the_digits_that_a_list_names_is_a_candidate_in_each_form() -> None:
    for listed in ("FI42914177", "DK 42 91 41 77", "4291417-7", "42914177"):
        owned = {"shareholders": [{"name": "Prøve Oy", "organizationNumber": "42914177"}]}
        hits = {"sanctionResults": [{"name": "Quite Another", "comment": f"no. {listed}"}]}
        found = plain(result({"ownership": owned, "sanction": hits}))["hits"][0]["compared"]
        assert (found["party"], found["lines"]["number"]) == ("Prøve Oy", "equal"), listed


KARI = {"name": "Kari Nordmann", "dateOfBirth": "1970-02-03", "type": "PERSON"}
OLA = {"name": "Ola Hansen", "dateOfBirth": "1980-05-06"}
FJORD, SKOG = ({"name": name, "type": "ORGANIZATION"} for name in ("Fjord Shipping AS", "Skog Bygg AS"))


@pytest.mark.parametrize(
    ("listed", "groups"),
    [
        ([KARI, OLA], [["Kari Nordmann"], ["Ola Hansen"]]),
        ([KARI, FJORD], [["Kari Nordmann"], ["Fjord Shipping AS"]]),
        ([KARI, {"name": "NORDMANN, KARI"}, OLA], [["Kari Nordmann", "NORDMANN, KARI"], ["Ola Hansen"]]),
        ([OLA, FJORD, {"name": "Fjord Shipping"}], [["Ola Hansen"], ["Fjord Shipping AS", "Fjord Shipping"]]),
        ([KARI, {"name": "Quite Another"}, OLA], [["Kari Nordmann"], ["Quite Another"], ["Ola Hansen"]]),
        # one, for nothing but the name speaks against it
        ([FJORD, SKOG], [["Fjord Shipping AS", "Skog Bygg AS"]]),
        ([KARI, {**OLA, "dateOfBirth": KARI["dateOfBirth"]}], [["Kari Nordmann", "Ola Hansen"]]),
        ([KARI, {**OLA, "dateOfBirth": "1980"}], [["Kari Nordmann", "Ola Hansen"]]),
        ([KARI, {**KARI, "dateOfBirth": "1970-03-02"}], [["Kari Nordmann"]]),
        ([KARI, {**OLA, "name": "Ukjent"}], [["Kari Nordmann", "Ukjent"]]),
    ],
)
def test_entries_of_one_number_that_nothing_else_makes_one_are_apart(
    listed: list[dict[str, Any]], groups: list[list[str]]
) -> None:
    for order in permutations(listed):
        holders = [{**entry, "organizationNumber": NUMBER, "percentage": 10} for entry in order]
        hits = {"sanctionResults": [{"name": entry["name"]} for entry in listed]}
        found = result({"ownership": {"shareholders": holders}, "sanction": hits})
        parties = found.ownership.parties
        assert sorted(sorted(party.names) for party in parties) == sorted(map(sorted, groups))
        as_json = plain(found)
        names = {entry["name"] for entry in listed if entry["name"] != "Ukjent"}
        assert {name for item in as_json["owners"] for name in (item["name"], *item["other_names"])} >= names
        beside = {item["name"]: item["compared"]["party"] for item in as_json["hits"]}
        assert all(any({name, beside[name]} <= {*group} for group in groups) for name in names), beside
        assert ("one_number_two_names" in codes(found)) is (len(names) > 1)


def test_a_crowd_of_one_number_is_told_apart_by_names_and_births_and_is_not_slow() -> None:
    holders = [
        {
            "name": f"Person{at % 40} Nordmann",
            "dateOfBirth": f"19{at % 40 + 10}-02-03",
            "organizationNumber": NUMBER,
        }
        for at in range(2000)
    ]
    began = time.process_time()
    assert len(parties(shareholders=holders)) == 40
    assert time.process_time() - began < 10


def test_a_sole_trader_is_a_person_and_a_firm_of_one_number() -> None:
    listed = [{**entry, "organizationNumber": "700501-1234"} for entry in (KARI, FJORD)]
    assert len(parties(shareholders=listed)) == 1


def test_every_owner_with_a_number_is_a_candidate_for_a_hit_that_names_it() -> None:
    holders = [{**entry, "organizationNumber": NUMBER} for entry in (KARI, OLA)]
    for listed, nearest in (
        ({"name": "OLA HANSSEN"}, "Ola Hansen"),
        ({"name": "Kari Nordman"}, "Kari Nordmann"),
    ):
        hits = {"sanctionResults": [{**listed, "comment": f"Number {NUMBER}"}]}
        found = plain(result({"ownership": {"shareholders": holders}, "sanction": hits}))
        assert found["hits"][0]["compared"]["party"] == nearest


def test_a_role_with_a_shared_number_is_that_of_the_owner_of_its_name() -> None:
    holders = [
        {**item, "organizationNumber": NUMBER, "percentage": share} for item, share in ((KARI, 10), (OLA, 20))
    ]
    ceo = {"name": "Ola Hansen", "organizationNumber": NUMBER}
    found = result({"ownership": {"shareholders": holders}, "roles": {"ceo": ceo}})
    assert found.roles.holders[0].share == 20


def test_a_number_that_came_as_a_decimal_is_the_same_number() -> None:
    for came in ("317835337.0", "3.17835337E8", "317835337", '"317835337"', '"NO 317 835 337 MVA"'):
        owners = f'[{{"name": "A", "organizationNumber": {came}}}, {{"name": "A", "organizationNumber": "317835337"}}]'
        found = plain(result(parse_json(f'{{"ownership": {{"shareholders": {owners}}}}}'.encode())))
        assert [item["rests_on"] for item in found["owners"]] == [
            ["ownership.shareholders[0]", "ownership.shareholders[1]"]
        ], came


def test_who_is_told_by_one_part_of_a_name_is_a_candidate_by_it() -> None:
    hits = {"sanctionResults": [{"name": "NORDMANN"}]}
    for part in ("firstName", "lastName"):
        for chapter in (
            {"ownership": {"shareholders": [{part: "Nordmann"}]}},
            {"ownership": {"beneficials": [{part: "Nordmann", "name": ""}]}},
            {"roles": {"ceo": {part: "Nordmann"}}},
        ):
            found = plain(result({**chapter, "sanction": hits}))
            assert found["hits"][0]["compared"]["party"] == "Nordmann", chapter
            assert [item["name"] for item in (*found["owners"], *found["roles"])] == ["Nordmann"]


def test_first_and_last_names_beside_another_name_are_told_and_found() -> None:
    owner = {"name": "Trading name", "firstName": "Kari", "lastName": "Nordmann"}
    for document in ({"ownership": {"shareholders": [owner]}}, {"ownership": {"beneficials": [owner]}}):
        found = result(document)
        assert plain(found)["owners"][0]["other_names"] == ["Kari", "Nordmann"]
        assert "Kari Nordmann" in {text for text, _what in searchable.entries(found)}
    found = result({"roles": {"ceo": owner}})
    assert plain(found)["roles"][0]["other_names"] == ["Kari", "Nordmann"]
    assert "Kari Nordmann" in {text for text, _what in searchable.entries(found)}
