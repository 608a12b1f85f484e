"""Which gates of a model hold, and whether a structure is complex."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_gates import COMPLEX
from cases.assessment.policy.risk_terms import Condition, Gate, RiskModel
from cases.assessment.risk.assessment import Forced
from cases.assessment.risk.country_factors import countries_of, is_in
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.ownership_factors import LEVELS, indicator
from cases.findings.vocabulary.wording import Words

LEVELS_OF_A_COMPLEX_STRUCTURE = 3
YES, NO = "yes", "no"
NOT_ANSWERED, NOT_KNOWN, HITS_ARE_OPEN = _("not answered"), _("not known"), _("hits are open")


def gates(model: RiskModel, facts: Facts) -> tuple[Forced, ...]:
    """The gates that hold, in the order of the model."""
    return tuple(
        Forced(gate.id, gate.risk_class, gate.words)
        for gate in model.gates
        if HOLDS[gate.condition](model, gate, facts)
    )


def open_gates(model: RiskModel, facts: Facts) -> dict[str, Words]:
    """Of the gates that do not hold, by id, those of which it is not known that they do not, and why not."""
    held = {gate.id for gate in gates(model, facts)}
    found = {gate.id: _why_open(model, gate, facts) for gate in model.gates if gate.id not in held}
    return {name: why for name, why in found.items() if why}


def _why_open(model: RiskModel, gate: Gate, facts: Facts) -> Words:
    match gate.condition:
        case Condition.ANSWER:
            return "" if facts.answers.get(gate.names[0]) else NOT_ANSWERED
        case Condition.COMPLEX:
            return NOT_ANSWERED if is_complex_open(model, facts) else ""
        case Condition.JUDGEMENT:
            return HITS_ARE_OPEN if facts.hits_to_judge else ""
        case Condition.WARNING:
            return "" if facts.result.company.statuses else NOT_KNOWN
        case Condition.COUNTRY:
            is_filled = all(model.lists[name].countries for name in gate.names)
            return "" if is_filled and countries_of(facts.result) else NOT_KNOWN


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
