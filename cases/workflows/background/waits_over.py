"""Goes on with cases that wait for information, on their day."""

from contextlib import suppress

from django.utils import timezone

from cases.models import Case
from cases.models.casework.case import CaseQuerySet
from cases.workflows import heartbeat
from cases.workflows.casework import waiting
from cases.workflows.locks.open_case import CaseIsClosed


def is_due() -> bool:
    """Has the day come on which any case goes on?"""
    return _due().exists()


def do(beats: heartbeat.Beats) -> bool:
    """Go on with one case; False if none is due."""
    beats.beat()
    case = _due().first()
    if case is None:
        return False
    with suppress(CaseIsClosed):
        waiting.go_on_by_itself(case)
    return True


def _due() -> CaseQuerySet:
    """The cases whose day has come, the earliest first."""
    return Case.objects.waiting().filter(waits_until__lte=timezone.localdate()).order_by("waits_until", "pk")
