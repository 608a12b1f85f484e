"""The risk class of a case, worked out from what its captures mean now."""

import datetime

from django.utils.translation import gettext as _

from cases.assessment.policy.risk_terms import RiskModel
from cases.assessment.risk.assess import assess
from cases.assessment.risk.assessment import Assessment
from cases.assessment.risk.facts import Facts
from cases.findings.vocabulary.wording import Words
from cases.models import Case
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


class CannotAssess(Exception):
    """What is read of the case says nothing of its risk; `words` say why, in sentences."""

    def __init__(self, words: Words) -> None:
        super().__init__("the case cannot be assessed")
        self.words = words


def assessed(case: Case, model: RiskModel, today: datetime.date) -> Assessment:
    """Work out the class by a model. Answers and judgements are not kept yet: what they would tell is open.

    Raises CannotAssess if the result is about another organisation, or a stored file is not to be read.
    """
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    if reading.is_about_another:
        raise CannotAssess(_("The result is about another organisation."))
    if reading.spoiled:
        raise CannotAssess(reading.spoiled)
    return assess(model, Facts(reading.result, today))
