"""Record that an order became a session: inside the caller's transaction, with the session's row locked."""

import datetime

from django.conf import settings
from django.utils import timezone

from cases.models import AmlSession, AttemptOutcome, CreateAttempt, Delivery, DeliveryVerdict, Verb
from cases.workflows.capture import record_session
from cases.workflows.capture.patience import patience
from cases.workflows.locks import delays
from cases.workflows.provider import contract


def open_as(session: AmlSession, attempt: CreateAttempt, provider_id: str, outcome: AttemptOutcome) -> None:
    """Open the session under the provider's name for it, and free it for the first poll."""
    now = timezone.now()
    session.mark_open(provider_id, now, now + patience())
    has_deliveries = Delivery.objects.filter(attempt__session=session).exists()  # most come later
    session.failure_announced_at = _failure_announced(attempt, provider_id) if has_deliveries else None
    if not session.wake_requested:
        session.next_step_at = now + datetime.timedelta(
            seconds=delays.before_poll(0, settings.AML_POLL_SECONDS)
        )
    session.let_go()
    session.save_changes()
    attempt.outcome = outcome
    attempt.save(update_fields=["outcome"])
    if has_deliveries:
        _record_other_sessions(session)
    if session.failure_announced_at is not None:
        record_session.of_session(session, Verb.FAILURE_ANNOUNCED)


def _failure_announced(attempt: CreateAttempt, provider_id: str) -> datetime.datetime | None:
    """When a webhook at the attempt's address first said that this session failed."""
    failed = attempt.deliveries.filter(named_session=provider_id, word=contract().event_failed)
    return failed.values_list("received_at", flat=True).order_by("received_at").first()


def is_used_elsewhere(session: AmlSession, provider_id: str) -> bool:
    """Whether another order has the session with this name."""
    return AmlSession.objects.filter(provider_id=provider_id).exclude(pk=session.pk).exists()


def record_second_session(session: AmlSession, attempt: CreateAttempt, provider_id: str) -> None:
    """Record, once, that an order whose answer was lost made a session after all, which is not used."""
    by_webhook = attempt.deliveries.filter(
        named_session=provider_id, verdict=DeliveryVerdict.DUPLICATE_SESSION
    )
    if attempt.second_session != provider_id and not by_webhook.exists():
        record_session.of_session(session, Verb.SESSION_DUPLICATED, detail={"attempt": attempt.number})


def _record_other_sessions(session: AmlSession) -> None:
    """Record the sessions of earlier orders whose webhook came before this one was opened."""
    others = Delivery.objects.candidates(session).exclude(named_session=session.provider_id)
    for delivery in others.select_related("attempt"):
        record_second_session(session, delivery.attempt, delivery.named_session)
        delivery.verdict = DeliveryVerdict.DUPLICATE_SESSION
        delivery.save(update_fields=["verdict"])
