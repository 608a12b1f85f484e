"""How a capture stands, in a word, a colour and an icon: the same in lists, on the page of its case and in a report."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.findings.vocabulary.wording import Words
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    ArtefactState,
    Case,
    EvidenceState,
    SessionState,
)
from cases.presentation import styles
from cases.presentation.document_status import flaw, usability, usability_of
from cases.presentation.styles import Colour

LOST = _("Lost before capture")


@dataclass(frozen=True)
class CaptureStatus:
    """A tag's words, colour and icon; `evidence` says whether what was captured may be used, `lost` what expired.

    `late` are ready at the provider and wait to be fetched; `tells_number`: the words say how many are captured.
    """

    words: Words
    colour: str
    icon: str
    evidence: EvidenceState = EvidenceState.USABLE
    lost: tuple[Artefact, ...] = ()
    late: tuple[Artefact, ...] = ()
    tells_number: bool = False

    @property
    def is_unusable(self) -> bool:
        """Do the words say that what was captured must not be used?"""
        return self.evidence != EvidenceState.USABLE


def status_of(
    session: AmlSession, case: Case | None = None, now: datetime.datetime | None = None
) -> CaptureStatus:
    """Say how a session stands, from artefacts that were fetched with it: what is gravest first.

    Evidence that must not be used is said in place of a capture that ended well. Given the `case`, whose newest session
    it is, what it keeps tells that of documents; else the checks that were fetched with them. Without `now` nothing is
    late; the words are the same.
    """
    if session.state in {SessionState.COMPLETE, SessionState.PARTIAL}:
        found = _evidence(session, case)
        if found != EvidenceState.USABLE:
            style = styles.UNUSABLE[found]
            return CaptureStatus(flaw(found, session), style.colour, style.icon, found)
    lost = tuple(artefact for artefact in session.artefacts.all() if artefact.state == ArtefactState.EXPIRED)
    if lost:
        return CaptureStatus(LOST, styles.LOST.colour, styles.LOST.icon, lost=lost)
    style = styles.SESSIONS[session.state]
    if session.state == SessionState.OPEN:
        late = tuple(artefact for artefact in session.artefacts.all() if now and artefact.urgency(now))
        colour = Colour.WARNING if late else style.colour
        return CaptureStatus(_awaited(session), colour, style.icon, late=late, tells_number=True)
    return CaptureStatus(session.get_state_display(), style.colour, style.icon)


def _awaited(session: AmlSession) -> str:
    every = session.artefacts.all()
    captured = sum(artefact.is_captured for artefact in every)
    return ngettext(
        "Awaited, %(captured)s of %(all)s captured", "Awaited, %(captured)s of %(all)s captured", captured
    ) % {"captured": captured, "all": len(every)}


def _evidence(session: AmlSession, case: Case | None) -> EvidenceState:
    every = session.artefacts.all()
    if case is None:
        return usability(usability_of(artefact) for artefact in every)
    results = (usability_of(artefact) for artefact in every if artefact.kind == ArtefactKind.JSON)
    return usability([EvidenceState(case.evidence), *results])
