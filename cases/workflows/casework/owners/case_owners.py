"""Work out the beneficial owners of a case from the capture that is read, with what people concluded."""

import datetime
from functools import partial

from django.utils.translation import get_language

from cases.assessment.owners import owners
from cases.assessment.owners.candidates import Reckoning
from cases.findings.result import Result, read
from cases.models import Case, OwnerConclusion
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.case_owners import CaseOwners
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.remembered import Remembered
from cases.workflows.results.which_capture import sessions_of, to_read

# In owners: an ordinary result has a dozen, and one of 5,000 is reckoned in a second.
_reckonings: Remembered[Reckoning] = Remembered(most=50_000, heavy=10_000)


def of_case(case: Case, today: datetime.date) -> CaseOwners:
    """The beneficial owners of a case."""
    sessions = sessions_of(case.pk)
    return of_reading(case, read_session(to_read(sessions), sessions), today)


def of_reading(case: Case, reading: CaptureReading, today: datetime.date) -> CaseOwners:
    """The same from a capture that is read; one about another organisation says nothing of owners."""
    conclusions = OwnerConclusion.objects.filter(case=case).select_related("by").order_by("-number")
    capture = reading.artefact.pk if reading.is_usable and reading.artefact else None
    return CaseOwners(
        reckoning=_reckoned(reading, today) if reading.is_usable else _nothing(reading, today),
        conclusions=list(conclusions.prefetch_related("attachments")),
        capture=capture,
        screening=reading.result.screening if reading.is_usable else None,
    )


def _reckoned(reading: CaptureReading, today: datetime.date) -> Reckoning:
    """What is reckoned of a result: the same of the same bytes on one day, so that it is worked out once."""
    session = reading.session.pk if reading.session else 0
    key = (reading.mark, session, today, get_language())
    return _reckonings.get(key, _weight(reading.result), partial(owners.reckon, reading.result, today))


def _weight(result: Result) -> int:
    return len(result.ownership.parties) + len(result.roles.holders)


def _nothing(reading: CaptureReading, today: datetime.date) -> Reckoning:
    return owners.reckon(read(None, reading.result.ordered), today)
