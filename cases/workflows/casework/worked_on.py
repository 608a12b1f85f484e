"""What follows whenever somebody worked on a case: it changed, so does its class, and a proposal may be void."""

from django.utils import timezone

from cases.models import Case, User
from cases.workflows.casework import assessed_columns
from cases.workflows.casework.decisions import voiding


def worked_on(case: Case, actor: User) -> None:
    """Say that a case changed, work out how it is assessed, and hold a proposal against what is so now.

    Last in the transaction of the work.
    """
    Case.objects.filter(pk=case.pk).update(updated_at=timezone.now())
    assessed_columns.keep(case)
    voiding.void_if_changed(case, actor)
