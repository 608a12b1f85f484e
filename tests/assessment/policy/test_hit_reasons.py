"""What the hit reasons may say, and how a document that says something else is refused."""

import copy
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy import hit_reasons
from cases.assessment.policy.defaults import default
from cases.assessment.policy.hit_reason_terms import HitVerdict, SecondIf, Weight
from cases.assessment.policy.problems import PolicyRefused
from cases.findings.identity.verdict import Verdict as Line

DOCUMENT = default("hit_reasons")
PLACES = {reason["code"]: place for place, reason in enumerate(DOCUMENT["reasons"])}
Change = Callable[[dict[str, Any]], Any]
MONTHS = 12


def put(*way: Any, to: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] = to

    return change


def of(code: str, *way: Any, to: Any) -> Change:
    return put("reasons", PLACES[code], *way, to=to)


def places(change: Change) -> list[str]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(PolicyRefused) as refused:
        hit_reasons.read(document)
    assert all(str(problem.words).endswith(".") for problem in refused.value.problems)
    return [problem.place for problem in refused.value.problems]


def test_the_default_is_read_as_it_is_meant() -> None:
    policy = hit_reasons.read(DOCUMENT)
    assert policy.reasons["FP01"].lines == {"born": frozenset({Line.DIFFERENT})}
    assert policy.reasons["FP11"].lines == {"name": frozenset({Line.NEAR, Line.DIFFERENT})}
    assert (policy.reasons["FP04"].is_alone, policy.reasons["FP09"].has_attachment) == (False, True)
    assert policy.reasons["FP12"].or_stated
    assert "FP90" not in {reason.code for reason in policy.of(HitVerdict.FALSE_POSITIVE)}
    assert policy.weights["name"] is Weight.SUPPORTING
    assert policy.expires_months[HitVerdict.NOT_APPLICABLE] == MONTHS
    assert policy.second.conditions == {*SecondIf}
    assert (policy.second.match_at_least, policy.second.sample_percent, policy.most_at_once) == (300, 5, 50)


REFUSED: list[tuple[Change, str]] = [
    (put("format", to="hit-reasons/2"), "format"),
    (put("surprise", to=1), "surprise"),
    (put("attributes", "shoes", to={"weight": "decisive"}), "attributes.shoes"),
    (put("attributes", "born", to={"weight": "heavy"}), "attributes.born.weight"),
    (put("verdicts", "TRUE_MATCH", "counts_as", to="cleared"), "verdicts.TRUE_MATCH.counts_as"),
    (put("verdicts", "NOT_APPLICABLE", "expires_months", to=0), "verdicts.NOT_APPLICABLE.expires_months"),
    (put("reasons", to=[]), "reasons"),
    (of("FP02", "code", to="FP01"), f"reasons[{PLACES['FP02']}].code"),
    (of("FP01", "code", to="F1"), f"reasons[{PLACES['FP01']}].code"),
    (of("FP01", "verdict", to="MAYBE"), f"reasons[{PLACES['FP01']}].verdict"),
    (of("FP01", "requires", to={"shoes": "DIFFERENT"}), f"reasons[{PLACES['FP01']}].requires.shoes"),
    (of("FP01", "requires", to={"born": "UNLIKE"}), f"reasons[{PLACES['FP01']}].requires.born"),
    (of("FP04", "requires", to={}), f"reasons[{PLACES['FP04']}].requires"),
    (of("FP01", "refused_if", to={"born": ["DIFFERENT"]}), f"reasons[{PLACES['FP01']}].refused_if"),
    (of("FP04", "with", to=["FP77"]), f"reasons[{PLACES['FP04']}].with"),
    (of("FP04", "with", to=["TM01"]), f"reasons[{PLACES['FP04']}].with"),
    (of("FP04", "with", to=[]), f"reasons[{PLACES['FP04']}].with"),
    (of("FP07", "requires", to={"stated": "a feeling"}), f"reasons[{PLACES['FP07']}].requires.stated"),
    (put("second_person", "always", to=["TRUE_MATCH"]), "second_person.always"),
    (put("second_person", "FALSE_POSITIVE", "or", to=["never"]), "second_person.FALSE_POSITIVE.or"),
    (
        put("second_person", "FALSE_POSITIVE", "match_at_least", to=501),
        "second_person.FALSE_POSITIVE.match_at_least",
    ),
    (put("defaults", "preselected_verdict", to="FALSE_POSITIVE"), "defaults"),
    (put("defaults", "confirming_one_settles_others", to=True), "defaults"),
]


def test_what_cannot_be_used_is_refused_at_its_place() -> None:
    wrong = [(place, found) for change, place in REFUSED if place not in (found := places(change))]
    assert wrong == []


def test_what_is_no_object_is_refused() -> None:
    for document in (None, [], "", 7, {}):
        with pytest.raises(PolicyRefused):
            hit_reasons.read(document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([*DOCUMENT]), JSON)
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_an_element_it_is_read_or_refused(element: str, value: object) -> None:
    with suppress(PolicyRefused):
        hit_reasons.read({**DOCUMENT, element: value})
