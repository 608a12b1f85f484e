"""Factors that people answer or judge."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.assessment.policy.risk_factors import Factor
from cases.assessment.risk.assessment import Score, State
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.known import known, unknown
from cases.findings.screening.chapter import Screening
from cases.findings.vocabulary.sections import SCREENING
from cases.provider.result.wire import SanctionStatus

# What a screening says that lists its hits, if anything.
LISTS_HITS = {"", SanctionStatus.SANCTION}


def of_answer(factor: Factor, facts: Facts) -> Score:
    """Score an answer; one that is no option of the model is none."""
    answer = facts.answers.get(factor.id)
    if answer is None or answer not in factor.scores:
        return Score(State.UNANSWERED, words=_("Not answered."))
    return known(answer, factor.scores[answer], answer)


def of_judgements(factor: Factor, facts: Facts) -> Score:
    """Score what hits were judged to be, each verdict once, however many hits got it."""
    judgements = facts.judgements
    points = sum(factor.scores.get(judged, 0) for judged in judgements)
    value = ", ".join(f"{judged}: {judgements[judged]}" for judged in sorted(judgements))
    if facts.hits_to_judge:
        words = ngettext_lazy("%(hits)d hit is open.", "%(hits)d hits are open.", "hits")
        return Score(
            State.UNANSWERED, value or None, points, words % {"hits": facts.hits_to_judge}, (SCREENING,)
        )
    if not _is_told(facts.result.screening):
        return unknown(factor, SCREENING, found=points)
    return known(value or "no", points, value or _("No hits."), SCREENING)


def _is_told(screening: Screening) -> bool:
    """Is it known which hits there are? A screening that failed, contradicts itself or came empty does not tell."""
    if screening.is_clear:
        return screening.came
    is_reliable = screening.came and screening.is_whole and not screening.not_renewed
    return is_reliable and bool(screening.hits) and screening.said in LISTS_HITS
