"""Work out the risk class of a case, with the overrides that people made of it."""

import datetime

from cases.assessment.policy.risk_terms import RiskModel
from cases.models import Case, RiskAnswers, RiskOverride
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.risk_in_force import RiskInForce
from cases.workflows.casework import answers, risk
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


def of_case(case: Case, model: RiskModel, today: datetime.date) -> RiskInForce:
    """Work out the class of a case by a model, and which one counts. Raises risk.CannotAssess."""
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    return of_reading(case, reading, answers.newest(case), model, today)


def of_reading(
    case: Case,
    reading: CaptureReading,
    answered: RiskAnswers | None,
    model: RiskModel,
    today: datetime.date,
) -> RiskInForce:
    """The same from a capture that is read, and the answers of the case. Raises risk.CannotAssess."""
    found = risk.of_reading(reading, answered, model, today)
    return RiskInForce(found, tuple(overrides_of(case)), today)


def overrides_of(case: Case) -> list[RiskOverride]:
    """The overrides of a case, the newest first, with who made and answered them."""
    return list(RiskOverride.objects.filter(case=case).select_related("by", "second_by").order_by("-number"))
