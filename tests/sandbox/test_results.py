"""The JSON result: exact where it is known, and never more than was asked for (contract §2, §7)."""

import json
from pathlib import Path
from typing import Any

import pytest

from amlportal.sandbox.sessions.orders import EXPANDS
from tests.sandbox.conftest import Starter
from tests.sandbox.customer import Customer

PAYLOADS = Path(__file__).parent.parent / "payloads"
CHAPTERS = {
    "address": ("address",),
    "financials.accounting": ("financials", "accounting"),
    "financials.keyFigures": ("financials", "keyFigures"),
    "financials.auditor": ("financials", "auditor"),
    "financials.accountant": ("financials", "accountant"),
    "ownership.beneficials": ("ownership", "beneficials"),
    "ownership.subsidiaries": ("ownership", "subsidiaries"),
    "ownership.shareholders": ("ownership", "shareholders"),
    "ownership.indicators": ("ownership", "indicators"),
    "authorities": ("authorities",),
    "roles": ("roles",),
    "sanction": ("sanction",),
    "links.reports.aml": ("links", "reports"),
}


def holds(result: dict[str, Any], path: tuple[str, ...]) -> bool:
    node: Any = result
    for name in path:
        if name not in node:
            return False
        node = node[name]
    return True


@pytest.mark.parametrize("name", ["no_full", "no_holding", "no_clean", "no_odd", "se", "fi", "dk"])
def test_an_example_comes_exactly_as_it_is(customer: Customer, name: str) -> None:
    expected = json.loads((PAYLOADS / f"{name}.json").read_bytes())
    key = expected["keyInformation"]
    assert customer.result(key["country"].lower(), key["organizationNumber"]) == expected


@pytest.mark.parametrize("word", CHAPTERS)
def test_a_chapter_is_there_when_it_is_asked_for_and_only_then(customer: Customer, word: str) -> None:
    alone = customer.result("no", "317835337", expands=[word])
    others = [path for other, path in CHAPTERS.items() if other != word and path != CHAPTERS[word]]
    assert holds(alone, CHAPTERS[word])
    assert not [path for path in others if holds(alone, path)]
    assert alone["keyInformation"]["name"] == "FJELLHEIM ENERGI AS"


def test_the_lei_is_told_when_it_is_asked_for(customer: Customer) -> None:
    assert "leiNumber" not in customer.result("no", "317835337", expands=[])["keyInformation"]
    asked = customer.result("no", "317835337", expands=["keyInformation.lei"])
    assert asked["keyInformation"]["leiNumber"] == "000000FJELLHEIMEN091"


def test_old_names_are_left_out_like_new_ones(customer: Customer) -> None:
    vainola = "2844239-6"
    everything = customer.result("fi", vainola)
    assert "lei" in everything["keyInformation"]
    assert "officialRoles" in everything
    assert "beneficial" in everything["ownership"]
    assert set(customer.result("fi", vainola, expands=[])) == {"keyInformation"}
    assert "lei" not in customer.result("fi", vainola, expands=["roles"])["keyInformation"]
    assert set(customer.result("fi", vainola, expands=["ownership.shareholders"])["ownership"]) == {
        "shareholders",
        "metaData",
    }


def test_links_lead_to_the_reports_of_this_session(customer: Customer) -> None:
    session = customer.open("no", "310411000", reports=[], expands=["links.reports.aml"])
    customer.wait_for(session)
    (link,) = customer.json(session).json()["links"]["reports"]
    assert link["href"] == f"/organization/session/{session}/report/aml"
    assert customer.http.get(
        customer.places["aml-baseurl"] + link["href"],
        headers={"Authorization": f"Bearer {customer.token}"},
        timeout=10,
    ).content.startswith(b"%PDF")


def test_ofac_is_only_seen_with_its_scope(customer: Customer) -> None:
    kun_ofac = "310633860"
    assert [hit["source"] for hit in customer.result("no", kun_ofac)["sanction"]["sanctionResults"]] == [
        "OFAC"
    ]
    basic = Customer(customer.url, scopes="aml_organization/basic")
    sanction = basic.result("no", kun_ofac)["sanction"]
    assert (sanction["status"], sanction["sanctionResults"]) == ("NONE", [])
    assert "OFAC" not in sanction["metadata"]["sources"]
    mixed = basic.result("no", "317835337")["sanction"]
    assert [hit["source"] for hit in mixed["sanctionResults"]] == ["EU_GLOBAL"]
    assert mixed["status"] == "SANCTION"


def test_a_duns_number_finds_the_organisation_that_has_it(customer: Customer) -> None:
    assert customer.result("no", "301234567")["keyInformation"]["organizationNumber"] == "317835337"
    assert customer.result("no", "30-123-4567")["keyInformation"]["organizationNumber"] == "317835337"


def test_a_duns_number_of_another_country_is_not_found(customer: Customer) -> None:
    assert customer.create("se", "301234567").status_code == 404


@pytest.mark.parametrize("country", ["se", "fi", "dk"])
def test_an_unknown_duns_number_gives_an_organisation_that_has_it(customer: Customer, country: str) -> None:
    key = customer.result(country, "987654321")["keyInformation"]
    assert key["dunsNumber"] == "987654321"
    again = customer.result(country, key["organizationNumber"])["keyInformation"]
    assert again["organizationNumber"] == key["organizationNumber"]


def test_any_number_gives_the_same_organisation_every_time(customer: Customer, start: Starter) -> None:
    elsewhere = Customer(start().url)
    first = customer.result("no", "987654325", expands=[*EXPANDS[:-2]])
    assert first == elsewhere.result("no", "987654325", expands=[*EXPANDS[:-2]])
    assert first["keyInformation"]["name"] != customer.result("no", "987654333")["keyInformation"]["name"]


@pytest.mark.parametrize("number", ["123456789", "234567891", "345678912", "456789123", "567891234"])
def test_the_providers_test_organisations_are_there(customer: Customer, number: str) -> None:
    result = customer.result("no", number)
    assert result["keyInformation"]["name"].startswith("PRØVEORGANISASJON")
    assert result["ownership"]["shareholders"]
