"""Two versions are compared in words, and nothing in which they differ is left unsaid."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy.defaults import default
from cases.models import PolicyKind
from cases.presentation.policy.compared import Line, compare
from cases.presentation.policy.shapes import SECTIONS
from tests.presentation.policy.test_document_form import PLACES, value_at

SECRETARY, FOREIGN = "Company secretary", "Representative of a foreign entity"
RISK, REASONS, SET = PolicyKind.RISK_MODEL, PolicyKind.HIT_REASONS, PolicyKind.REQUIREMENT_SET


def lines(kind: str, change: Callable[[dict[str, Any]], object]) -> list[Line]:
    document = copy.deepcopy(default(kind))
    change(document)
    return compare(SECTIONS[kind], default(kind), document)


# What is changed, and what is said of it: where, was, is.
CHANGES: list[tuple[str, Callable[[dict[str, Any]], object], list[tuple[str, str, str]]]] = [
    (RISK, lambda it: it["bands"][0].update(to=40), [("Classes by points › Normal › Up to points", "34", "40")]),
    (
        RISK,
        lambda it: it["factors"][0]["table"].update(STATE=7),
        [("Factors › C1 Form of organisation › State", "0", "7")],
    ),
    (
        RISK,
        lambda it: it["factors"][1]["table"].pop("41"),
        [("Factors › C2 Industry › 41", "10", "")],
    ),
    (
        RISK,
        lambda it: it["factors"][2]["bands"].insert(1, [2, 8]),
        [("Factors › C3 Age of the firm (years) › Points by number", "≤ 1: 15, ≤ 3: 5, …: 0",
          "≤ 1: 15, ≤ 2: 8, ≤ 3: 5, …: 0")],
    ),
    (
        RISK,
        lambda it: it["lists"].update(HIGH_RISK_THIRD=["AF"]),
        [("Lists of countries › HIGH_RISK_THIRD › Countries", "", "Afghanistan")],
    ),
    (RISK, lambda it: it["lists"].update(OURS=[]), [("Lists of countries › OURS", "", "there")]),
    (
        RISK,
        lambda it: it["gates"][2].update({"if": "judgement:TRUE_MATCH_PEP"}),
        [("Gates › H1 › If", "A country stands on: CALL_FOR_ACTION, HIGH_RISK_THIRD",
          "A hit is judged as: The same: politically exposed")],
    ),
    # Two codes with the same words are told apart.
    (
        RISK,
        lambda it: it["factors"][15].update(roles=["COMPANYSECRETARY", "REPRESENTATIVE_FOREIGN_ENTITY"]),
        [("Factors › O7 Company secretary or representative held by an organisation › Roles",
          f"{SECRETARY}, {SECRETARY}, {FOREIGN}, {FOREIGN}",
          f"{SECRETARY}, {FOREIGN}")],
    ),
    (
        RISK,
        lambda it: it["factors"][15]["roles"].reverse(),
        [("Factors › O7 Company secretary or representative held by an organisation › Roles",
          f"{SECRETARY}, {SECRETARY}, {FOREIGN}, {FOREIGN}",
          f"{FOREIGN}, {FOREIGN}, {SECRETARY}, {SECRETARY}")],
    ),
    (
        REASONS,
        lambda it: it["reasons"][0]["refused_if"]["born"].remove("UNKNOWN"),
        [("Reasons › FP01 Another date of birth › Date of birth › Refused if", "same; similar; unknown",
          "same; similar")],
    ),
    # To leave out what is meant anyway says the same.
    (REASONS, lambda it: it["reasons"][0].pop("alone"), []),
    # What no form draws is told by its place.
    (REASONS, lambda it: it["reasons"][12].update(by="us"), [("", "system", "us")]),
    (
        SET,
        lambda it: it["groups"].insert(0, it["groups"].pop()),
        [("Groups › order", "screening, owners, acts, risk, evidence, decision",
          "decision, screening, owners, acts, risk, evidence")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "change", "expected"), CHANGES)
def test_what_differs_is_said_in_the_words_of_the_form(
    kind: str, change: Callable[[dict[str, Any]], object], expected: list[tuple[str, str, str]]
) -> None:
    assert [(line.where, line.was, line.now) for line in lines(kind, change)] == expected


def test_a_row_that_came_or_went_is_one_line_that_says_all_of_it() -> None:
    (went,) = lines(SET, lambda it: it["requirements"].pop())
    assert went.where == "Requirements › R30 Next review and retention"
    assert "Check: Next review" in went.was
    assert went.now == ""
    came, *rest = lines(
        RISK, lambda it: it["factors"].append({**it["factors"][3], "id": "C10", "title": "More"})
    )
    assert (came.where, came.was) == ("Factors › C10 More", "")
    assert "Points by code: Bankrupt 20, Under liquidation 15" in came.now
    assert rest == []


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_that_differs_is_left_unsaid(data: Any) -> None:
    kind = data.draw(st.sampled_from(PolicyKind.values))
    document = default(kind)
    leaves = [place for place in PLACES[kind] if isinstance(value_at(document, list(place)), int | str)]
    *way, last = data.draw(st.sampled_from(leaves))
    holder = value_at(document, way)
    old = holder[last]
    holder[last] = not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old}x"
    assert compare(SECTIONS[kind], default(kind), document)
