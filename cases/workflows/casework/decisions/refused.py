"""Why a decision is not proposed, answered or reopened."""

from collections.abc import Sequence

from cases.assessment.objection import Objection
from cases.assessment.requirements.work_out import RequirementStatus
from cases.workflows.refusal import Refusal


class NotDecided(Refusal):
    """The person may not do this, or not now; `words` say why. Nothing was decided."""


class Refused(Exception):
    """What was filled in cannot be proposed: `objections` say why, `blocking` are requirements that an approval lacks.

    Nothing was written.
    """

    def __init__(
        self, objections: Sequence[Objection] = (), blocking: Sequence[RequirementStatus] = ()
    ) -> None:
        super().__init__("the proposal is refused")
        self.objections = tuple(objections)
        self.blocking = tuple(blocking)
