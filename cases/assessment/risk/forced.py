"""Which gates of a model hold, and whether a structure is complex."""

from collections.abc import Callable

from cases.assessment.policy.risk_gates import COMPLEX
from cases.assessment.policy.risk_terms import Condition, Gate, RiskModel
from cases.assessment.risk.assessment import Forced
from cases.assessment.risk.country_factors import countries_of, is_in
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.ownership_factors import LEVELS, indicator

LEVELS_OF_A_COMPLEX_STRUCTURE = 3
YES, NO = "yes", "no"


def gates(model: RiskModel, facts: Facts) -> tuple[Forced, ...]:
    """The gates that hold, in the order of the model."""
    return tuple(
        Forced(gate.id, gate.risk_class, gate.words)
        for gate in model.gates
        if HOLDS[gate.condition](model, gate, facts)
    )


def is_complex_open(model: RiskModel, facts: Facts) -> bool:
    """Must a person say whether the structure is complex? Not if the result tells of fewer levels."""
    if not model.asks_complex or facts.answers.get(COMPLEX) in {YES, NO}:
        return False
    levels = indicator(facts.result, LEVELS)
    return levels is None or levels >= LEVELS_OF_A_COMPLEX_STRUCTURE


def _is_judged(model: RiskModel, gate: Gate, facts: Facts) -> bool:
    return any(name in facts.judgements for name in gate.names)


def _is_answered(model: RiskModel, gate: Gate, facts: Facts) -> bool:
    question, option = gate.names
    return facts.answers.get(question) == option


def _is_country_listed(model: RiskModel, gate: Gate, facts: Facts) -> bool:
    countries = countries_of(facts.result)
    return any(
        is_in(model.lists[name], country, is_outside=False) for name in gate.names for country in countries
    )


def _is_warned(model: RiskModel, gate: Gate, facts: Facts) -> bool:
    return any(caution.code in gate.names for caution in facts.result.warnings)


def _is_complex(model: RiskModel, gate: Gate, facts: Facts) -> bool:
    return facts.answers.get(COMPLEX) == YES


HOLDS: dict[Condition, Callable[[RiskModel, Gate, Facts], bool]] = {
    Condition.JUDGEMENT: _is_judged,
    Condition.ANSWER: _is_answered,
    Condition.COUNTRY: _is_country_listed,
    Condition.WARNING: _is_warned,
    Condition.COMPLEX: _is_complex,
}
