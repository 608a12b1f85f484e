"""Opens hits again on the day their judgement expires: lists and verdicts say so, and the trail tells it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cases.models import Case, Judgement
from cases.presentation.capture_reading import CaptureReading
from cases.workflows import heartbeat
from cases.workflows.casework.judging.as_read import derive_columns, screened_by
from cases.workflows.locks.open_case import CaseIsClosed, locked_open
from cases.workflows.results import reopened_hits
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


def is_due() -> bool:
    """Has any judgement expired of which nobody has told yet?"""
    return _due().exists()


def do(beats: heartbeat.Beats) -> bool:
    """Open the hits of one case again; False if none is due."""
    beats.beat()
    judgement = _due().select_related("hit__case").first()
    if judgement is None:
        return False
    _open_again(judgement.hit.case)
    return True


def _due() -> QuerySet[Judgement]:
    """The newest judgements of hits that have expired, of open cases."""
    newer = Judgement.objects.filter(hit=OuterRef("hit"), number__gt=OuterRef("number"))
    expired = Judgement.objects.filter(expires_on__lte=timezone.localdate(), reopened_at=None)
    return expired.filter(~Exists(newer), hit__case__in=Case.objects.open()).order_by("expires_on", "pk")


@transaction.atomic
def _open_again(case: Case) -> None:
    """Tell of the hits that the result lists, and derive the columns; of one that cannot be read `reread` does."""
    try:
        case = locked_open(case)
    except CaseIsClosed:
        return
    of_case = sessions_of(case.pk)
    reading = read_session(to_read(of_case), of_case)
    if _lists_hits(reading):
        reopened_hits.record(case, screened_by(reading), reading.judged)
        derive_columns(reading, of_case)
    # Of entries that the result does not list any more nothing is open; they are looked at once.
    _due().filter(hit__case=case).update(reopened_at=timezone.now())


def _lists_hits(reading: CaptureReading) -> bool:
    return bool(reading.judged.by_fingerprint) and not (reading.spoiled or reading.is_about_another)
