"""Whether 'low' is earned, and if not, why."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import Judged
from cases.assessment.policy.risk_terms import LowReason, LowTest, Need, RiskModel
from cases.assessment.risk.assessment import Score, State
from cases.assessment.risk.country_factors import countries_of
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.known import form_of, is_older, registered_on
from cases.findings.vocabulary.countries import alpha_2
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words

AGAINST = frozenset({Topic.IDENTITY, Topic.OWNERS})


def reasons(model: RiskModel, facts: Facts) -> tuple[str, ...]:
    """The ids of the reasons for 'low' that hold."""
    return tuple(reason.id for reason in model.low.one_of if _holds(reason, facts))


def _holds(reason: LowReason, facts: Facts) -> bool:
    match reason.test:
        case LowTest.FORM:
            return form_of(facts.result) in reason.forms
        case LowTest.ANSWER:
            return facts.answers.get(reason.question) == reason.value
        case LowTest.PLAIN_OLD:
            return _is_plain_and_old(facts, reason.years)


def _is_plain_and_old(facts: Facts, years: int) -> bool:
    """Is it old, of one country with its owners, who are named, and is there no warning of it or of them?"""
    result, day = facts.result, registered_on(facts.result)
    own = alpha_2(result.company.country.raw) if result.company.country else None
    is_domestic = own is not None and {*countries_of(result)} == {own}
    is_warned = any(caution.is_alarm or caution.topic in AGAINST for caution in result.warnings)
    is_old = day is not None and is_older(day, years, facts.today)
    return is_old and is_domestic and bool(result.ownership.beneficial_owners) and not is_warned


def refusals(
    model: RiskModel, facts: Facts, scores: Mapping[str, Score], points: int, is_question_open: bool
) -> Iterator[Words]:
    """Say what keeps the class from being 'low'; what nobody answered or judged always does."""
    if points > model.low.max_points:
        yield _("More than %(most)d points.") % {"most": model.low.max_points}
    if not reasons(model, facts):
        yield _("No reason for low risk holds.")
    if is_question_open or any(score.state is State.UNANSWERED for score in scores.values()):
        yield _("A question is not answered, or a hit is open.")
    elif facts.hits_to_judge:
        yield _("A hit is open.")
    if Need.CLEARED in model.low.needs and not _is_cleared(facts):
        yield _("The screening is not clear, and not every hit was judged not the same.")
    if any(scores[factor.id].state is State.UNKNOWN for factor in model.factors if factor.is_of_the_result):
        yield _("A factor that is read from the result is not known.")


def _is_cleared(facts: Facts) -> bool:
    screening = facts.result.screening
    if screening.is_clear:
        return not facts.judgements.keys() - {Judged.FALSE_POSITIVE}
    are_false = bool(screening.hits) and facts.judgements.keys() == {Judged.FALSE_POSITIVE}
    return are_false and not facts.hits_to_judge and screening.is_whole and screening.came


def is_too_little_known(model: RiskModel, scores: Mapping[str, Score]) -> bool:
    """Is a smaller share of the factors that apply known than the model asks for?"""
    states = [score.state for score in scores.values() if score.state is not State.NOT_APPLICABLE]
    return states.count(State.KNOWN) < model.knowledge.below * max(len(states), 1)
