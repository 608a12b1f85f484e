"""What gives rise to considering a suspicion in a case, and whether it was considered, for suspicion officers alone."""

from collections.abc import Sequence

from cases.assessment.requirements.found import Found
from cases.assessment.requirements.suspicion_triggers import Considered, Trigger, of_suspicion, triggers
from cases.assessment.searches.terms import SearchTopic
from cases.models import Decision, SuspicionConclusion, SuspicionNote
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk


def met(
    reading: CaptureReading, risk: CaseRisk, requirements: CaseRequirements, decision: Decision | None
) -> tuple[Trigger, ...]:
    """The triggers that are met; `decision`: the one that was made, if any."""
    return triggers(
        reading.result.screening.confirmed if reading.is_usable else (),
        risk.present.found if risk.present else None,
        requirements.coverage_of(SearchTopic.SANCTIONS),
        decision.reason if decision else "",
        decision.number if decision else 0,
    )


def found(
    triggers_met: Sequence[Trigger], notes: Sequence[SuspicionNote], requirements: CaseRequirements
) -> Found:
    """How the consideration stands; `notes`: the newest first."""
    considered = [
        Considered(note.by.name, frozenset(note.triggers), note.conclusion != SuspicionConclusion.LOOKED_INTO)
        for note in notes
    ]
    return of_suspicion(triggers_met, considered, requirements.statuses)
