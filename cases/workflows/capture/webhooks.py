"""Receive a webhook: write it down, then answer. It only makes the engine poll sooner (contract §5)."""

import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from amlportal.compiled import Compiled
from cases.models import (
    AmlSession,
    AttemptOutcome,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    SessionState,
    Verb,
)
from cases.provider.webhook import WebhookMessage, read_webhook_message
from cases.queue import wake
from cases.workflows import capture_columns, provider
from cases.workflows.capture import adopt, patience, record_session, reopening
from cases.workflows.capture.refused_webhooks import refused_webhooks
from cases.workflows.locks.locking import locked

# The provider needs about five webhooks a session. More than this are counted, not kept.
MOST_KEPT = 200
WITH_TOKEN = Compiled(
    lambda token: CreateAttempt.objects.filter(token=token).annotate(kept=Count("deliveries")), str
)


def receive(token: str, body: bytes, media_type: str) -> None:
    """Write a webhook down and wake the session it may concern. Tells the caller nothing."""
    # What cannot be printed is no token of ours, and PostgreSQL would not even look for it.
    may_be_ours = token.isprintable() and len(body) <= Delivery.BODY_LIMIT
    attempt = WITH_TOKEN.first(token) if may_be_ours else None
    if attempt is None or attempt.kept >= MOST_KEPT:
        refuse()
        return
    with transaction.atomic():
        session = locked(attempt.session_id)
        if attempt.outcome in AttemptOutcome.unanswered():  # any other is final
            attempt.refresh_from_db()
        message, now = read_webhook_message(body, provider.contract()), timezone.now()
        verdict = _verdict(session, attempt, message)
        Delivery.objects.create(
            attempt=attempt,
            received_at=now,
            media_type=media_type[:100],
            body=body,
            word=message.word,
            kind=message.kind,
            named_session=message.session_id,
            verdict=verdict,
        )
        if verdict in {DeliveryVerdict.WOKE, DeliveryVerdict.NOT_UNDERSTOOD}:
            _wake(session, message, now)


def refuse() -> None:
    """Count a webhook at an address that is not ours, or too large, or one too many."""
    refused_webhooks.count()


def _verdict(session: AmlSession, attempt: CreateAttempt, message: WebhookMessage) -> DeliveryVerdict:
    names_unseen = bool(message.session_id) and attempt.outcome in AttemptOutcome.unanswered()
    is_beside = message.session_id != session.provider_id and bool(session.provider_id or session.is_ended)
    if names_unseen and is_beside:
        adopt.record_second_session(session, attempt, message.session_id)
        return DeliveryVerdict.DUPLICATE_SESSION
    if message.session_id and session.provider_id and is_beside:
        return DeliveryVerdict.REJECTED
    understood = message.word or message.session_id
    if session.is_ended and understood and reopening.is_for_a_webhook(session):
        return DeliveryVerdict.WOKE
    if session.is_ended or (session.is_stuck and not names_unseen):
        return DeliveryVerdict.NOT_NEEDED
    if names_unseen and _was_rejected(attempt, message):
        return DeliveryVerdict.REJECTED
    return DeliveryVerdict.WOKE if understood else DeliveryVerdict.NOT_UNDERSTOOD


def _was_rejected(attempt: CreateAttempt, message: WebhookMessage) -> bool:
    return attempt.deliveries.filter(
        named_session=message.session_id, verdict=DeliveryVerdict.REJECTED
    ).exists()


def _announced(session: AmlSession, now: datetime.datetime) -> None:
    if patience.note_failure(session, now):
        session.save(update_fields=["failure_announced_at"])
        record_session.of_session(session, Verb.FAILURE_ANNOUNCED)


def _wake(session: AmlSession, message: WebhookMessage, now: datetime.datetime) -> None:
    is_woken = session.wake_requested and session.next_step_at is not None and session.next_step_at <= now
    if session.is_ended:
        reopening.by_webhook(session)
    if session.provider_id and message.word == provider.contract().event_failed:
        _announced(session, now)
    if session.state == SessionState.QUARANTINED:
        return  # kept for the time when a person sets it going again
    if session.state == SessionState.UNKNOWN:
        session.mark_doubtful(now)
        session.give_up_at = max(session.give_up_at, now + datetime.timedelta(minutes=10))
        record_session.of_session(session, Verb.SESSION_RESUMED, was=SessionState.UNKNOWN)
        capture_columns.keep_state(session)
    session.wake_requested, session.next_step_at = True, session.next_step_at if is_woken else now
    session.save_changes()
    if not is_woken:  # a job was added for the webhook before, and it is due since then
        wake(session.pk)
