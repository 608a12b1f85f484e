"""A policy document survives its form value for value, and what is wrong with it is said at its cell."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy import hit_reasons, requirement_set, risk_model
from cases.assessment.policy.defaults import default
from cases.assessment.policy.problems import PolicyRefused
from cases.assessment.policy.risk_factors import PARTS, Test
from cases.models import PolicyKind
from cases.presentation.policy.assembled import assemble, own_problems, place_problems
from cases.presentation.policy.drawing import draw, offer
from cases.presentation.policy.drawn import Cell, Part, within
from cases.presentation.policy.parts import Kind
from cases.presentation.policy.risk_factor_parts import of_factor
from cases.presentation.policy.shapes import SECTIONS
from tests.presentation.policy.filling import cell, drawn, sent

RISK, REASONS, SET = PolicyKind.RISK_MODEL, PolicyKind.HIT_REASONS, PolicyKind.REQUIREMENT_SET
READERS = {RISK: risk_model.read, REASONS: hit_reasons.read, SET: requirement_set.read}


def filled_in(
    kind: str, document: dict[str, Any], **changes: str | list[str]
) -> tuple[dict[str, Any], list[Part]]:
    """What comes of the form of a document that was sent with some inputs changed, and the drawing of it."""
    parts = draw(SECTIONS[kind], document, sent(drawn(kind, document), **changes))
    made = assemble(parts, document)
    offer(parts, made)
    return made, parts


@pytest.mark.parametrize("kind", PolicyKind.values)
def test_a_default_that_nobody_changed_comes_back_byte_for_byte(kind: str) -> None:
    document = default(kind)
    made, parts = filled_in(kind, document)
    assert json.dumps(made) == json.dumps(document)
    assert not any(place.is_open for place in within(parts) if hasattr(place, "is_open"))
    assert own_problems(parts) == []


# Where a document that is no default differs: what may be left out is there, what is kept undrawn is odd.
ODD: dict[str, dict[str, Any]] = {
    RISK: {
        "knowledge": {
            "below": 0.25,
            "then_not_below": "high",
            "words": "Lines\nand\r\nlines ",
            "unanswered": "",
        }
    },
    REASONS: {"bulk": {"allowed_if": "same list entry, at most 50", "most": 7}},
    SET: {"unexplained_at_most": 7.50, "note": "\n leading line", "exempt_forms": ["A, B", "STATE"]},
}


@pytest.mark.parametrize("kind", PolicyKind.values)
def test_what_is_written_in_an_unusual_way_stays_so(kind: str) -> None:
    document = {**default(kind), **ODD[kind], "not drawn": {"anything": [None, True, 1.0]}}
    made, _parts = filled_in(kind, document)
    assert json.dumps(made) == json.dumps(document)


def test_every_element_that_a_factor_may_have_is_drawn_or_has_no_choice() -> None:
    for test in Test:
        inside = of_factor({"test": test})
        names = {column.path[0] for column in inside.columns} | {rows.paths[0][0] for rows in inside.rows}
        assert names | {"read"} == {"unknown", "read", *PARTS[test]}, test


# Of each: what is changed, and what is to stand in the document then.
CHANGES: list[tuple[str, dict[str, Any], list[Any], Any]] = [
    (RISK, {"bands-bands-0-to": "40"}, ["bands", 0, "to"], 40),
    (RISK, {"knowledge-knowledge_below": "0.75"}, ["knowledge", "below"], 0.75),
    (RISK, {"low-low_needs_all": ["no open hit"]}, ["low", "needs_all"], ["no open hit"]),
    (
        RISK,
        {"gates-gates-2-if": "country", "gates-gates-2-if-on": "EEA, X"},
        ["gates", 2, "if"],
        "country:EEA,X",
    ),
    (RISK, {"gates-gates-0-if": "complex", "gates-gates-0-if-on": ""}, ["gates", 0, "if"], "complex"),
    (RISK, {"groups-groups-0-key": "clients"}, ["groups"], None),
    (RISK, {"lists-lists-2-lists": "AF, KP"}, ["lists", "HIGH_RISK_THIRD"], ["AF", "KP"]),
    (RISK, {"lists-lists-1-lists": ""}, ["lists", "CALL_FOR_ACTION"], []),
    (
        RISK,
        {"lists-lists-2-list_facts_as_of": "2026-11-03"},
        ["list_facts", "HIGH_RISK_THIRD", "as_of"],
        "2026-11-03",
    ),
    (RISK, {"lists-lists-0-list_facts_source": "EEA"}, ["list_facts", "EEA"], {"source": "EEA"}),
    (RISK, {"factors-factors-0-table-0-table": "9"}, ["factors", 0, "table", "LIMITED_COMPANY"], 9),
    (RISK, {"factors-factors-2-bands-0-0": "2"}, ["factors", 2, "bands", 0], [2, 15]),
    (RISK, {"factors-factors-0-unknown": "nine"}, ["factors", 0, "unknown"], "nine"),
    (REASONS, {"reasons-reasons-0-attachment": "on"}, ["reasons", 0, "attachment"], True),
    (REASONS, {"reasons-reasons-0-words": "Born\r\nlater"}, ["reasons", 0, "words"], "Born\nlater"),
    (
        REASONS,
        {"reasons-reasons-0-lines-0-refused_if": ["EQUAL"]},
        ["reasons", 0, "refused_if"],
        {"born": ["EQUAL"]},
    ),
    (REASONS, {"reasons-reasons-0-lines-0-remove": "on"}, ["reasons", 0, "alone"], True),
    (
        REASONS,
        {"second-second_person_FALSE_POSITIVE_sample_percent_of_the_rest": "10"},
        ["second_person", "FALSE_POSITIVE", "sample_percent_of_the_rest"],
        10,
    ),
    (
        REASONS,
        {"verdicts-verdicts-2-verdicts_expires_months": ""},
        ["verdicts", "NOT_APPLICABLE", "expires_months"],
        None,
    ),
    (SET, {"requirements-requirements-0-when_low": "never"}, ["requirements", 0, "when", "low"], "never"),
    (SET, {"thresholds-lists": "EU_GLOBAL\nOFAC"}, ["lists"], ["EU_GLOBAL", "OFAC"]),
]


@pytest.mark.parametrize(("kind", "changes", "place", "expected"), CHANGES)
def test_a_change_changes_its_value_and_nothing_else(
    kind: str, changes: dict[str, Any], place: list[Any], expected: Any
) -> None:
    document = default(kind)
    made, _parts = filled_in(kind, document, **changes)
    if expected is not None or place[-1] == "expires_months":
        assert value_at(made, place) == expected
    rest, before = copy.deepcopy(made), copy.deepcopy(document)
    for whole in (rest, before):
        holder = value_at(whole, place[:1]) if len(place) > 1 else whole
        del whole[place[0]]
        assert holder is not None
    assert rest == before
    assert made != document


def value_at(document: Any, place: list[Any]) -> Any:
    for step in place:
        document = document[step]
    return document


def test_a_line_that_is_renamed_keeps_its_place_and_its_value() -> None:
    made, _parts = filled_in(RISK, default(RISK), **{"groups-groups-0-key": "clients"})
    assert list(made["groups"])[:2] == ["clients", "ownership"]
    assert made["groups"]["clients"] == default(RISK)["groups"]["customer"]


def test_rows_come_and_go() -> None:
    document = default(RISK)
    made, parts = filled_in(
        RISK,
        document,
        **{
            "factors-factors-1-remove": "on",
            "factors-factors-more": "2",
            "factors-factors-25-test": "warning",
            "factors-factors-25-id": "C10",
            "factors-factors-25-codes-more": "2",
            "factors-factors-25-codes-0-key": "bankrupt",
            "factors-factors-25-codes-0-codes": "12",
            "factors-factors-0-table-more": "1",
            "factors-factors-0-table-38-key": "ENSKILD_FIRMA",
            "factors-factors-0-table-38-table": "4",
            "factors-factors-2-bands-more": "1",
            "factors-factors-2-bands-3-0": "2",
            "factors-factors-2-bands-3-1": "8",
        },
    )
    number = len(document["factors"])
    assert number == 26, "the number of the new row below is that of the rows there are"
    ids = [factor["id"] for factor in made["factors"]]
    assert ids[:2] == ["C1", "C3"]
    assert made["factors"][0]["table"] == {**document["factors"][0]["table"], "ENSKILD_FIRMA": 4}
    assert made["factors"][1]["bands"] == [[1, 15], [2, 8], [3, 5], [None, 0]]
    assert parts


def test_what_is_wrong_is_said_at_its_cell() -> None:
    for kind, changes, trail, words in WRONG:
        made, parts = filled_in(kind, default(kind), **changes)
        own_problems(parts)
        with pytest.raises(PolicyRefused) as refused:
            READERS[PolicyKind(kind)](made)
        found = place_problems(parts, refused.value.problems)
        assert words in str(cell(parts, *trail).problems), (trail, found)


WRONG: list[tuple[str, dict[str, Any], tuple[str, ...], str]] = [
    (
        RISK,
        {"factors-factors-0-unknown": "nine"},
        ("C1 Form of organisation", "Points if it is not known"),
        "whole",
    ),
    (RISK, {"factors-factors-1-remove": "on", "factors-factors-2-title": ""}, ("C3", "Title"), "Give a text"),
    (
        RISK,
        {"factors-factors-3-codes-0-codes": "1001"},
        ("C4 Register status", "Bankrupt", "Points"),
        "from 0 to 1000",
    ),
    (
        RISK,
        {"factors-factors-3-codes-0-key": "doomed"},
        ("C4 Register status", "doomed", "Point to check"),
        "doomed",
    ),
    (RISK, {"gates-gates-1-if": "answer", "gates-gates-1-if-on": "A99:no"}, ("X2", "If"), "Give one of"),
    (RISK, {"lists-lists-1-lists": "KP, NORWAY"}, ("CALL_FOR_ACTION", "Countries"), "two letters"),
    (RISK, {"lists-lists-1-list_facts_as_of": "soon"}, ("CALL_FOR_ACTION", "As of"), "Give a day"),
    (RISK, {"low-low_needs_all": []}, ("How ‘low’ is earned", "And all of these"), "list"),
    (REASONS, {"reasons-reasons-0-code": "F1"}, ("F1 Another date of birth", "Code"), "two capitals"),
    (
        REASONS,
        {"reasons-reasons-3-with": "FP99"},
        ("FP04 Another name: only a common part is shared", "If not alone, beside one of"),
        "FP99",
    ),
]


def test_two_lines_of_one_name_lose_nothing_silently() -> None:
    _made, parts = filled_in(RISK, default(RISK), **{"groups-groups-1-key": "customer"})
    ((place, words),) = own_problems(parts)
    assert (place.name, "There is a line for this already" in words) == ("groups-groups-1-key", True)


def test_a_line_without_a_name_is_refused_and_not_dropped() -> None:
    changes = {"groups-groups-more": "1", "groups-groups-6-groups_cap": "5"}
    _made, parts = filled_in(RISK, default(RISK), **changes)
    ((place, words),) = own_problems(parts)
    assert (place.name, "Say what the line is for" in words) == ("groups-groups-6-key", True)


CELLS = {
    kind: [
        place
        for place in within(drawn(kind, default(kind)))
        if isinstance(place, Cell)
        and place.column.kind in (Kind.TEXT, Kind.WORDS, Kind.NUMBER)
        and place.column.path
    ]
    for kind in PolicyKind.values
}
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_typed_in_one_cell_changes_only_that_and_is_kept_when_the_form_is_sent_again(
    data: Any,
) -> None:
    kind = data.draw(st.sampled_from(PolicyKind.values))
    chosen = data.draw(st.sampled_from(CELLS[kind]))
    typed = data.draw(TYPED | st.integers(0, 5000).map(str))
    document = default(kind)
    form = sent(drawn(kind, document), **{chosen.name: typed})
    parts = draw(SECTIONS[kind], document, form)
    made = assemble(parts, document)
    again = draw(SECTIONS[kind], document, sent(parts))
    assert json.dumps(assemble(again, document)) == json.dumps(made)
    (shown,) = [place for place in within(parts) if place.name == chosen.name]
    assert isinstance(shown, Cell)
    assert shown.text == typed
    others = [place for place in within(parts) if isinstance(place, Cell) and place.name != chosen.name]
    assert all(place.is_as_it_was for place in others)
    # A draft that was made of it is drawn as it was filled in.
    if made != document:
        assert [place.content for place in within(drawn(kind, made)) if isinstance(place, Cell)]


def places_of(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a document below its top."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [place] if place else []
    return found + [inner for name, entry in below for inner in places_of(entry, (*place, name))]


PLACES = {kind: places_of(default(kind)) for kind in PolicyKind.values}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.floats(0, 9, allow_nan=False)
    | TYPED
    | st.just("a, b\n c:d"),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "to", "a b"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_document_an_unchanged_form_keeps_it(data: Any) -> None:
    kind = data.draw(st.sampled_from(PolicyKind.values))
    document = default(kind)
    *way, last = data.draw(st.sampled_from(PLACES[kind]))
    holder = value_at(document, way)
    if data.draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = data.draw(ANYTHING)
    made, _parts = filled_in(kind, document)
    assert json.dumps(made) == json.dumps(document)
