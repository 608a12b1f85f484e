"""Find out what became of an order whose answer was lost (contract §2).

A webhook at its address names the session; it is adopted once the API confirms that it is about the same organisation.
Only when none comes is another order sent, as often as AML_CREATE_RETRIES allows. Then a person decides.
"""

import datetime

from django.conf import settings
from django.utils import timezone

from cases.evidence import evidence_files
from cases.models import (
    AmlSession,
    AttemptOutcome,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    SessionState,
    Verb,
    reasons,
)
from cases.provider.client import ProviderClient
from cases.provider.errors import Code, Gone, ProviderError
from cases.provider.numbers.identifiers import Identifier, same
from cases.workflows.audit import recorded_columns
from cases.workflows.capture import adopt, fetch, record_session
from cases.workflows.locks import delays
from cases.workflows.locks.leases import Lease, locked_session

# The API's ways of saying that it has no such session.
NOT_THERE = {Code.NOT_FOUND, Code.BAD_REQUEST, Code.BAD_SESSION_ID}


def lost_answer(lease: Lease, reason: str = reasons.CREATE_OUTCOME_UNKNOWN) -> None:
    """Record that no answer to an order will come: its worker died, or the answer was lost on the way."""
    with locked_session(lease) as session:
        was = SessionState(session.state)
        session.mark_doubtful(timezone.now())
        session.lost_answers += 1
        session.reason, session.reason_text = reason, ""
        session.let_go()
        session.save_changes()
        record_session.of_session(session, Verb.ANSWER_LOST, was=was, detail={"reason": reason})


def resolve(lease: Lease, client: ProviderClient, session: AmlSession) -> None:
    """Recover a doubtful session: adopt one that a webhook named if the API confirms it, wait, or stop waiting."""
    delivery = Delivery.objects.candidates(session).select_related("attempt").first()
    if delivery is None:
        _wait_for_a_webhook(lease)
    elif adopt.is_used_elsewhere(session, delivery.named_session):
        _reject(lease, delivery)
    else:
        _verify(lease, client, session.case.organisation.identifier, delivery)


# --- No webhook came ----------------------------------------------------------------------------------------


def _wait_for_a_webhook(lease: Lease) -> None:
    with locked_session(lease) as session:
        now = timezone.now()
        attempt = session.attempts.order_by("-number")[0]
        left = _left_to_wait(attempt, now)
        if session.wake_requested:
            session.next_step_at = now
        elif left > 0 and settings.AML_WEBHOOKS:
            session.next_step_at = now + datetime.timedelta(seconds=min(left, delays.LONGEST))
        else:
            _stop_waiting(session, attempt, now)
        session.let_go()
        session.save_changes()


def _left_to_wait(attempt: CreateAttempt, now: datetime.datetime) -> float:
    """The seconds left to wait for a webhook.

    A sending in the future means that the clock was put back: the wait begins anew, once.
    """
    if attempt.sent_at > now:
        attempt.sent_at = now
        attempt.save(update_fields=["sent_at"])
    return settings.AML_CREATE_ADOPT_SECONDS - (now - attempt.sent_at).total_seconds()


def _stop_waiting(session: AmlSession, attempt: CreateAttempt, now: datetime.datetime) -> None:
    attempt.outcome = AttemptOutcome.ABANDONED
    attempt.save(update_fields=["outcome"])
    if session.retries < settings.AML_CREATE_RETRIES:
        session.retries += 1
        session.mark_to_be_created(now)
    else:
        _leave_to_a_person(session, reasons.CREATE_OUTCOME_UNKNOWN)


def _leave_to_a_person(session: AmlSession, reason: str) -> None:
    session.mark_unknown(reason)
    # Whatever webhook comes later: what a person was asked to decide, the portal does not order again by itself.
    session.retries = max(session.retries, settings.AML_CREATE_RETRIES)
    record_session.of_session(
        session, Verb.SESSION_UNKNOWN, was=SessionState.DOUBTFUL, detail={"reason": reason}
    )


# --- A webhook came -----------------------------------------------------------------------------------------


def _verify(lease: Lease, client: ProviderClient, identifier: Identifier, delivery: Delivery) -> None:
    """Ask the API about the session a webhook named, and adopt it only if it is about the same organisation."""
    captured = None
    try:
        information = client.session_information(delivery.named_session)
        about_us = same(identifier, information.identifier, information.identifier)
        status = information.entities.get("json")
        if about_us is None and status is not None and status.ready:
            lease.renew()
            captured = fetch.download(lease, client, delivery.named_session, "json")
            about_us = captured.about(identifier)
    except Gone:
        _cannot_confirm(lease, delivery)
    except ProviderError as problem:
        if problem.code in NOT_THERE:
            _reject(lease, delivery)
        else:
            _poll_again(lease, delivery, problem.code, problem.retry_after)
    except evidence_files.StorageTrouble as problem:
        _poll_again(lease, delivery, problem.reason, None)
    else:
        read = captured is not None and not captured.unreadable
        hopeless = read or (status is not None and (status.failed or status.expired))
        if about_us is False:
            _reject(lease, delivery)
        elif about_us:
            _adopt(lease, delivery, captured)
        elif hopeless:
            _cannot_confirm(lease, delivery)
        else:
            _poll_again(lease, delivery, "", None)


def _cannot_confirm(lease: Lease, delivery: Delivery) -> None:
    """Set a session aside that nobody will ever confirm, for another that a webhook named or for a person."""
    with locked_session(lease) as session:
        _set_aside(session, delivery)
        if Delivery.objects.candidates(session).exists():
            session.next_step_at = timezone.now()
        else:
            _leave_to_a_person(session, reasons.CANNOT_CONFIRM)
        session.let_go()
        session.save_changes()


def _poll_again(lease: Lease, delivery: Delivery, reason: str, wait: float | None) -> None:
    with locked_session(lease) as session:
        now = timezone.now()
        session.polls += 1
        if now >= session.give_up_at and session.polls >= delays.FEWEST_TROUBLES:
            _leave_to_a_person(session, reasons.CANNOT_CONFIRM)
        else:
            wait = wait or delays.before_poll(session.polls, settings.AML_POLL_SECONDS)
            wait = delays.slowed(wait, (now - delivery.received_at).total_seconds())
            session.next_step_at = now if session.wake_requested else now + datetime.timedelta(seconds=wait)
            session.reason = reason or session.reason
        session.let_go()
        session.save_changes()


def _reject(lease: Lease, delivery: Delivery) -> None:
    with locked_session(lease) as session:
        _set_aside(session, delivery)
        session.next_step_at = timezone.now()
        session.let_go()
        session.save_changes()
        record_session.of_session(session, Verb.WEBHOOK_REJECTED)


def _set_aside(session: AmlSession, delivery: Delivery) -> None:
    named = Delivery.objects.candidates(session).filter(named_session=delivery.named_session)
    named.update(verdict=DeliveryVerdict.REJECTED)


def _adopt(lease: Lease, delivery: Delivery, captured: fetch.Download | None) -> None:
    with locked_session(lease) as session:
        adopt.open_as(session, delivery.attempt, delivery.named_session, AttemptOutcome.ADOPTED)
        detail = recorded_columns.of_opened(session, delivery.attempt)
        record_session.of_session(session, Verb.SESSION_ADOPTED, was=SessionState.DOUBTFUL, detail=detail)
        if captured is not None:
            fetch.record_download(session, captured)
