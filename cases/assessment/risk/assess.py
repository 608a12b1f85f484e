"""Works out the risk assessment of a case."""

from collections.abc import Callable, Mapping

from cases.assessment.policy.risk_factors import Factor, Test
from cases.assessment.policy.risk_gates import COMPLEX
from cases.assessment.policy.risk_terms import RiskClass, RiskModel
from cases.assessment.risk import earned, forced
from cases.assessment.risk.asked_factors import of_answer, of_judgements
from cases.assessment.risk.assessment import Assessment, GroupScore, Score, State
from cases.assessment.risk.company_factors import (
    of_age,
    of_auditor,
    of_form,
    of_idle,
    of_industry,
    of_no_accounts,
)
from cases.assessment.risk.country_factors import of_countries
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.ownership_factors import (
    of_indicator,
    of_no_beneficial,
    of_organisations,
    of_reasons,
    of_roles,
    of_unexplained,
)
from cases.assessment.risk.warning_factors import of_warnings

SCORED: dict[Test, Callable[[Factor, Facts], Score]] = {
    Test.TABLE: of_form,
    Test.PREFIX: of_industry,
    Test.YEARS: of_age,
    Test.WARNING: of_warnings,
    Test.WARNING_LEVEL: of_warnings,
    Test.IDLE: of_idle,
    Test.AUDITOR: of_auditor,
    Test.NO_ACCOUNTS: of_no_accounts,
    Test.INDICATOR: of_indicator,
    Test.NUMBER: of_unexplained,
    Test.NO_BENEFICIAL: of_no_beneficial,
    Test.BENEFICIAL_REASON: of_reasons,
    Test.ORG_HOLDER: of_organisations,
    Test.ROLE_ORG: of_roles,
    Test.JUDGEMENTS: of_judgements,
    Test.ANSWER: of_answer,
}


def assess(model: RiskModel, facts: Facts) -> Assessment:
    """Work out the class of a case by a model, with everything that it came from."""
    scores = {factor.id: _score(model, factor, facts) for factor in model.factors}
    groups = _groups(model, scores)
    points = sum(group.points for group in groups.values())
    gates = forced.gates(model, facts)
    questions = _open_questions(model, facts, scores)
    refused = tuple(earned.refusals(model, facts, scores, points, bool(questions)))
    too_little = earned.is_too_little_known(model, scores)
    if too_little:
        refused = (*refused, model.knowledge.words)
    by_points = _by_points(model, points) if refused else RiskClass.LOW
    floors = [gate.risk_class for gate in gates] + ([model.knowledge.floor] if too_little else [])
    return Assessment(
        model_name=model.name,
        model_version=model.version,
        risk_class=max((by_points, *floors), key=lambda found: found.rank),
        points=points,
        gates=gates,
        groups=groups,
        factors=scores,
        lists=tuple(model.lists.values()),
        open_questions=questions,
        open_hits=facts.hits_to_judge,
        low_reasons=earned.reasons(model, facts),
        low_refused=refused,
        open_gates=forced.open_gates(model, facts),
    )


def _score(model: RiskModel, factor: Factor, facts: Facts) -> Score:
    if factor.test is Test.COUNTRIES:
        return of_countries(model.lists, factor, facts)
    return SCORED[factor.test](factor, facts)


def _groups(model: RiskModel, scores: Mapping[str, Score]) -> dict[str, GroupScore]:
    """Add up the points of each group, and cap them."""
    found: dict[str, GroupScore] = {}
    for group in model.groups:
        total = sum(scores[factor.id].points for factor in model.factors if factor.group == group.id)
        found[group.id] = GroupScore(group.title, min(total, group.cap), group.cap, total)
    return found


def _open_questions(model: RiskModel, facts: Facts, scores: Mapping[str, Score]) -> tuple[str, ...]:
    """The required questions that nobody answered."""
    required = [factor.id for factor in model.factors if factor.test is Test.ANSWER and factor.required]
    found = [name for name in required if scores[name].state is State.UNANSWERED]
    return (*found, *([COMPLEX] if forced.is_complex_open(model, facts) else []))


def _by_points(model: RiskModel, points: int) -> RiskClass:
    return next(band.risk_class for band in model.bands if band.to is None or points <= band.to)
