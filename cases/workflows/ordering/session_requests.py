"""What people do with a session: order one, and resolve what the engine leaves to them."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.models import (
    AmlSession,
    Artefact,
    Case,
    Delivery,
    DeliveryVerdict,
    SessionState,
    User,
    Verb,
    reasons,
)
from cases.models.audit.subject import EventSubject
from cases.queue import wake
from cases.workflows import capture_columns, provider
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.capture import end, reopening
from cases.workflows.capture.patience import patience
from cases.workflows.locks.open_case import locked_open, locked_open_session
from cases.workflows.results import derive


@dataclass(frozen=True)
class ResultRequest:
    """What to order, in the contract's words; everything by default."""

    reports: tuple[str, ...] = field(default_factory=lambda: provider.contract().reports)
    expands: tuple[str, ...] = field(default_factory=lambda: provider.contract().expands)
    language: str = field(default_factory=lambda: settings.AML_LANGUAGE)

    @classmethod
    def of(cls, session: AmlSession) -> "ResultRequest":
        """The result request that a session was ordered with."""
        return cls(tuple(session.ordered_reports), tuple(session.expands), session.language)


class NotPossible(Exception):
    """The session is not in a state for this. The message says so in words."""


class ReasonMissing(Exception):
    """An order that may have been taken is sent again only with a reason. Nothing was done."""


@transaction.atomic
def request(
    case: Case, result_request: ResultRequest, actor: User | None, *, again_reason: str = ""
) -> AmlSession:
    """Order results from the provider, or give the session of the case that is under way: never two at once.

    Raises CaseIsClosed.
    """
    locked = locked_open(case)
    newest = locked.sessions.first()
    if newest is not None and not newest.is_ended:
        return newest
    now = timezone.now()
    session = AmlSession.objects.create(
        case=case,
        number=locked.sessions.count() + 1,
        ordered_reports=list(result_request.reports),
        expands=list(result_request.expands),
        language=result_request.language,
        requested_by=actor,
        requested_at=now,
        give_up_at=now + patience(),
        next_step_at=now,
    )
    kinds = provider.contract().ordered_kinds(result_request.reports, result_request.expands)
    Artefact.objects.bulk_create([Artefact(session=session, kind=kind) for kind in kinds])
    derive.follow(case)
    capture_columns.keep(locked, updated_at=now)
    trail.record(
        case,
        Verb.SESSION_REQUESTED,
        actor=actor,
        subject=EventSubject.session(session.number),
        now=session.state,
        detail={
            "results": list(kinds),
            "language": result_request.language,
            "again_reason": again_reason,
            **recorded_columns.of_order(session),
        },
    )
    wake(session.pk)
    return session


def _stuck(pk: int, *states: SessionState) -> AmlSession:
    session = locked_open_session(pk)
    if session.state not in states:
        raise NotPossible(session.get_state_display())
    return session


@transaction.atomic
def order_again(pk: int, actor: User, again_reason: str) -> AmlSession:
    """Send another order in the same session, as a person decides who does not know what became of the first.

    What webhooks named so far and could not be confirmed is set aside with that. Raises ReasonMissing: both may be
    charged.
    """
    if not again_reason.strip():
        raise ReasonMissing(str(pk))
    session = _stuck(pk, SessionState.UNKNOWN)
    Delivery.objects.candidates(session).update(verdict=DeliveryVerdict.REJECTED)
    now = timezone.now()
    session.mark_to_be_created(now)
    session.retries, session.give_up_at, session.reason = 0, now + patience(), ""
    return _resumed(session, actor, SessionState.UNKNOWN, {"again_reason": again_reason})


@transaction.atomic
def resume(pk: int, actor: User) -> AmlSession:
    """Set a quarantined session going again, from where it stood."""
    session = _stuck(pk, SessionState.QUARANTINED)
    now = timezone.now()
    session.mark_resumed(now)
    session.give_up_at, session.reason = now + patience(), ""
    return _resumed(session, actor, SessionState.QUARANTINED)


@transaction.atomic
def close(pk: int, actor: User) -> AmlSession:
    """Give up a session that is stuck: nothing more is sent, and another can be ordered."""
    session = _stuck(pk, SessionState.UNKNOWN, SessionState.QUARANTINED)
    end.fail_session(session, reasons.CLOSED_BY_PERSON, actor=actor)
    return session


@transaction.atomic
def poll_again(pk: int, actor: User) -> AmlSession:
    """Poll once more for results that never came, at the session that was paid for; nothing is ordered.

    Raises NotPossible, also while it is being looked at; CaseIsClosed.
    """
    session = locked_open_session(pk)
    if not session.can_be_reopened:
        raise NotPossible(session.get_state_display())
    reopening.by_person(session, actor)
    wake(session.pk)
    return session


def _resumed(
    session: AmlSession, actor: User, was: SessionState, detail: dict[str, str] | None = None
) -> AmlSession:
    session.save()
    capture_columns.keep(session.case)
    trail.record(
        session.case,
        Verb.SESSION_RESUMED,
        actor=actor,
        subject=EventSubject.session(session.number),
        was=was,
        now=session.state,
        detail=detail,
    )
    wake(session.pk)
    return session
