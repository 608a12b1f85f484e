"""The organisations: enough of them, connected, and right in their numbers."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from stdnum import lei, luhn
from stdnum.dk import cvr
from stdnum.fi import ytunnus
from stdnum.no import orgnr
from stdnum.se import orgnr as se_orgnr

from amlportal.sandbox.identifiers import check_digit, next_number
from amlportal.sandbox.universe.catalogue import TEST_NUMBERS, Universe
from amlportal.sandbox.universe.faulty_organisations import FAULTY_ORGANISATIONS
from amlportal.sandbox.universe.organisation import Organisation

UNIVERSE = Universe()
CONNECTED = [one for one in UNIVERSE.organisations if one.kind == "universe"]
VALID = {"NO": orgnr.is_valid, "SE": se_orgnr.is_valid, "FI": ytunnus.is_valid, "DK": cvr.is_valid}


def chapter(one: Organisation, *names: str) -> Any:
    return next((one.result[name] for name in names if name in one.result), None) or {}


def ownership(one: Organisation) -> dict[str, Any]:
    found: dict[str, Any] = chapter(one, "ownership")
    return found


def hits(one: Organisation) -> list[dict[str, Any]]:
    return [hit for hit in chapter(one, "sanction").get("sanctionResults") or [] if hit]


def by_number(number: str) -> Organisation:
    return next(one for one in UNIVERSE.organisations if one.number == number)


def holdings() -> Iterator[tuple[Organisation, Organisation, float]]:
    for one in UNIVERSE.organisations:
        for holder in ownership(one).get("shareholders") or []:
            if holder and holder["organizationNumber"] and holder["organizationNumber"] != one.number:
                yield by_number(holder["organizationNumber"]), one, holder["percentage"]


def test_there_are_many_in_every_country() -> None:
    per_country = Counter(one.country for one in CONNECTED)
    assert len(CONNECTED) >= 40
    assert set(per_country) == {"NO", "SE", "FI", "DK"}
    assert min(per_country.values()) >= 8


def test_numbers_have_the_check_digits_of_their_country(subtests: pytest.Subtests) -> None:
    for one in UNIVERSE.organisations:
        with subtests.test(one=one):
            assert VALID[one.country](one.number) is (one.number not in TEST_NUMBERS)


def test_no_two_share_a_number_and_no_duns_number_is_anybodys_number() -> None:
    numbers = [one.scope.partition("-")[2] for one in UNIVERSE.organisations]
    duns = [one.duns for one in UNIVERSE.organisations if one.duns]
    assert len({*numbers, *duns}) == len(numbers) + len(duns)


def test_leis_are_valid() -> None:
    chapters = [chapter(one, "keyInformation") for one in CONNECTED]
    leis = [number for key in chapters if (number := key.get("leiNumber") or key.get("lei"))]
    assert len(leis) >= 5
    assert all(len(number) == 20 and lei.is_valid(number) for number in leis)


def test_every_owner_that_is_an_organisation_is_in_the_universe() -> None:
    assert len([*holdings()]) >= 25


def test_owner_and_owned_tell_the_same_percentage() -> None:
    for owner, owned, share in holdings():
        listed = [
            entry["percentage"]
            for entry in ownership(owner).get("subsidiaries") or []
            if entry["organizationNumber"] == owned.number
        ]
        assert listed == ([share] if share >= 50 else []), (owner.name, owned.name)


def test_every_subsidiary_says_who_owns_it() -> None:
    for one in UNIVERSE.organisations:
        for entry in ownership(one).get("subsidiaries") or []:
            owners = [
                holder["organizationNumber"]
                for holder in ownership(by_number(entry["organizationNumber"]))["shareholders"]
            ]
            assert one.number in owners


def test_nobody_owns_more_than_everything() -> None:
    for one in CONNECTED:
        shares = [holder["percentage"] or 0 for holder in ownership(one).get("shareholders") or []]
        assert sum(shares) <= 100.01, one.name


def test_chains_cross_borders() -> None:
    assert {(owner.country, owned.country) for owner, owned, _ in holdings()} >= {
        ("SE", "NO"),
        ("SE", "FI"),
        ("SE", "DK"),
        ("NO", "SE"),
        ("FI", "NO"),
        ("DK", "NO"),
    }


def test_indirect_owners_are_worked_out_through_the_chain() -> None:
    nett = {owner["name"]: owner for owner in ownership(by_number("319613846"))["beneficials"]}
    assert nett["Ingrid Solvang"]["integratedOwnership"] == pytest.approx(25 + 30 * 0.6)
    assert nett["Aarne Koskela"]["integratedOwnership"] == pytest.approx(70 * 0.6)
    assert nett["Aarne Koskela"]["percentageControl"] is None


def test_a_chain_with_a_small_step_makes_nobody_a_beneficial_owner() -> None:
    broken = next(one for one in CONNECTED if one.name == "BRUDD I KJEDEN AS")
    assert ownership(broken)["beneficials"] == []


def test_a_circle_of_owners_ends() -> None:
    circle = next(one for one in CONNECTED if one.name == "KRETSLØP A AS")
    assert {owner["name"] for owner in ownership(circle)["beneficials"]} == {
        "Ragnar Straumsbukt",
        "Åse Straumsbukt",
    }


def test_a_crowd_of_shareholders_is_there() -> None:
    sizes = {len(ownership(one).get("shareholders") or []) for one in CONNECTED}
    assert {300, 30} <= sizes


def test_hits_are_weak_and_strong_on_many_lists() -> None:
    every = [hit for one in CONNECTED for hit in hits(one)]
    assert min(hit["matchIndicator"] for hit in every) < 100
    assert max(hit["matchIndicator"] for hit in every) > 450
    assert {hit["source"] for hit in every} >= {
        "EU_GLOBAL",
        "UN_CONSOLIDATED",
        "OFAC",
        "HMTREASURY",
        "PEP_EDGE",
    }
    assert any(hit["birthDate"] for hit in every)


def test_every_peculiarity_is_somewhere() -> None:
    keys = [chapter(one, "keyInformation") for one in CONNECTED]
    assert {code for key in keys for code in key["statusCodes"]} >= {
        "ACTIVE",
        "BANKRUPT",
        "UNDER_LIQUIDATION",
        "DELETED",
    }
    assert {key["organizationType"] for key in keys} >= {
        "SOLE_PROPRIETORSHIP",
        "FOUNDATION",
        "MUNICIPALITY",
        "OSAKEYHTIO",
    }
    rules = [rule for one in CONNECTED for rule in chapter(one, "authorities").values() if "status" in rule]
    assert {rule["status"] for rule in rules} == {"CONCLUSIVE", "IN_CONCLUSIVE", "NOT_SET"}
    remarks = {remark["category"] for rule in rules for remark in rule.get("remarks") or []}
    assert remarks == {"EXCEPTIONS_POSSIBLE", "SUPPLEMENTED", "INCOMPLETE_DATA"}
    owners = [owner for one in CONNECTED for owner in ownership(one).get("beneficials") or []]
    assert any(owner["otherInformation"]["deceased"] for owner in owners)
    assert {owner["reason"] for owner in owners} == {
        "DIRECT_OWNERSHIP",
        "INDIRECT_CONTROL",
        "CONTROL_BY_ROLE",
    }
    figures = [chapter(one, "financials").get("keyFigures") or {} for one in CONNECTED]
    assert any((figure.get("equity") or 0) < 0 for figure in figures)
    assert any(list(one.result) == ["keyInformation"] for one in CONNECTED)


def test_sums_of_the_accounts_agree() -> None:
    for one in CONNECTED:
        for year in (chapter(one, "financials").get("accounting") or {}).get("years", []):
            sheet = year["balanceSheet"]
            assert (
                sheet["equity"] + sheet["debt"]
                == sheet["sumAssets"]
                == sheet["currentAssets"] + sheet["fixedAssets"]
            )


def test_results_of_other_countries_lack_what_contract_says() -> None:
    for one in CONNECTED:
        rule = chapter(one, "authorities").get("signatureRights") or {}
        assert ("options" in rule) is (one.country in {"NO", "DK"} and bool(rule))
        assert ("institutionalSector" in one.result["keyInformation"]) is (one.country == "NO")


def test_every_faulty_organisation_can_be_found() -> None:
    for row in FAULTY_ORGANISATIONS:
        found = UNIVERSE.find("NO", row.number)
        assert found is not None
        assert (found.name, found.kind) == (row.name, "fault")


def test_check_digits_are_made_like_the_standard_ones() -> None:
    assert luhn.calc_check_digit("559657070") == check_digit("SE", "559657070")
    for country, stem in (("NO", 31000000), ("SE", 559000000), ("FI", 2000000), ("DK", 3000000)):
        for number in range(stem, stem + 200, 7):
            assert VALID[country](next_number(country, number))
