"""Move a case on, as its decision has it."""

from django.utils import timezone

from cases.models import Case, CaseState


def move(case: Case, state: CaseState) -> None:
    """Move a locked case to another state, and save that. Raises IllegalMove."""
    case.move_to(state)
    case.updated_at = timezone.now()
    # A decided case keeps the model of its decision and has conditions; one that is reopened has neither any more.
    case.assess_at = case.updated_at
    case.save(update_fields=(*Case.MOVED, "assess_at"))
