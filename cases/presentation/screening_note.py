"""What a list says of a screening beside its outcome."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.verdicts.signs import is_not_renewed, screened_on
from cases.findings.verdicts.verdicts import ABSENT
from cases.findings.vocabulary.caution_codes import CODES
from cases.findings.vocabulary.presence import Capture, Kind
from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, Case
from cases.models.capture.outcome import was_refused
from cases.presentation.capture_reading import result_of
from cases.presentation.document_status import came_of_order

REFUSED_AT_LAST = _("Order refused, one before not confirmed")


@dataclass(frozen=True)
class ScreeningNote:
    """What a list says of a screening beside its outcome; `instead`: in place of one that is none, else ''.

    `day` is that of a screening of which anything was ordered since.
    """

    instead: Words = ""
    day: datetime.date | None = None


def of_screening(case: Case, session: AmlSession | None) -> ScreeningNote:
    """The note on a screening: why its order brought no outcome, in the words of the verdict, or its day.

    `session` is the newest of the case.
    """
    if is_not_renewed(case.verdicts):
        return ScreeningNote(CODES["screening_not_renewed"].words)
    if session is None:
        return ScreeningNote()
    if case.result_at is not None:
        return ScreeningNote(day=screened_on(case.verdicts) or _day_if_earlier(case.result_at, session))
    if was_refused(session) and session.lost_answers:
        return ScreeningNote(REFUSED_AT_LAST)
    came = came_of_order(session)
    return ScreeningNote() if came in {None, Capture.NOT_SENT} else ScreeningNote(ABSENT[Kind(came)])


def _day_if_earlier(result_at: datetime.datetime, newest: AmlSession) -> datetime.date | None:
    """The day of the result that is read, if the newest capture brought another, or none."""
    result = result_of(newest)
    is_of_newest = result is not None and result.captured_at == result_at
    return None if is_of_newest else timezone.localdate(result_at)
