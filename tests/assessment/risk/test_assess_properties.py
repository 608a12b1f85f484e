"""What holds of every assessment, whatever came, was answered and was judged."""

import copy
import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.risk.assess import assess
from cases.assessment.risk.assessment import Assessment, State
from cases.assessment.risk.facts import Facts, JudgedHits
from tests.assessment.risk.assessing import DEFAULT, FILLED, HARMLESS, TODAY, plain
from tests.findings.documents import spoiled
from tests.findings.reading import NAMES, payload, result

OPTIONS = {
    **FILLED.questions,
    "complex": ("yes", "no"),
    "CDD": ("impossible",),
    "listed": ("EEA regulated market",),
}
answers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(words) for name, words in OPTIONS.items()}
)
verdicts = st.sampled_from(
    [("TRUE_MATCH", "TM01"), ("TRUE_MATCH", "TM04"), ("FALSE_POSITIVE", "FP04"), ("CANNOT_TELL", "CT01")]
)
judged = st.lists(
    st.builds(lambda word, count: JudgedHits(*word, count), verdicts, st.integers(0, 3)), max_size=3
)
documents = st.sampled_from([plain(), *map(payload, NAMES)])
models = st.sampled_from([DEFAULT, FILLED])


def facts(document: Any, **more: Any) -> Facts:
    return Facts(result(document), TODAY, **more)


def holds(found: Assessment) -> None:
    """The sums are the sums, and the class is what they and the gates make it."""
    for name, group in found.groups.items():
        of_group = [found.factors[factor.id].points for factor in FILLED.factors if factor.group == name]
        assert group.sum == sum(of_group)
        assert group.points == min(group.sum, group.cap)
    assert found.points == sum(group.points for group in found.groups.values())
    assert all(found.risk_class.rank >= gate.risk_class.rank for gate in found.gates)
    assert (found.risk_class is RiskClass.PROHIBITED) == any(
        gate.risk_class is RiskClass.PROHIBITED for gate in found.gates
    )
    if found.risk_class is RiskClass.LOW:
        assert not found.is_provisional
        assert State.UNKNOWN not in {score.state for score in found.factors.values()}


@settings(max_examples=150, deadline=None)
@given(document=spoiled(), answers=answers, judged=judged, model=models)
def test_points_are_the_sum_of_the_capped_groups_whatever_came(
    document: Any, answers: dict[str, str], judged: list[JudgedHits], model: Any
) -> None:
    holds(assess(model, facts(document, answers=answers, judged=tuple(judged))))


@settings(max_examples=150, deadline=None)
@given(document=documents, answers=answers, judged=judged, order=st.randoms(use_true_random=False))
def test_the_order_of_factors_does_not_matter(
    document: Any, answers: dict[str, str], judged: list[JudgedHits], order: Any
) -> None:
    shuffled = [*FILLED.factors]
    order.shuffle(shuffled)
    of_case = facts(document, answers=answers, judged=tuple(judged))
    one, other = assess(FILLED, of_case), assess(replace(FILLED, factors=tuple(shuffled)), of_case)
    assert (one.risk_class, one.points, one.groups) == (other.risk_class, other.points, other.groups)
    assert dict(one.factors) == dict(other.factors)
    assert json.dumps(one.as_json()) == json.dumps(assess(FILLED, of_case).as_json())


CHAPTERS = ("keyInformation", "address", "financials", "ownership", "roles", "sanction")
IN_CHAPTERS = [
    (chapter, name)
    for chapter in CHAPTERS
    for name in plain()[chapter]
    # Without one of these the result tells as much as before: of two addresses, or of accounts or key figures.
    if name
    not in {"visitingAddress", "postalAddress", "metadata", "message", "name", "accountant", "subsidiaries"}
]


@settings(max_examples=200, deadline=None)
@given(
    base=st.sampled_from([HARMLESS, {**HARMLESS, "listed": "EEA regulated market"}]),
    form=st.sampled_from(["LIMITED_COMPANY", "MUNICIPALITY"]),
    out=st.lists(st.sampled_from([*CHAPTERS, *IN_CHAPTERS, *HARMLESS]), min_size=1, max_size=4),
    worse=st.dictionaries(
        st.sampled_from(["A1", "A3", "A7"]), st.sampled_from(["yes", "does not fit", "serious"])
    ),
)
def test_what_is_not_known_never_makes_low(
    base: dict[str, str], form: str, out: list[Any], worse: dict[str, str]
) -> None:
    document = plain()
    document["keyInformation"]["organizationType"] = form
    before = assess(FILLED, facts(document, answers={**base, **worse}))
    less, answered = copy.deepcopy(document), {**base, **worse}
    for gone in out:
        if isinstance(gone, tuple):
            less.get(gone[0], {}).pop(gone[1], None)
        else:
            less.pop(gone, None)
            answered.pop(gone, None)
    after = assess(FILLED, facts(less, answers=answered))
    holds(after)
    assert before.risk_class is RiskClass.LOW or after.risk_class is not RiskClass.LOW
