"""The risk class of a case, worked out from what its captures mean now."""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.assessment.policy.risk_terms import RiskModel
from cases.assessment.risk.assess import assess
from cases.assessment.risk.assessment import Assessment
from cases.assessment.risk.facts import Facts, JudgedHits
from cases.models import PolicyKind, RiskAnswers
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.judged_hits import HitJudgements
from cases.workflows.policy import versions
from cases.workflows.refusal import Refusal


class CannotAssess(Refusal):
    """What is read of the case says nothing of its risk; `words` say why, in sentences."""


def model_in_force() -> RiskModel:
    """The risk model by which cases are assessed now. Raises versions.NothingInForce."""
    return versions.risk_model_of(versions.in_force(PolicyKind.RISK_MODEL))


def of_reading(
    reading: CaptureReading, answered: RiskAnswers | None, model: RiskModel, today: datetime.date
) -> Assessment:
    """Work out the class from a capture that is read, its judged hits and the answers. Raises CannotAssess."""
    if reading.is_about_another:
        raise CannotAssess(_("The result is about another organisation."))
    if reading.spoiled:
        raise CannotAssess(reading.spoiled)
    given = answered.answers if answered else {}
    judged = tuple(_judged(reading.judged))
    return assess(model, Facts(reading.result, today, answers=given, judged=judged))


def _judged(judgements: HitJudgements) -> Iterator[JudgedHits]:
    """Count the hits whose judgement stands, by verdict and reason; all others are open."""
    counted = Counter(
        (judged.judgement.verdict, judged.judgement.reasons[0])
        for judged in judgements.by_fingerprint.values()
        if judged.stands
    )
    for (verdict, reason), count in sorted(counted.items()):
        yield JudgedHits(verdict, reason, count)
