"""What follows whenever somebody worked on a case: it is changed, and a proposal that rests on it may be void."""

from django.utils import timezone

from cases.models import Case, User
from cases.workflows.casework.decisions import voiding


def worked_on(case: Case, actor: User) -> None:
    """Say that a case changed, and hold a proposal against what is so now. Last in the transaction of the work."""
    Case.objects.filter(pk=case.pk).update(updated_at=timezone.now())
    voiding.void_if_changed(case, actor)
