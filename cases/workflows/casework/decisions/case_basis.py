"""What a decision of a case would rest on now, and what stands in its way."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.assessment.decision.basis import Basis
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.work_out import RequirementStatus
from cases.models import AmlSession, Case, Decision
from cases.presentation import decision_basis
from cases.presentation.capture_reading import CaptureReading, is_waiting
from cases.presentation.case_owners import CaseOwners
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk
from cases.workflows.casework import risk_in_force
from cases.workflows.casework.decisions import proposals
from cases.workflows.casework.owners import case_owners
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


@dataclass(frozen=True)
class CaseBasis:
    """Everything of a case that a decision rests on, as it is read and worked out on one day."""

    case: Case
    sessions: Sequence[AmlSession]
    reading: CaptureReading
    owners: CaseOwners
    risk: CaseRisk
    requirements: CaseRequirements
    today: datetime.date

    @cached_property
    def of_approval(self) -> Basis:
        """What an approval would rest on."""
        return self._basis(is_approval=True)

    def to_propose(self, *, is_approval: bool) -> Basis:
        """What a decision would rest on that is proposed now."""
        return self.of_approval if is_approval else self._basis(is_approval=False)

    def of(self, row: Decision) -> Basis:
        """What a decision that was proposed rests on now."""
        return self._basis(is_approval=row.is_approval, proposed=proposals.basis_of(row))

    @property
    def is_out_of_reach(self) -> bool:
        """Can what was captured not be read just now, so that nothing is known of it?"""
        return self.reading.out_of_reach

    @property
    def is_stuck(self) -> bool:
        """Does an order wait for a person, who must say what becomes of it?"""
        return any(session.is_stuck for session in self.sessions)

    @property
    def is_awaited(self) -> bool:
        """Is a result ordered that is still to come?"""
        return any(is_waiting(session) for session in self.sessions)

    @property
    def blocking(self) -> list[RequirementStatus]:
        """The requirements that an approval waits for."""
        return decision_basis.blocking(self.requirements)

    @property
    def risk_class(self) -> RiskClass | None:
        """The class that counts; None if none can be worked out."""
        return self.risk.present.risk_class if self.risk.present else None

    @property
    def review_months(self) -> int | None:
        """After how many months a customer of this class is reviewed; None where it is not known."""
        model, found = self.risk.model, self.risk_class
        return model.review_months.get(found) if model and found else None

    @property
    def superior_because(self) -> str:
        """Why a superior must countersign an approval; '' if none must."""
        return "; ".join(decision_basis.superior_because(self.requirements.statuses))

    def _basis(self, *, is_approval: bool, proposed: Basis | None = None) -> Basis:
        return decision_basis.basis_of(
            self.case,
            self.reading,
            self.owners,
            self.risk,
            self.requirements,
            today=self.today,
            is_approval=is_approval,
            proposed=proposed,
        )


def of_case(case: Case, today: datetime.date) -> CaseBasis:
    """What a decision of a case would rest on. Raises versions.NothingInForce if no requirement set is in force."""
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    risk = risk_in_force.case_risk(case, reading, today)
    owners = case_owners.of_reading(case, reading, today)
    requirements = requirement_status.of_reading(case, reading, sessions, today, risk=risk, owners=owners)
    return CaseBasis(
        case=case,
        sessions=sessions,
        reading=reading,
        owners=owners,
        risk=risk,
        requirements=requirements,
        today=today,
    )
