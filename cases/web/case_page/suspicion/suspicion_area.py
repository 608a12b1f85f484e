"""The notes of suspicion of a case with their form; whoever is shown them has opened them, and that is recorded."""

from dataclasses import dataclass, field

from cases.models import AuditEvent, SuspicionNote
from cases.presentation.timeline import TimelineEntry, entry_of
from cases.web import seen
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.suspicion.suspicion_form import SuspicionForm
from cases.workflows.casework import suspicion

MOST_OPENINGS = 20
_KEY = "suspicion_opened"


@dataclass(frozen=True)
class SuspicionArea:
    """`form` is what a person filled in and was refused, or what is served."""

    notes: list[SuspicionNote]
    openings: list[TimelineEntry]
    form: SuspicionForm = field(default_factory=SuspicionForm)


def area_for(request: SignedInRequest, page: CasePage, form: SuspicionForm | None = None) -> SuspicionArea:
    """Record that this person opens the notes, once in half an hour as long as none is added; then give them."""
    notes = suspicion.notes(page.case, request.user)
    key, newest = str(page.case.pk), str(notes[0].number if notes else 0)
    if not seen.is_recent(request.session, _KEY, key, page.now, newest):
        suspicion.opened(page.case, request.user)
        seen.remember(request.session, _KEY, key, page.now, newest)
    latest: list[AuditEvent] = list(suspicion.openings(page.case, request.user)[:MOST_OPENINGS])
    return SuspicionArea(notes, [entry_of(event) for event in latest], form or SuspicionForm())
