"""Move a case on, as its decision has it."""

from django.utils import timezone

from cases.models import Case, CaseState


def move(case: Case, state: CaseState) -> None:
    """Move a locked case to another state, and save that. Raises IllegalMove."""
    case.move_to(state)
    case.updated_at = timezone.now()
    case.save(update_fields=Case.MOVED)
