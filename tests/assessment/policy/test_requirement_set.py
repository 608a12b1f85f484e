"""What a requirement set may say, and how a document that says something else is refused."""

import copy
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy import requirement_set
from cases.assessment.policy.defaults import default
from cases.assessment.policy.problems import PolicyRefused
from cases.assessment.policy.requirement_terms import Check, When, Who
from cases.assessment.policy.risk_terms import RiskClass

DOCUMENT = default("requirement_set")
NUMBERS = {required["id"]: number for number, required in enumerate(DOCUMENT["requirements"])}
GROUPS = ["screening", "owners", "acts", "risk", "evidence", "decision"]
Change = Callable[[dict[str, Any]], Any]


def put(*way: Any, to: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] = to

    return change


def without(*way: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for step in way[:-1]:
            at = at[step]
        del at[way[-1]]

    return change


def at(name: str, *way: Any, to: Any) -> Change:
    return put("requirements", NUMBERS[name], *way, to=to)


def at_without(name: str, *way: Any) -> Change:
    return without("requirements", NUMBERS[name], *way)


def place_of(name: str, element: str) -> str:
    return f"requirements[{NUMBERS[name]}].{element}"


def problems(*changes: Change) -> list[tuple[str, str]]:
    document = copy.deepcopy(DOCUMENT)
    for change in changes:
        change(document)
    with pytest.raises(PolicyRefused) as refused:
        requirement_set.read(document)
    return [(problem.place, str(problem.words)) for problem in refused.value.problems]


def read_with(*changes: Change) -> requirement_set.RequirementSet:
    document = copy.deepcopy(DOCUMENT)
    for change in changes:
        change(document)
    return requirement_set.read(document)


def test_the_default_is_read_as_it_is_meant() -> None:
    policy = requirement_set.read(DOCUMENT)
    assert [*policy.groups] == GROUPS
    assert (policy.version, policy.lists) == (1, ("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC"))
    assert policy.unexplained_at_most == Decimal(5)
    assert ("MUNICIPALITY" in policy.exempt_forms, "LIMITED_COMPANY" in policy.exempt_forms) == (True, False)
    assert policy.country_lists == ("CALL_FOR_ACTION", "HIGH_RISK_THIRD")
    searched = policy.requirement("R16")
    assert searched is policy.with_check(Check.PARTIES_SEARCHED)
    assert searched is not None
    assert (searched.group, searched.met_by, searched.waived_by) == ("screening", Who.ANALYST, Who.LEAD)
    assert (searched.is_search, searched.has_attachment, searched.fresh_months) == (True, False, 3)
    assert searched.when == {
        RiskClass.LOW: When.ON_CONDITION,
        RiskClass.NORMAL: When.ALWAYS,
        RiskClass.HIGH: When.ALWAYS,
    }


def test_the_default_has_every_requirement_of_the_design_but_suspicion() -> None:
    policy = requirement_set.read(DOCUMENT)
    names = {required.id for required in policy.requirements}
    assert names == {f"R{number:02}" for number in range(1, 31)} - {"R27"}
    assert {required.check for required in policy.requirements} == {*Check} - {Check.CONDITION}


def test_the_default_holds_for_each_class_what_the_design_says() -> None:
    policy = requirement_set.read(DOCUMENT)
    signs = {When.ALWAYS: "a", When.ON_CONDITION: "c", When.NEVER: "-"}
    columns = (RiskClass.LOW, RiskClass.NORMAL, RiskClass.HIGH)
    found = {one.id: "".join(signs[one.when[column]] for column in columns) for one in policy.requirements}
    exceptions = {
        **dict.fromkeys(("R06", "R09", "R10", "R11", "R16"), "caa"),
        **dict.fromkeys(("R12", "R13"), "ccc"),
        **dict.fromkeys(("R20", "R21"), "--c"),
        **{"R07": "-ca", "R23": "a--", "R24": "--a"},
    }
    assert found == {**dict.fromkeys(found, "aaa"), **exceptions}


def test_what_is_prohibited_needs_what_is_high() -> None:
    policy = requirement_set.read(DOCUMENT)
    needed = [
        (required.needed(RiskClass.PROHIBITED), required.needed(RiskClass.HIGH))
        for required in policy.requirements
    ]
    assert [pair for pair in needed if pair[0] is not pair[1]] == []


def test_what_may_be_left_out_is_left_out() -> None:
    policy = read_with(without("exempt_forms"), without("country_lists"), without("note"), at_without("R26"))
    assert (policy.exempt_forms, policy.country_lists) == ((), ())
    assert (policy.requirement("R26"), policy.with_check(Check.POINTS)) == (None, None)


def test_the_greatest_values_are_read() -> None:
    policy = read_with(put("unexplained_at_most", to=100), at("R10", "fresh_months", to=60))
    assert policy.unexplained_at_most == Decimal(100)
    assert [one.fresh_months for one in policy.requirements if one.id == "R10"] == [60]


REFUSED: list[tuple[Change, str]] = [
    (put("format", to="requirement-set/2"), "format"),
    (without("format"), "format"),
    (put("surprise", to=1), "surprise"),
    (put("name", to=" "), "name"),
    (put("version", to=0), "version"),
    (put("version", to=True), "version"),
    (put("lists", to=[]), "lists"),
    (without("lists"), "lists"),
    (put("lists", to="OFAC"), "lists"),
    (put("lists", 1, to=7), "lists[1]"),
    (without("unexplained_at_most"), "unexplained_at_most"),
    (put("unexplained_at_most", to=101), "unexplained_at_most"),
    (put("unexplained_at_most", to=-1), "unexplained_at_most"),
    (put("unexplained_at_most", to=float("nan")), "unexplained_at_most"),
    (put("exempt_forms", to=[]), "exempt_forms"),
    (put("exempt_forms", 0, to=""), "exempt_forms[0]"),
    (put("country_lists", to={}), "country_lists"),
    (put("groups", to={}), "groups"),
    (put("groups", 0, to="screening"), "groups[0]"),
    (put("groups", 1, "id", to="screening"), "groups[1].id"),
    (put("groups", 1, "titel", to="Owners"), "groups[1].titel"),
    (without("groups", 1, "title"), "groups[1].title"),
    (put("requirements", to=[]), "requirements"),
    (put("requirements", to={}), "requirements"),
    (put("requirements", 3, to=[]), "requirements[3]"),
    (at("R16", "id", to="R15"), place_of("R16", "id")),
    (at("R16", "id", to="r16"), place_of("R16", "id")),
    (at("R16", "id", to="R"), place_of("R16", "id")),
    (at("R16", "id", to="R12345678"), place_of("R16", "id")),
    (at_without("R16", "id"), place_of("R16", "id")),
    (at("R16", "group", to="nowhere"), place_of("R16", "group")),
    (at_without("R16", "title"), place_of("R16", "title")),
    (at("R16", "basis", to=""), place_of("R16", "basis")),
    (at("R16", "check", to="everything"), place_of("R16", "check")),
    (at("R16", "check", to=["lists"]), place_of("R16", "check")),
    (at("R16", "check", to="lists"), place_of("R16", "check")),
    (at("R16", "met_by", to="anybody"), place_of("R16", "met_by")),
    (at("R16", "waived_by", to="analyst"), place_of("R16", "waived_by")),
    (at_without("R16", "waived_by"), place_of("R16", "waived_by")),
    (at_without("R16", "person"), place_of("R16", "person")),
    (at("R16", "person", to=""), place_of("R16", "person")),
    (at("R16", "fresh_month", to=3), place_of("R16", "fresh_month")),
    (at("R16", "fresh_months", to=0), place_of("R16", "fresh_months")),
    (at("R16", "fresh_months", to=61), place_of("R16", "fresh_months")),
    (at("R16", "fresh_months", to="3"), place_of("R16", "fresh_months")),
    (at("R16", "search", to="yes"), place_of("R16", "search")),
    (at("R20", "attachment", to=1), place_of("R20", "attachment")),
    (at_without("R16", "when"), place_of("R16", "when")),
    (at("R16", "when", "low", to="sometimes"), place_of("R16", "when.low")),
    (at_without("R16", "when", "high"), place_of("R16", "when.high")),
    (at("R16", "when", "prohibited", to="always"), place_of("R16", "when.prohibited")),
]


def test_what_cannot_be_used_is_refused_at_its_place() -> None:
    found = [({place for place, _words in problems(change)}, place) for change, place in REFUSED]
    assert [(places, place) for places, place in found if place not in places] == []


def test_every_problem_is_said_in_sentences() -> None:
    sentences = [words for change, _place in REFUSED for _found_at, words in problems(change)]
    assert [words for words in sentences if not words.endswith(".")] == []


BY_NOBODY = ("R01", "R08", "R17", "R22", "R28", "R30")


@pytest.mark.parametrize("name", BY_NOBODY)
def test_nobodys_word_stands_in_for_what_no_case_can_do_without(name: str) -> None:
    place = place_of(name, "met_by")
    person = at(name, "person", to="Say so.")
    for change in (at(name, "met_by", to="analyst"), at(name, "waived_by", to="lead")):
        assert [found for found, _words in problems(change, person)] == [place]


@pytest.mark.parametrize("name", BY_NOBODY)
def test_no_class_does_without_what_no_case_can_do_without(name: str) -> None:
    for word in ("never", "condition"):
        assert [found for found, _words in problems(at(name, "when", "low", to=word))] == [
            place_of(name, "when")
        ]


@pytest.mark.parametrize("name", BY_NOBODY)
def test_a_set_that_lacks_what_no_case_can_do_without_is_refused_and_says_what(name: str) -> None:
    check = DOCUMENT["requirements"][NUMBERS[name]]["check"]
    [(place, words)] = problems(at_without(name))
    assert (place, f"“{check}”" in words) == ("requirements", True)


def test_every_problem_of_a_requirement_is_said_at_once() -> None:
    changes = (at("R16", "check", to="x"), at("R16", "when", "low", to="x"), put("lists", to=[]))
    found = {place for place, _words in problems(*changes)}
    assert found == {place_of("R16", "check"), place_of("R16", "when.low"), "lists"}


def test_what_is_no_object_is_refused() -> None:
    nothing: tuple[object, ...] = (None, [], "", 7, {})
    for document in nothing:
        with pytest.raises(PolicyRefused):
            requirement_set.read(document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ELEMENTS = [(name,) for name in DOCUMENT]
OF_A_REQUIREMENT = [
    ("requirements", NUMBERS["R16"], name) for name in DOCUMENT["requirements"][NUMBERS["R16"]]
]


@given(st.sampled_from([*ELEMENTS, *OF_A_REQUIREMENT]), JSON)
@settings(max_examples=120, deadline=None)
def test_whatever_stands_in_an_element_it_is_read_or_refused(way: tuple[Any, ...], value: object) -> None:
    with suppress(PolicyRefused):
        read_with(put(*way, to=value))
