"""Write what became of sessions and artefacts into the audit trail."""

from cases.models import AmlSession, Artefact, ArtefactState, SessionState, User, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit import trail


def of_session(
    session: AmlSession,
    verb: Verb,
    *,
    actor: User | None = None,
    was: SessionState | None = None,
    detail: trail.Detail | None = None,
) -> None:
    """Record an event of what became of a session, with its state now."""
    trail.record(
        session.case,
        verb,
        actor=actor,
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
    """Record an event of what became of an artefact, with its state now and the capture (or bytes) it rests on."""
    trail.record(
        session.case,
        verb,
        subject=EventSubject.result(session.number, artefact.kind),
        was=was,
        now=artefact.state,
        rests_on=rests_on or artefact.sha256,
        detail=detail,
    )
