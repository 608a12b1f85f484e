"""The notes of suspicion of a case with their form; whoever is shown them has opened them, and that is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cases.assessment.requirements.found import Found
from cases.assessment.requirements.suspicion_triggers import Trigger
from cases.models import AuditEvent, SuspicionNote
from cases.presentation import suspicion_triggers
from cases.presentation.timeline import TimelineEntry, entry_of
from cases.web import seen
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.requirements.requirement_list import SIGNS
from cases.web.case_page.suspicion.suspicion_form import SuspicionForm
from cases.workflows.casework import suspicion
from cases.workflows.casework.decisions import proposals

MOST_OPENINGS = 20
_KEY = "suspicion_opened"


@dataclass(frozen=True)
class SuspicionArea:
    """`form` is what a person filled in and was refused, or what is served.

    `triggers`: what gives rise to it; `found`: whether that was considered, None where no requirement set is in force.
    """

    notes: list[SuspicionNote]
    openings: list[TimelineEntry]
    triggers: Sequence[Trigger] = ()
    found: Found | None = None
    form: SuspicionForm = field(default_factory=SuspicionForm)

    @property
    def sign(self) -> tuple[str, str]:
        """The icon and the style of how it stands."""
        return SIGNS[self.found.state] if self.found else ("", "")


def area_for(request: SignedInRequest, page: CasePage, form: SuspicionForm | None = None) -> SuspicionArea:
    """Record that this person opens the notes, once in half an hour as long as none is added; then give them."""
    notes = suspicion.notes(page.case, request.user)
    key, newest = str(page.case.pk), str(notes[0].number if notes else 0)
    if not seen.is_recent(request.session, _KEY, key, page.now, newest):
        suspicion.opened(page.case, request.user)
        seen.remember(request.session, _KEY, key, page.now, newest)
    latest: list[AuditEvent] = list(suspicion.openings(page.case, request.user)[:MOST_OPENINGS])
    entries = [entry_of(event) for event in latest]
    if page.requirements is None:
        return SuspicionArea(notes, entries, form=form or SuspicionForm())
    decision = proposals.made_of(page.case)
    triggers = suspicion_triggers.met(page.reading, page.risk, page.requirements, decision)
    found = suspicion_triggers.found(triggers, notes, page.requirements)
    return SuspicionArea(notes, entries, triggers, found, form or SuspicionForm())
