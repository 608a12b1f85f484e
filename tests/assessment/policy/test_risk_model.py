"""What a risk model may say, and how a document that says something else is refused."""

import copy
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy import risk_model
from cases.assessment.policy.checked_values import MOST_PROBLEMS
from cases.assessment.policy.defaults import default
from cases.assessment.policy.problems import PolicyRefused
from cases.assessment.policy.risk_factors import Test

DOCUMENT = default("risk_model")
NUMBERS = {factor["id"]: number for number, factor in enumerate(DOCUMENT["factors"])}
Change = Callable[[dict[str, Any]], Any]


def factor(document: dict[str, Any], name: str) -> dict[str, Any]:
    return document["factors"][NUMBERS[name]]


def put(*way: Any, to: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] = to

    return change


def of(name: str, *way: Any, to: Any) -> Change:
    return put("factors", NUMBERS[name], *way, to=to)


def problems(document: object) -> list[tuple[str, str]]:
    with pytest.raises(PolicyRefused) as refused:
        risk_model.read(document)
    return [(problem.place, str(problem.words)) for problem in refused.value.problems]


def places(*changes: Change) -> list[str]:
    document = copy.deepcopy(DOCUMENT)
    for change in changes:
        change(document)
    return [place for place, _words in problems(document)]


REFUSED: list[tuple[Change, str]] = [
    (put("format", to="risk-model/2"), "format"),
    (put("name", to=" "), "name"),
    (put("version", to=0), "version"),
    (put("version", to=True), "version"),
    (put("surprise", to=1), "surprise"),
    (put("groups", to=[]), "groups"),
    (put("groups", "customer", "cap", to=-1), "groups.customer.cap"),
    (put("groups", "customer", "cap", to="40"), "groups.customer.cap"),
    (put("lists", "EEA", to=["Norway"]), "lists.EEA[0]"),
    (put("list_facts", "CALL_FOR_ACTION", "as_of", to="soon"), "list_facts.CALL_FOR_ACTION.as_of"),
    (put("list_facts", "NO_LIST", to={}), "list_facts.NO_LIST"),
    (put("factors", to=[]), "factors"),
    (put("factors", 1, "id", to="C1"), "factors[1].id"),
    (of("C1", "group", to="nowhere"), "factors[0].group"),
    (of("C1", "test", to="guess"), "factors[0].test"),
    (of("C1", "read", to="company.colour"), "factors[0].read"),
    (of("C1", "unkown", to=5), "factors[0].unkown"),
    (of("C1", "other", to=-5), "factors[0].other"),
    (of("C1", "unknown", to=float("nan")), "factors[0].unknown"),
    (of("C1", "unknown", to=10**5000), "factors[0].unknown"),
    (of("C1", "unknown", to=Decimal("NaN")), "factors[0].unknown"),
    (of("C1", "unknown", to=2.5), "factors[0].unknown"),
    (of("C1", "table", "STATE", to="much"), "factors[0].table.STATE"),
    (of("C3", "bands", to=[[3, 5], [1, 15], [None, 0]]), "factors[2].bands"),
    (of("C3", "bands", to=[[1, 15], [1, 5], [None, 0]]), "factors[2].bands"),
    (of("C3", "bands", to=[[1, 15], [3, 5]]), "factors[2].bands"),
    (of("C3", "bands", to=[[None, 15], [None, 5]]), "factors[2].bands"),
    (of("C3", "bands", to=[[1.5, 15], [None, 5]]), "factors[2].bands"),
    (of("C3", "bands", to=[]), "factors[2].bands"),
    (of("C3", "bands", 0, to=[1]), "factors[2].bands[0]"),
    (of("C4", "codes", "doomed", to=5), "factors[3].codes.doomed"),
    (of("C4", "codes", "certificate_old", to=5), "factors[3].codes.certificate_old"),
    (of("C6", "level", to="grave"), f"factors[{NUMBERS['C6']}].level"),
    (of("G1", "because", to=["owner", "listed"]), f"factors[{NUMBERS['G1']}].because[1]"),
    (of("G1", "points", "outside:MOON", to=5), f"factors[{NUMBERS['G1']}].points.MOON"),
    (of("S2", "points", "TRUE_MATCH", to=5), f"factors[{NUMBERS['S2']}].points.TRUE_MATCH"),
    (of("A1", "options", to={}), f"factors[{NUMBERS['A1']}].options"),
    (of("A1", "options", "yes", to=None), f"factors[{NUMBERS['A1']}].options.yes"),
    (of("A1", "required", to="yes"), f"factors[{NUMBERS['A1']}].required"),
    (put("gates", 0, "if", to="judgement:MAYBE"), "gates[0].if"),
    (put("gates", 0, "if", to="judgement"), "gates[0].if"),
    (put("gates", 0, "if", to="weather:bad"), "gates[0].if"),
    (put("gates", 0, "class", to="low"), "gates[0].class"),
    (put("gates", 1, "id", to="X1"), "gates[1].id"),
    (put("gates", 1, "if", to="answer:A9:yes"), "gates[1].if"),
    (put("gates", 1, "if", to="answer:A6:perhaps"), "gates[1].if"),
    (put("gates", 1, "if", to="answer:A6"), "gates[1].if"),
    (put("gates", 2, "if", to="country:CALL_FOR_ACTION,MOON"), "gates[2].if"),
    (put("gates", 4, "if", to="warning:doomed"), "gates[4].if"),
    (put("gates", 5, "if", to="complex:very"), "gates[5].if"),
    (put("low", "max_points", to=35), "low.max_points"),
    (put("low", "needs_all", 0, to="luck"), "low.needs_all[0]"),
    (put("low", "needs_all", to=["no open hit"]), "low.needs_all"),
    (put("low", "needs_one_of", 0, "test", to="luck"), "low.needs_one_of[0].test"),
    (put("low", "needs_one_of", 1, "id_of", to="A1"), "low.needs_one_of[1].id_of"),
    (put("bands", to=[{"class": "normal", "to": 34}]), "bands"),
    (put("bands", to=[{"class": "normal", "to": None}, {"class": "high", "to": None}]), "bands"),
    (put("bands", to=[{"class": "high", "to": 34}, {"class": "normal", "to": None}]), "bands"),
    (put("bands", 1, "class", to="prohibited"), "bands[1].class"),
    (put("bands", to=[]), "bands"),
    (put("knowledge", "below", to=1.5), "knowledge.below"),
    (put("knowledge", "then_not_below", to="low"), "knowledge.then_not_below"),
    (put("review_months", "high", to=0), "review_months.high"),
    (put("override", "down_needs", to="nobody"), "override.down_needs"),
]


def test_the_default_is_read_and_says_what_a_lead_must_fill_in() -> None:
    model = risk_model.read(DOCUMENT)
    assert len(model.factors) == 26
    assert {found.test for found in model.factors} == {*Test}
    assert [problem.place for problem in model.unfilled] == [
        "lists.HIGH_RISK_THIRD",
        "list_facts.HIGH_RISK_THIRD.as_of",
        "lists.INCREASED_MONITORING",
        "list_facts.INCREASED_MONITORING.as_of",
    ]


def test_what_cannot_be_used_is_refused_where_it_stands() -> None:
    wrong = [(place, found) for change, place in REFUSED if place not in (found := places(change))]
    assert wrong == []


def test_every_problem_is_told_not_only_the_first() -> None:
    found = places(*(change for change, place in REFUSED if place in {"name", "version", "low.max_points"}))
    assert {"name", "version", "low.max_points"} <= {*found}


def test_a_lead_may_use_halves_for_shares_though_not_for_points() -> None:
    document = copy.deepcopy(DOCUMENT)
    factor(document, "O2")["bands"][0][0] = 2.5
    model = risk_model.read(document)
    assert model.factors[NUMBERS["O2"]].steps[0].to == Decimal("2.5")


def nested(depth: int) -> Any:
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


HOSTILE: list[Any] = [
    None,
    [],
    {},
    7,
    "risk-model/1",
    float("nan"),
    nested(100_000),
    {1: 2, None: 3},
    {"\ud800": 1},
    {**DOCUMENT, "name": "\ud800"},
    {**DOCUMENT, "lists": nested(100_000)},
    {**DOCUMENT, "factors": [nested(100_000)]},
    {**DOCUMENT, "factors": DOCUMENT["factors"] * 400},
    {**DOCUMENT, "factors": [{}] * 400},
    {**DOCUMENT, "factors": [{"test": []}, {"test": {}}]},
    {**DOCUMENT, "groups": {str(number): {} for number in range(10_000)}},
    {**DOCUMENT, "name": "x" * 10**6},
    {**DOCUMENT, "low": {"max_points": float("inf")}},
    {**DOCUMENT, "x" * 10**6: 1},
    {**DOCUMENT, "gates": [{"if": "country:" + "x," * 10**4}]},
]


@pytest.mark.parametrize("document", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_document_is_refused_in_words(document: Any) -> None:
    found = problems(document)
    assert 0 < len(found) <= MOST_PROBLEMS
    assert all(words and len(words) < 5000 and len(place) < 300 for place, words in found)
    assert "".join(place + words for place, words in found).encode()


ways = st.sampled_from([*DOCUMENT]) | st.sampled_from(range(len(DOCUMENT["factors"])))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(way=ways, value=values, data=st.data())
def test_any_value_in_any_place_is_read_or_refused(way: str | int, value: Any, data: st.DataObject) -> None:
    document = copy.deepcopy(DOCUMENT)
    if isinstance(way, int):
        entry = document["factors"][way]
        entry[data.draw(st.sampled_from([*entry]))] = value
    else:
        document[way] = value
    with suppress(PolicyRefused):
        assert risk_model.read(document).factors
