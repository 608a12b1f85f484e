"""What judging shares: what stands in its way, and the case locked as the person read it."""

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.sections import SCREENING
from cases.models import AmlSession, Artefact, Case
from cases.presentation.capture_reading import CaptureReading
from cases.workflows.locks.open_case import locked_open
from cases.workflows.refusal import Refusal
from cases.workflows.results import derive
from cases.workflows.results.which_capture import sessions_of, to_read


class Overtaken(Refusal):
    """The hit or the capture is not any more what the person saw; `words` say what happened. Nothing was written."""


class NotTheirs(Refusal):
    """The person may not do this; `words` say why. Nothing was written."""


def session_of(reading: CaptureReading) -> AmlSession:
    """The session whose hits are judged."""
    assert reading.session is not None  # noqa: S101 - a result that lists hits is of a session
    return reading.session


def artefact_of(reading: CaptureReading) -> Artefact:
    """The JSON result whose hits are judged; it knows its session."""
    assert reading.artefact is not None  # noqa: S101 - a result that lists hits was captured
    reading.artefact.session = session_of(reading)
    return reading.artefact


def screened_by(reading: CaptureReading) -> Artefact:
    """The JSON result that the screening is from: an earlier one, where the one that is read did not order it."""
    return reading.artefact_of(SCREENING) or artefact_of(reading)


def locked_as_read(reading: CaptureReading) -> tuple[Case, list[AmlSession]]:
    """Lock the open case, with its sessions, if what was read is still what is read of it.

    Inside the caller's transaction. Raises Overtaken, CaseIsClosed.
    """
    session = session_of(reading)
    case = locked_open(session.case)
    of_case = sessions_of(case.pk)
    read = to_read(of_case)
    if read is None or read.pk != session.pk or artefact_of(reading).about_us is False:
        raise Overtaken(_("A newer capture is read now. Look at the hit again; nothing was kept."))
    return case, of_case


def derive_columns(reading: CaptureReading, of_case: list[AmlSession]) -> None:
    """Bring the columns of the case up to date: what people judged is part of what lists say."""
    derive.rejudged(artefact_of(reading), reading.result, of_case)
