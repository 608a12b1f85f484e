"""How sessions and artefacts end. Everything here is inside the caller's transaction, with the session's row locked."""

import datetime

from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactState, SessionState, User, Verb, reasons
from cases.models.capture.artefact import pending_of
from cases.workflows import capture_columns
from cases.workflows.audit import recorded_columns
from cases.workflows.capture import record_session, unreadable
from cases.workflows.results import derive


def end(session: AmlSession, now: datetime.datetime) -> None:
    artefacts = list(session.artefacts.all())
    captured = [artefact for artefact in artefacts if artefact.is_captured]
    was = SessionState(session.state)
    if len(captured) == len(artefacts):
        session.mark_complete(now)
    elif captured:
        session.mark_partial(reasons.SOME_MISSING, now)
    else:
        expired = any(artefact.state == ArtefactState.EXPIRED for artefact in artefacts)
        session.mark_failed(
            reasons.EXPIRED if expired else artefacts[0].reason, artefacts[0].reason_text, now
        )
    _save_ended(session, was)


def fail_session(session: AmlSession, reason: str, text: str = "", *, actor: User | None = None) -> None:
    """End a session that never opened, or that a person gives up, with everything that has not come of it."""
    was = SessionState(session.state)
    for artefact in pending_of(session):
        fail(session, artefact, reason, text)
    session.mark_failed(reason, text, timezone.now())
    _save_ended(session, was, actor)


def _save_ended(session: AmlSession, was: SessionState, actor: User | None = None) -> None:
    session.let_go()
    session.save_changes()
    derive.follow(session.case)  # that it ended, and why, tells what may be said of its results
    capture_columns.keep_after_step(session, updated_at=session.ended_at)
    record_session.of_session(
        session,
        Verb.SESSION_ENDED,
        actor=actor,
        was=was,
        detail={"reason": session.reason, **recorded_columns.of_deliveries(session)},
    )


def fail(session: AmlSession, artefact: Artefact, reason: str, text: str = "") -> None:
    """Give a result up; what came of it and could not be read is kept as captured."""
    if unreadable.record_last(session, artefact):
        return
    was = ArtefactState(artefact.state)
    artefact.mark_failed(reason, text)
    artefact.save_changes()
    derive.follow(session.case)
    record_session.of_artefact(session, artefact, Verb.ARTEFACT_FAILED, was=was, detail={"reason": reason})


def expire(session: AmlSession, artefact: Artefact) -> None:
    """Record that a result is gone from the provider; what came of it and could not be read is kept as captured."""
    if unreadable.record_last(session, artefact):
        return
    was = ArtefactState(artefact.state)
    artefact.mark_expired()
    artefact.save_changes()
    derive.follow(session.case)
    record_session.of_artefact(session, artefact, Verb.ARTEFACT_EXPIRED, was=was)
