"""What a list says of the risk class of a case: which it is, whether it may still change, and whether it is of now."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_terms import RiskClass
from cases.findings.vocabulary.wording import Words
from cases.models import Case

# How many of three bars stand for a class; a sign beside the word, and never instead of it.
BARS: dict[str, int] = {
    RiskClass.LOW: 1,
    RiskClass.NORMAL: 2,
    RiskClass.HIGH: 3,
    RiskClass.PROHIBITED: 3,
}
NOT_YET = _("not worked out yet")
BEING_WORKED_OUT = _("being renewed")
BY_MODEL_BEFORE = _("by the model before")


@dataclass(frozen=True)
class KeptRisk:
    """The class of a case in a list. `key`: of the class, '' if it is not known; `aside`: why it may not be so now."""

    key: str
    words: Words
    is_provisional: bool = False
    aside: Words = ""

    @property
    def bars(self) -> int:
        return BARS.get(self.key, 0)

    @property
    def is_of_now(self) -> bool:
        return not self.aside


def of_case(case: Case, model: int | None, now: datetime.datetime) -> KeptRisk:
    """What is said of a case. `model` is the key of the risk model in force, None if none is."""
    aside: Words = ""
    if not case.is_assessed(now):
        aside = BEING_WORKED_OUT
    elif case.risk_model_id != model and not case.is_decided:
        aside = BY_MODEL_BEFORE
    if not case.risk_class:
        return KeptRisk("", NOT_YET if aside else case.get_risk_class_display())
    return KeptRisk(case.risk_class, case.get_risk_class_display(), case.risk_is_provisional, aside)
