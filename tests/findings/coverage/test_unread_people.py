"""Whoever is named where no chapter reads is a candidate for hits all the same."""

import json

import pytest

from cases.findings.as_json.findings import plain
from cases.provider.result.parsing import parse_json
from tests.findings.reading import result

KARI = {"name": "Kari Nordmann", "dateOfBirth": "1970-02-03"}
OLA = {"name": "Ola Hansen", "dateOfBirth": "1980-05-06"}
IN_PARTS = {"firstName": "Ola", "lastName": "Hansen"}
TWO_NAMES = '{"ownership": {"shareholders": [{"name": "Kari Nordmann", "name": "Ola Hansen"}]}}'


@pytest.mark.parametrize(
    ("chapters", "place"),
    [
        ({"ownership": {"shareholders": [[KARI, OLA]]}}, "ownership.shareholders[0][1]"),
        ({"ownership": {"shareholders": {"0": KARI, "1": OLA}}}, "ownership.shareholders[0].1"),
        ({"ownership": {"shareholder": [OLA]}}, "ownership.shareholder[0]"),
        ({"ownership": {"beneficials": [{"person": IN_PARTS}]}}, "ownership.beneficials[0].person"),
        ({"ownership": {"beneficials": ["Ola Hansen"]}}, "ownership.beneficials[0]"),
        ({"roles": {"boardMembers": [[KARI, OLA]]}}, "roles.boardMembers[0][1]"),
        ({"officialRoles": {"ceo": "Ola Hansen"}}, "roles.ceo[0]"),
        ({"role": {"ceo": OLA}}, "roles.ceo"),
        (
            {"authorities": {"signatureRights": {"options": [[KARI, OLA]]}}},
            "authorities.signatureRights.options[0][1]",
        ),
        ({"financials": {"auditor": [{"name": "Rev En AS"}, OLA]}}, "financials.auditor[1]"),
        ({"keyInformation": {"name": ["Gammel AS", "Ola Hansen"]}}, "keyInformation"),
        (
            json.loads('{"ownership": {"shareholders": [{"name": ["A", "Ola Hansen"]}]}}'),
            "ownership.shareholders[0]",
        ),
    ],
)
def test_whoever_is_named_in_another_shape_is_a_candidate(chapters: dict[str, object], place: str) -> None:
    listed = {"name": "HANSEN Ola", "birthDate": "1980-05-06"}
    found = plain(result({**chapters, "sanction": {"sanctionResults": [listed]}}))["hits"][0]["compared"]
    assert (found["party"], found["lines"]["name"], found["rests_on"]) == ("Ola Hansen", "equal", [place])
    assert found["what"] == ["Named where it could not be read; see ‘As it came’"]


def test_an_alias_in_an_object_is_an_alias() -> None:
    for aliases in ([{"name": "Ola Hansen"}], {"name": "Ola Hansen"}, ["Ola Hansen"], "Ola Hansen"):
        hits = {"sanctionResults": [{"name": "Somebody", "aliasList": aliases}]}
        found = plain(result({"ownership": {"shareholders": [OLA]}, "sanction": hits}))["hits"][0]
        assert (found["aliases"], found["compared"]["party"]) == (["Ola Hansen"], "Ola Hansen"), aliases


def test_each_of_two_names_of_one_entry_is_a_candidate() -> None:
    document = parse_json(TWO_NAMES.encode())
    for name in ("Kari Nordmann", "Ola Hansen"):
        found = plain(result({**document, "sanction": {"sanctionResults": [{"name": name}]}}))
        assert found["hits"][0]["compared"]["party"] == name


def test_who_is_read_is_not_named_a_second_time() -> None:
    hits = {"sanctionResults": [{"name": "Kari Nordmann"}]}
    document = {"ownership": {"beneficials": [KARI], "beneficial": [KARI, OLA]}, "sanction": hits}
    found = plain(result(document))["hits"][0]["compared"]
    assert (found["what"], found["namesakes"]) == (["Beneficial owner"], 0)
