"""The class of a case, held against what was reckoned by hand from the payloads and the default model."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cases.assessment.policy import risk_model
from cases.assessment.policy.defaults import default
from cases.assessment.risk.assessment import Assessment, State
from cases.assessment.risk.facts import JudgedHits
from tests.assessment.risk.assessing import (
    DEFAULT,
    HARMLESS,
    NOT_THE_SAME,
    assessed,
    changed,
    filled,
    plain,
)

PEP_AND_ANOTHER = (JudgedHits("TRUE_MATCH", "TM04", 1), JudgedHits("FALSE_POSITIVE", "FP04", 1))
SANCTIONED = (JudgedHits("TRUE_MATCH", "TM01", 1), JudgedHits("FALSE_POSITIVE", "FP04", 1))

# Payload, judged hits, other answers; class, points, provisional; points of the groups that have any.
BY_HAND: list[tuple[str, tuple[JudgedHits, ...], dict[str, str], tuple[Any, ...], dict[str, int]]] = [
    # 3 levels 10, indirect control 5, an organisation with 60 % 5, a company secretary that is one 5
    ("no_full", NOT_THE_SAME, {}, ("normal", 25, False), {"ownership": 25}),
    ("no_full", (), {}, ("normal", 25, True), {"ownership": 25}),
    ("no_full", PEP_AND_ANOTHER, {}, ("high", 65, False), {"ownership": 25, "screening": 40}),
    ("no_full", SANCTIONED, {}, ("prohibited", 25, False), {"ownership": 25}),
    ("no_full", NOT_THE_SAME, {"CDD": "impossible"}, ("prohibited", 25, False), {"ownership": 25}),
    ("no_full", NOT_THE_SAME, {"complex": "yes"}, ("high", 25, False), {"ownership": 25}),
    ("no_full", NOT_THE_SAME, {"A4": "yes"}, ("high", 45, False), {"ownership": 45}),
    # 40 + 30 of answers, of which 60 count; and the gate
    (
        "fi",
        (),
        {"A6": "yes", "A7": "serious"},
        ("high", 68, False),
        {"customer": 5, "ownership": 3, "screening": 60},
    ),
    # no industry 5, no levels 3
    ("fi", (), {}, ("normal", 8, False), {"customer": 5, "ownership": 3}),
    # no industry 5, levels 3, all of the shares 15, nobody beneficial 15
    ("dk", (), {}, ("high", 38, False), {"customer": 5, "ownership": 33}),
    # a holding firm 5; levels 3, a share that is not stated 5
    ("se", (), {}, ("normal", 13, False), {"customer": 5, "ownership": 8}),
    # no industry 5, no accounts 10; levels 3, 60 % 15, nobody beneficial 15
    ("no_clean", (), {}, ("high", 48, False), {"customer": 15, "ownership": 33}),
    # estate 5, industry 5, young 15, bankrupt 20, deleted 25, number 10, equity 5: 85 capped; levels 3; screening 5
    ("no_bankrupt", (), {}, ("high", 48, False), {"customer": 40, "ownership": 3, "screening": 5}),
]


# Place of the plain result, its new value; the factor, its state, value and points.
def secretary(**more: str) -> dict[str, Any]:
    return {"others": [{"name": "NORD SEKRETARIAT", "role": "COMPANY_SECRETARY", **more}]}


BY_FACTOR: list[tuple[str, Any, tuple[Any, ...]]] = [
    ("keyInformation.organizationType", "FOUNDATION", ("C1", "known", "FOUNDATION", 10)),
    ("keyInformation.organizationType", "SOMETHING_NEW", ("C1", "known", "SOMETHING_NEW", 10)),
    ("keyInformation.organizationType", None, ("C1", "unknown", None, 5)),
    ("keyInformation.organizationType", {"a": 1}, ("C1", "unknown", None, 5)),
    ("keyInformation.industrySector", {"code": "45.320"}, ("C2", "known", "45320", 5)),
    ("keyInformation.industrySector", {"code": "45.11"}, ("C2", "known", "4511", 10)),
    ("keyInformation.industrySector", {"code": "unknown"}, ("C2", "unknown", None, 5)),
    ("keyInformation.registeredDate", "2025-03-15", ("C3", "known", "1", 15)),
    ("keyInformation.registeredDate", "2025-03-14", ("C3", "known", "1", 5)),
    ("keyInformation.registeredDate", "2023-03-14", ("C3", "known", "3", 0)),
    ("keyInformation.registeredDate", "1900-01-01", ("C3", "unknown", None, 5)),
    ("keyInformation.statusCodes", ["UNDER_LIQUIDATION"], ("C4", "known", "liquidation", 15)),
    ("keyInformation.statusCodes", [], ("C4", "unknown", None, 0)),
    ("keyInformation.organizationNumber", "312904048", ("C5", "known", "number_check", 10)),
    ("financials.keyFigures", {"equity": -1, "turnOver": 5}, ("C6", "known", "negative_equity", 5)),
    ("financials", None, ("C6", "unknown", None, 0)),
    ("keyInformation.employees", {"from": 0, "to": 0}, ("C7", "known", "yes", 5)),
    ("keyInformation.employees", None, ("C7", "unknown", None, 0)),
    ("financials.auditor", {}, ("C8", "known", "yes", 10)),
    ("financials.auditor", None, ("C8", "unknown", None, 0)),
    ("financials.keyFigures", {}, ("C9", "known", "yes", 10)),
    ("ownership.indicators", {"ownershipLevels": 2}, ("O1", "known", "2", 0)),
    ("ownership.indicators", {"OwnershipLevels": 5}, ("O1", "known", "5", 20)),
    ("ownership.indicators", {}, ("O1", "unknown", None, 3)),
    ("ownership.shareholders", None, ("O2", "unknown", None, 5)),
    ("ownership.shareholders", "none", ("O2", "unknown", None, 5)),
    ("ownership.shareholders", [], ("O2", "known", "100", 15)),
    ("ownership.beneficials", [], ("O3", "known", "yes", 15)),
    ("ownership.beneficials", None, ("O3", "unknown", None, 0)),
    ("ownership.beneficials", [{"name": "A B", "reason": "ROLE"}], ("O4", "known", "ROLE", 5)),
    ("ownership.beneficials", [{"name": "A B"}], ("O4", "unknown", None, 0)),
    (
        "ownership.shareholders",
        [{"name": "X AS", "organizationNumber": "317220731", "percentage": 25, "type": "ORGANIZATION"}],
        ("O6", "known", "yes", 5),
    ),
    ("ownership.shareholders", [{"name": "X", "percentage": 25}], ("O6", "unknown", None, 0)),
    ("roles", None, ("O7", "unknown", None, 0)),
    ("roles", secretary(organizationNumber="317220731"), ("O7", "known", "yes", 5)),
    ("roles", secretary(dateOfBirth="1988-03-03"), ("O7", "known", "no", 0)),
    ("roles", secretary(), ("O7", "unknown", None, 0)),
    ("keyInformation.country", "KP", ("G1", "known", "KP, NO", 40)),
    ("keyInformation.country", "BG", ("G1", "known", "BG, NO", 15)),
    ("keyInformation.country", "US", ("G1", "known", "NO, US", 5)),
    ("keyInformation.country", None, ("G1", "unknown", None, 0)),
    ("address", None, ("G1", "unknown", None, 0)),
    ("sanction", {"status": "UNKNOWN"}, ("S1", "known", "screening_unknown", 5)),
    ("sanction", {"status": "UNKNOWN"}, ("S2", "unknown", None, 0)),
    ("sanction", {"status": "SANCTION"}, ("S2", "unknown", None, 0)),
    ("sanction", {}, ("S2", "unknown", None, 0)),
    ("sanction", {"status": "NONE", "message": "The list was away."}, ("S2", "unknown", None, 0)),
    ("sanction", {"status": "NONE"}, ("S2", "known", "no", 0)),
    ("sanction", None, ("S1", "unknown", None, 0)),
    ("sanction", None, ("S2", "unknown", None, 0)),
]


@pytest.mark.parametrize(("name", "judged", "answers", "expected", "groups"), BY_HAND)
def test_the_class_is_what_is_reckoned_by_hand(
    name: str,
    judged: tuple[JudgedHits, ...],
    answers: dict[str, str],
    expected: tuple[Any, ...],
    groups: dict[str, int],
) -> None:
    found = assessed(name, answers={**HARMLESS, **answers}, judged=judged)
    assert (found.risk_class, found.points, found.is_provisional) == expected
    assert {name: group.points for name, group in found.groups.items() if group.points} == groups


def test_each_factor_is_what_is_reckoned_by_hand() -> None:
    wrong = []
    for place, value, expected in BY_FACTOR:
        score = assessed(changed(place, value), answers=HARMLESS).factors[expected[0]]
        found = (expected[0], score.state, score.value, score.points)
        if found != expected:
            wrong.append((place, value, found, expected))
    assert wrong == []


def test_a_plain_old_firm_of_which_all_is_known_earns_low() -> None:
    found = assessed(plain(), answers=HARMLESS)
    assert (found.risk_class, found.points, found.low_reasons) == ("low", 0, ("L3",))


def test_an_empty_list_keeps_the_countries_from_being_known() -> None:
    score = assessed(plain(), DEFAULT, answers=HARMLESS).factors["G1"]
    assert score.state is State.UNKNOWN
    assert "HIGH_RISK_THIRD" in str(score.words)
    assert "INCREASED_MONITORING" in str(score.words)


def test_an_empty_list_hides_no_country_that_another_list_has() -> None:
    found = assessed(changed("keyInformation.country", "IR"), DEFAULT, answers=HARMLESS)
    assert (found.factors["G1"].state, found.factors["G1"].points) == (State.UNKNOWN, 40)
    assert ([gate.id for gate in found.gates], found.risk_class) == (["H1"], "high")


LOW_IS_REFUSED: dict[str, Callable[[], Assessment]] = {
    "an answer is lacking": lambda: assessed(plain(), answers={**HARMLESS, "A7": "not heard of"}),
    "a fact is lacking": lambda: assessed(changed("keyInformation.industrySector", None), answers=HARMLESS),
    "no reason holds": lambda: assessed(
        changed("keyInformation.registeredDate", "2016-03-15"), answers=HARMLESS
    ),
    "the screening failed": lambda: assessed(changed("sanction", {"status": "UNKNOWN"}), answers=HARMLESS),
    "nobody said whether the structure is complex": lambda: assessed(
        changed("ownership.indicators", {"ownershipLevels": 3}),
        answers={key: value for key, value in HARMLESS.items() if key != "complex"},
    ),
    "a hit is open elsewhere": lambda: assessed(plain(), answers=HARMLESS, open_hits=1),
    "a list is empty": lambda: assessed(plain(), DEFAULT, answers=HARMLESS),
}


@pytest.mark.parametrize("case", LOW_IS_REFUSED.values(), ids=LOW_IS_REFUSED.keys())
def test_low_must_be_earned(case: Callable[[], Assessment]) -> None:
    found = case()
    assert found.risk_class == "normal"
    assert found.low_refused


def test_listed_or_public_firms_may_earn_low_too() -> None:
    young = changed("keyInformation.registeredDate", "2020-01-01")
    found = assessed(young, answers={**HARMLESS, "listed": "EEA regulated market"})
    assert (found.risk_class, found.low_reasons) == ("low", ("L2",))
    young["keyInformation"]["organizationType"] = "MUNICIPALITY"
    assert assessed(young, answers=HARMLESS).low_reasons == ("L1",)


def test_a_case_of_which_nothing_came_has_no_fact_that_is_known() -> None:
    found = assessed(None, answers={})
    states = {name: score.state for name, score in found.factors.items() if not name.startswith("A")}
    assert {*states.values()} == {State.UNKNOWN}
    assert (found.risk_class, found.is_provisional) == ("normal", True)


def test_cannot_tell_leaves_a_hit_open() -> None:
    judged = (JudgedHits("FALSE_POSITIVE", "FP04", 1), JudgedHits("CANNOT_TELL", "CT01", 1))
    found = assessed("no_full", answers=HARMLESS, judged=judged)
    assert (found.open_hits, found.is_provisional, found.factors["S2"].points) == (1, True, 15)


def test_a_person_must_say_whether_a_structure_is_complex_unless_the_result_tells_of_few_levels() -> None:
    answered = {key: value for key, value in HARMLESS.items() if key != "complex"}
    open_by_levels = {
        levels: assessed(changed("ownership.indicators", indicators), answers=answered).open_questions
        for levels, indicators in (
            (2, {"ownershipLevels": 2}),
            (3, {"ownershipLevels": 3}),
            (None, {}),
        )
    }
    assert open_by_levels == {2: (), 3: ("complex",), None: ("complex",)}


def test_the_json_has_the_shape_of_the_command() -> None:
    found = assessed("no_full", DEFAULT, answers=HARMLESS, judged=NOT_THE_SAME).as_json()
    assert [*found] == [
        "model", "class", "provisional", "points", "gates", "groups", "factors", "lists",
    ]  # fmt: skip
    assert found["model"] == {"name": "Nordic business customers - proposed default", "version": 1}
    assert {frozenset(factor) for factor in found["factors"]} == {
        frozenset({"id", "state", "value", "points", "words", "rests_on"})
    }
    assert {"name": "HIGH_RISK_THIRD", "as_of": None} in found["lists"]
    again = assessed("no_full", DEFAULT, answers=HARMLESS, judged=NOT_THE_SAME).as_json()
    assert json.dumps(found) == json.dumps(again)


def test_an_assessment_stays_when_a_new_model_has_other_numbers() -> None:
    document = filled()
    old = risk_model.read(document)
    found = assessed("no_full", old, answers=HARMLESS, judged=NOT_THE_SAME)
    before = json.dumps(found.as_json())
    document["version"] = 2
    for factor in document["factors"]:
        for key in ("unknown", "other"):
            factor.update({key: factor[key] + 7} if key in factor else {})
        if factor["id"] == "O1":
            factor["bands"][1][1] = 99
    document["groups"]["ownership"]["cap"] = 900
    document["lists"]["EEA"].clear()
    new = risk_model.read(document)
    assert (
        assessed("no_full", new, answers=HARMLESS, judged=NOT_THE_SAME).points == 99 + 15 + 7
    )  # levels, the rest, an industry in no table
    assert json.dumps(found.as_json()) == before
    assert assessed("no_full", old, answers=HARMLESS, judged=NOT_THE_SAME) == found


def test_the_shipped_document_is_read_anew_each_time() -> None:
    default("risk_model")["factors"].clear()
    assert default("risk_model")["factors"]
