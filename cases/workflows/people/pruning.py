"""What signing in leaves behind, and when it is removed."""

import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

KEEP_SIGN_INS = datetime.timedelta(days=90)
BATCH = 1000  # rows of one statement: nobody waits for the database meanwhile


def prune() -> int:
    """Remove what nobody needs any more: rows of sessions that ended, failures that count no more, and, after 90 days,
    who signed in from where. Gives the number of rows."""
    return sum(_remove(rows) for rows in left(timezone.now()))


def left(now: datetime.datetime) -> list[QuerySet]:
    """Rows that may go, by table."""
    cool_off = get_cool_off() or KEEP_SIGN_INS
    return [
        Session.objects.filter(expire_date__lt=now),
        AccessAttempt.objects.filter(attempt_time__lt=now - cool_off),
        AccessLog.objects.filter(attempt_time__lt=now - KEEP_SIGN_INS),
    ]


def _remove(rows: QuerySet) -> int:
    removed = 0
    while batch := list(rows.order_by().values_list("pk", flat=True)[:BATCH]):
        removed += rows.model._default_manager.filter(pk__in=batch).delete()[0]
    return removed
