"""The risk class of a case, worked out from what its captures mean now."""

import datetime

from cases.assessment.policy.risk_terms import RiskModel
from cases.assessment.risk.assess import assess
from cases.assessment.risk.assessment import Assessment
from cases.assessment.risk.facts import Facts
from cases.models import Case
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


class AboutAnother(Exception):
    """The result that is read is about another organisation: it says nothing of the risk of the case."""


def assessed(case: Case, model: RiskModel, today: datetime.date) -> Assessment:
    """Work out the class by a model. Answers and judgements are not kept yet: what they would tell is open.

    Raises AboutAnother.
    """
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    if reading.is_about_another:
        raise AboutAnother
    return assess(model, Facts(reading.result, today))
