"""What the portal has no place for is named by path, never by value."""

from typing import Any

import pytest
from hypothesis import given, settings

from cases.findings.coverage.unplaced import LONGEST_PATH, MOST_OF_A_RESULT, Kind, unplaced
from cases.provider.result.variants import Variants
from cases.provider.result.wire import Organization
from tests.findings.documents import every_element, objects, spoiled
from tests.findings.reading import NAMES, payload


def paths(document: dict[str, Any]) -> dict[Kind, list[str]]:
    found = unplaced(document, Organization.read(document))
    return {kind: [item.path for item in found if item.kind is kind] for kind in Kind}


def test_ordinary_results_hold_nothing_without_a_place() -> None:
    for name in NAMES:
        if name not in ("no_bankrupt", "no_odd", "no_hostile", "no_general_roles"):
            assert unplaced(payload(name), Organization.read(payload(name))) == (), name


def test_unknown_fields_are_named_where_they_begin() -> None:
    document = {
        "extra": {"deep": [1, {"x": 2}]},
        "keyInformation": {"name": "A", "newField": None, "lei": "5493"},
        "ownership": {
            "shareholders": [{"name": "B", "votes": 1}, {"name": "C", "votes": 2}, None, 7],
            "beneficials": {"name": "D", "odd": 1},
        },
        "sanction": Variants([{"status": "NONE", "one": 1}, {"status": "NONE", "two": 2}]),
    }
    assert paths(document)[Kind.FIELD] == [
        "extra",
        "keyInformation.newField",
        "ownership.shareholders[].votes",
        "ownership.beneficials.odd",
        "sanction.one",
        "sanction.two",
    ]


def test_unknown_words_are_named_by_their_place_and_not_by_what_they_are() -> None:
    document = {
        "keyInformation": {
            "organizationType": "SECRET",
            "statusCodes": ["ACTIVE", "SECRET"],
            "country": "Secret",
        },
        "address": {"postalAddress": {"country": "norway"}, "metadata": {"sources": ["brreg", "SECRET"]}},
        "roles": {"ceo": {"name": "A", "role": "SECRET"}, "grandMaster": {"name": "B"}, "others": []},
        "financials": {"keyFigures": {"equity": 1, "goodwill": 2}},
        "authorities": {"signatureRights": {"status": "secret", "remarks": [{"category": "SECRET"}]}},
        "sanction": {"status": "none", "sanctionResults": [{"source": "SECRET"}, {"source": "ofac"}]},
    }
    assert sorted(paths(document)[Kind.WORD]) == [
        "address.metadata.sources",
        "authorities.signatureRights.remarks[].category",
        "authorities.signatureRights.status",
        "financials.keyFigures.goodwill",
        "keyInformation.country",
        "keyInformation.organizationType",
        "keyInformation.statusCodes",
        "roles.ceo.role",
        "roles.grandMaster",
        "sanction.sanctionResults[].source",
    ]
    assert paths(document)[Kind.FIELD] == []


def test_hostile_names_are_bounded_cleaned_and_keep_no_number() -> None:
    names = ["x" * 1000, "a\u202eb\x00", "born 19700501-12345", "<script>"]
    found = paths(dict.fromkeys(names, 1))[Kind.FIELD]
    assert found == ["x" * 60, "a\\u202eb\\u0000", "born #-#", "<script>"]
    assert len(paths({str(n % 10) * (n // 10): n for n in range(5000)})[Kind.FIELD]) <= MOST_OF_A_RESULT
    deep: Any = {"odd" * 30: 1}
    assert all(len(path) <= LONGEST_PATH for path in paths({"keyInformation": deep})[Kind.FIELD])


def test_every_object_the_wire_declares_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.findings.coverage.unplaced.MOST_OF_A_RESULT", 10_000)
    found = paths(every_element())[Kind.FIELD]
    assert len(found) == len(set(found))
    ends = {path.rpartition(".")[0] for path in found}
    assert {
        "",
        "sanction.sanctionResults[].addressList[]",
        "ownership.beneficials[].otherInformation",
    } <= ends


@settings(deadline=None, max_examples=60)
@given(spoiled() | objects)
def test_no_document_makes_it_raise(document: dict[str, Any]) -> None:
    assert all(
        0 <= len(leaf.path) <= LONGEST_PATH for leaf in unplaced(document, Organization.read(document))
    )
