"""The kinds of nothing, each in its own words."""

from typing import Any

import pytest

from cases.findings.vocabulary.presence import Kind
from tests.findings.reading import CONTRACT, of, page, result

ROLES = {"roles": {"ceo": {"name": "Eva Lund"}}}


def kind_of(place: str, document: object, **changes: object) -> Kind | None:
    nothing = result(document, **changes).nothing.get(place)
    return nothing.kind if nothing else None


@pytest.mark.parametrize("empty", [{}, {"metadata": {"sources": ["BRREG"]}}, {"boardMembers": []}])
def test_an_empty_node_is_searched_nothing_found(empty: object) -> None:
    assert kind_of("roles", {"roles": empty}) is Kind.NOTHING_FOUND


def test_an_absent_node_that_nobody_asked_for_is_not_requested() -> None:
    assert kind_of("roles", {}, expands=("address",)) is Kind.NOT_REQUESTED


@pytest.mark.parametrize("document", [{}, {"roles": None}])
def test_a_node_that_was_asked_for_and_did_not_come_has_failed(document: object) -> None:
    nothing = result(document).nothing["roles"]
    assert nothing.kind is Kind.FAILED
    assert str(nothing.words) == "Failed: not delivered by the provider"


def test_a_node_in_a_form_nobody_can_read_has_failed_and_is_kept() -> None:
    found = result({"sanction": "no hits"})
    assert found.nothing["sanction"].kind is Kind.FAILED
    assert [(leaf.path, leaf.text) for leaf in found.remainder] == [("sanction", "no hits")]


def test_a_node_that_came_unasked_is_shown_all_the_same() -> None:
    found = result(ROLES, expands=())
    assert "roles" not in found.nothing
    assert found.roles.holders[0].name == "Eva Lund"


@pytest.mark.parametrize(
    ("capture", "kind"),
    [
        ("waiting", Kind.WAITING),
        ("expired", Kind.EXPIRED),
        ("failed", Kind.FAILED),
        ("unreadable", Kind.FAILED),
        ("a word from tomorrow", Kind.FAILED),
    ],
)
def test_without_a_document_the_capture_says_why(capture: str, kind: Kind) -> None:
    found = result(None, capture=capture, reason="the provider cancelled", expands=("roles",))
    assert found.nothing["roles"].kind is kind
    assert found.nothing["keyInformation"].kind is kind
    assert found.nothing["sanction"].kind is Kind.NOT_REQUESTED


def test_the_reason_of_a_failure_is_said() -> None:
    found = result(None, capture="failed", reason="the provider cancelled")
    assert str(found.nothing["roles"].words) == "Failed: the provider cancelled"
    assert str(result(None, capture="unreadable").nothing["roles"].words) == "Failed: captured, not readable"


def test_below_an_empty_chapter_what_was_asked_for_was_searched() -> None:
    found = result({"ownership": {}}, expands=("ownership.shareholders",))
    assert found.nothing["ownership.shareholders"].kind is Kind.NOTHING_FOUND
    assert found.nothing["ownership.beneficials"].kind is Kind.NOT_REQUESTED


def test_the_four_parts_of_ownership_have_each_their_own_nothing() -> None:
    found = of("no_odd")
    assert "ownership.shareholders" not in found.nothing
    assert found.nothing["ownership.subsidiaries"].kind is Kind.FAILED


def test_an_lei_that_a_chapter_leaves_out_is_no_failure() -> None:
    """Most organisations have none; but of a chapter that did not come, nothing is known."""
    wanted: dict[str, tuple[Any, Kind | None]] = {
        "null": ({"name": "A", "leiNumber": None}, None),
        "absent": ({"name": "A"}, None),
        "old name": ({"name": "A", "lei": None}, None),
        "another form": ({"name": "A", "leiNumber": ["x"]}, Kind.FAILED),
        "empty chapter": ({}, Kind.NOTHING_FOUND),
        "no chapter": (None, Kind.FAILED),
        "unreadable chapter": ("A", Kind.FAILED),
    }
    for case, (who, kind) in wanted.items():
        assert kind_of("keyInformation.lei", {"keyInformation": who}) is kind, case
        if kind is None:
            shown = page(result({"keyInformation": who}), "company/_company")
            assert "LEI No LEI stated" in shown.text, case
    assert kind_of("keyInformation.lei", {}) is Kind.FAILED
    assert kind_of("keyInformation.lei", {"keyInformation": {"name": "A"}}, expands=()) is Kind.NOT_REQUESTED


def test_links_are_asked_for_by_either_report() -> None:
    assert kind_of("links", {"links": {}}, expands=("links.reports.aml",)) is Kind.NOTHING_FOUND
    assert kind_of("links", {}, expands=("links.reports.certificate_of_incorporation",)) is None
    assert kind_of("links", {}, expands=("roles",)) is Kind.NOT_REQUESTED


def test_a_whole_result_lacks_nothing() -> None:
    assert of("no_full").nothing == {}


def test_every_kind_of_nothing_has_its_own_words_on_the_page() -> None:
    texts = {
        "Searched, nothing found": result({"roles": {}}),
        "Not ordered": result({}, expands=()),
        "Failed: not delivered by the provider": result({}),
        "Expired before capture": result(None, capture="expired"),
        "Awaited from the provider": result(None, capture="waiting"),
    }
    for words, found in texts.items():
        assert words in page(found).text


def test_a_null_inside_a_chapter_is_calmly_not_stated() -> None:
    text = page(result({"keyInformation": {"name": "A", "purpose": None}}, expands=())).text
    assert "Purpose Not stated" in text


def test_every_word_that_can_be_asked_for_has_a_place_of_its_own() -> None:
    for word in CONTRACT.expands:
        place = "links" if word.startswith("links") else word
        asked_for = result({"links": {}}, expands=(word,)).nothing[place]
        assert asked_for.kind is (Kind.NOTHING_FOUND if place == "links" else Kind.FAILED)
        assert result({}, expands=()).nothing[place].kind is Kind.NOT_REQUESTED
