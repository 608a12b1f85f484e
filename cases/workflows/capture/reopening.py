"""Reopen an ended session whose results never came. Nothing is ordered by it, and nothing captured changes.

Everything here is inside the caller's transaction, with the session's row locked.
"""

from django.utils import timezone

from cases.models import AmlSession, ArtefactState, SessionState, User, Verb, reasons
from cases.models.audit.subject import EventSubject
from cases.workflows import capture_columns
from cases.workflows.audit import trail
from cases.workflows.capture import patience
from cases.workflows.results import derive

# Reasons of results that were waited for in vain: only these does a webhook bring back.
IN_VAIN = (
    reasons.NEVER_READY,
    reasons.FAILURE_ANNOUNCED,
    reasons.NO_ANSWER_IN_TIME,
    reasons.PROVIDER_CANCELLED,
    reasons.NOT_STORED,
)
# The provider has about five things to say of a session. More reopen nothing until a person looks again.
MOST_BY_WEBHOOKS = 10


def is_for_a_webhook(session: AmlSession) -> bool:
    """Whether a webhook may reopen a session: no person gave it up, and results were awaited in vain.

    That its case was decided keeps none away: what was paid for is evidence.
    """
    waited_in_vain = session.artefacts.filter(state=ArtefactState.FAILED, reason__in=IN_VAIN)
    given_up = session.reason == reasons.CLOSED_BY_PERSON or session.case.is_withdrawn
    bounded = session.reopenings < MOST_BY_WEBHOOKS
    return session.can_be_reopened and not given_up and bounded and waited_in_vain.exists()


def by_webhook(session: AmlSession) -> None:
    session.reopenings += 1
    _reopen(session, list(IN_VAIN), None, reasons.WEBHOOK_CAME_LATE)


def by_person(session: AmlSession, actor: User) -> None:
    """Reopen a session for everything that failed, whatever the reason: to poll costs nothing."""
    session.reopenings = 0
    _reopen(session, None, actor, reasons.LOOKED_AGAIN)


def _reopen(session: AmlSession, only_reasons: list[str] | None, actor: User | None, why: str) -> None:
    now, was = timezone.now(), SessionState(session.state)
    for artefact in session.artefacts.filter(state=ArtefactState.FAILED):
        if only_reasons is None or artefact.reason in only_reasons:
            artefact.mark_awaited_again()
            artefact.save_changes()
    session.mark_reopened(now, now + patience.for_a_poll())
    session.save_changes()
    derive.follow(session.case)
    capture_columns.keep(session.case)
    trail.record(
        session.case,
        Verb.SESSION_RESUMED,
        actor=actor,
        subject=EventSubject.session(session.number),
        was=was,
        now=session.state,
        detail={"reason": why},
    )
