"""Work out the risk class of a case, with the overrides that people made of it."""

import datetime

from django.utils.translation import gettext as _

from cases.assessment.policy.risk_terms import RiskModel
from cases.models import Case, PolicyKind, PolicyVersion, RiskAnswers, RiskOverride
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.risk_in_force import CaseRisk, RiskInForce
from cases.workflows.casework import answers_given, risk
from cases.workflows.casework.decisions import proposals
from cases.workflows.policy import versions
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


def of_case(case: Case, model: RiskModel, today: datetime.date) -> RiskInForce:
    """Work out the class of a case by a model, and which one counts. Raises risk.CannotAssess."""
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    return of_reading(case, reading, answers_given.newest(case), model, today)


def version_of(case: Case) -> PolicyVersion | None:
    """The risk model of a case: the one in force, or that of the decision which closed it; None if there is none."""
    if case.is_decided:
        made = proposals.made_of(case)
        return made.risk_model if made else None
    return PolicyVersion.objects.in_force(PolicyKind.RISK_MODEL)


def model_of(case: Case) -> RiskModel:
    """The same, read. Raises versions.NothingInForce."""
    version = version_of(case)
    if version is None:
        raise versions.NothingInForce(PolicyKind.RISK_MODEL)
    return versions.risk_model_of(version)


def case_risk(case: Case, reading: CaptureReading, today: datetime.date) -> CaseRisk:
    """The class of a case by its model, from a capture that is read; why there is none, if none is."""
    version, answered = version_of(case), answers_given.newest(case)
    if version is None:
        words = _("No risk model is in force. Whoever runs the portal must run migrate.")
        return CaseRisk(None, None, answered, None, words)
    model = versions.risk_model_of(version)
    try:
        present = of_reading(case, reading, answered, model, today)
    except risk.CannotAssess as problem:
        return CaseRisk(version, model, answered, None, problem.words)
    return CaseRisk(version, model, answered, present)


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
