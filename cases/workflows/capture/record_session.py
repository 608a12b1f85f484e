"""What the engine tells the audit trail of sessions and artefacts."""

from cases.models import AmlSession, Artefact, ArtefactState, SessionState, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit import trail


def of_session(
    session: AmlSession,
    verb: Verb,
    *,
    was: SessionState | None = None,
    detail: trail.Detail | None = None,
) -> None:
    """Tell what became of a session; its state now is told with it."""
    trail.record(
        session.case,
        verb,
        subject=EventSubject.session(session.number),
        was=was or "",
        now=session.state,
        detail=detail,
    )


def of_artefact(
    session: AmlSession,
    artefact: Artefact,
    verb: Verb,
    *,
    was: ArtefactState,
    rests_on: str = "",
    detail: trail.Detail | None = None,
) -> None:
    """Tell what became of an artefact; its state now and the capture it rests on (or these bytes) are told with it."""
    trail.record(
        session.case,
        verb,
        subject=EventSubject.result(session.number, artefact.kind),
        was=was,
        now=artefact.state,
        rests_on=rests_on or artefact.sha256,
        detail=detail,
    )
