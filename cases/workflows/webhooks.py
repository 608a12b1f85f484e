"""A knock at a webhook address: written down, then answered. It only makes the engine look sooner (contract §5)."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.models import (
    AmlSession,
    AttemptOutcome,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    RefusedKnocks,
    SessionState,
    Verb,
)
from cases.provider.knock import Knock, read_knock
from cases.queue import ring
from cases.workflows import provider, telling

# The provider needs about five knocks a session. More than this are counted, not kept.
MOST_KEPT = 200


def receive(token: str, body: bytes, media_type: str) -> None:
    """Write a knock down and ring the bell of the session it may concern. Tells the caller nothing."""
    attempt = CreateAttempt.objects.filter(token=token).first()
    if attempt is None or len(body) > Delivery.BODY_LIMIT or attempt.deliveries.count() >= MOST_KEPT:
        refuse()
        return
    with transaction.atomic():
        session = AmlSession.objects.select_for_update().get(pk=attempt.session_id)
        knock = read_knock(body, provider.contract())
        verdict = _verdict(session, attempt, knock)
        Delivery.objects.create(
            attempt=attempt,
            received_at=timezone.now(),
            media_type=media_type[:100],
            body=body,
            word=knock.word,
            kind=knock.kind,
            named_session=knock.session_id,
            verdict=verdict,
        )
        if verdict in {DeliveryVerdict.RANG, DeliveryVerdict.NOT_UNDERSTOOD}:
            _ring(session)


def refuse() -> None:
    """Count a knock at an address that is not ours, or too large, or one too many."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        if not RefusedKnocks.objects.filter(hour=hour).update(count=F("count") + 1):
            RefusedKnocks.objects.get_or_create(hour=hour)
            RefusedKnocks.objects.filter(hour=hour).update(count=F("count") + 1)


def _verdict(session: AmlSession, attempt: CreateAttempt, knock: Knock) -> DeliveryVerdict:
    unseen = attempt.outcome in {AttemptOutcome.SENT, AttemptOutcome.ABANDONED}
    if knock.session_id and session.provider_id and knock.session_id != session.provider_id:
        if unseen:
            return _second_session(session, attempt, knock)
        return DeliveryVerdict.REJECTED
    if session.is_ended or session.state == SessionState.QUARANTINED:
        return DeliveryVerdict.NOT_NEEDED
    return DeliveryVerdict.RANG if knock.word else DeliveryVerdict.NOT_UNDERSTOOD


def _second_session(session: AmlSession, attempt: CreateAttempt, knock: Knock) -> DeliveryVerdict:
    """An order whose answer was lost did make a session after all, beside the one we use: say so, once."""
    known = attempt.deliveries.filter(
        named_session=knock.session_id, verdict=DeliveryVerdict.DUPLICATE_SESSION
    ).exists()
    if not known:
        telling.of_session(session, Verb.SESSION_DUPLICATED, detail={"attempt": attempt.number})
    return DeliveryVerdict.DUPLICATE_SESSION


def _ring(session: AmlSession) -> None:
    now = timezone.now()
    if session.state == SessionState.UNKNOWN:
        session.mark_doubtful(now)
        session.give_up_at = max(session.give_up_at, now + datetime.timedelta(minutes=10))
        telling.of_session(session, Verb.SESSION_RESUMED, was=SessionState.UNKNOWN)
    session.rung, session.next_step_at = True, now
    session.save(update_fields=["rung", "next_step_at", "state", "give_up_at"])
    ring(session.pk)
