"""What people did some days ago, done now: the workflows take no day of the past, and chains tell when a step was."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cases.models import AuditEvent
from cases.models.casework.case import CaseQuerySet


@contextmanager
def earlier(days: float) -> Iterator[None]:
    """Let the clock of this process, which seeds and does nothing else, be so many days behind in the block."""
    now = timezone.now
    at = now() - datetime.timedelta(days=days)
    setattr(timezone, "now", lambda: at)  # noqa: B010 - what a type checker would rightly refuse
    try:
        yield
    finally:
        setattr(timezone, "now", now)  # noqa: B010


def quiet_for(cases: CaseQuerySet, days: float) -> CaseQuerySet:
    """The cases of which nothing is told since so many days: time runs forwards in their chains."""
    since = timezone.now() - datetime.timedelta(days=days)
    return cases.filter(~Exists(AuditEvent.objects.filter(chain__case=OuterRef("pk"), at__gte=since)))
