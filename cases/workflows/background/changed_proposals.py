"""Holds proposals against what is so now, when a capture came, a day passed or policy was put in force."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.models import CaseState, Decision, PolicyVersion, SecondState
from cases.workflows import heartbeat
from cases.workflows.casework.decisions import voiding
from cases.workflows.locks.open_case import CaseIsClosed, locked_open


def is_due() -> bool:
    """Is there a proposal that was not held against what is so now?"""
    return _due().exists()


def do(beats: heartbeat.Beats) -> bool:
    """Hold one proposal against what is so; False if none is due."""
    beats.beat()
    row = _due().select_related("case").order_by("held_at", "pk").first()
    if row is None:
        return False
    began = timezone.now()
    try:
        with suppress(CaseIsClosed), transaction.atomic():
            voiding.void_if_changed(locked_open(row.case), None)
    finally:
        # Whatever became of it, others have their turn before it is held again; what changes from now on is seen then.
        Decision.objects.filter(pk=row.pk, ending="").update(held_at=began)
    return True


def _due() -> QuerySet[Decision]:
    """The proposals that wait, and were held before the case changed, a result came, this day, or policy in force."""
    day_began = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    newer = PolicyVersion.objects.filter(activated_at__gt=OuterRef("held_at"))
    waiting = Decision.objects.filter(
        second_state=SecondState.AWAITED, ending="", case__state=CaseState.PROPOSED
    )
    return waiting.filter(
        Q(case__updated_at__gt=F("held_at"))
        | Q(case__result_at__gt=F("held_at"))
        | Q(held_at__lt=day_began)
        | Exists(newer)
    )
