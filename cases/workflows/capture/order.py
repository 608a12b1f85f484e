"""The first step of a session: order it, once.

Create is not idempotent and costs money (contract §2). So the attempt is written down before it is sent, with a webhook
address of its own; a lost answer is a doubt, which recover.py resolves.
"""

import datetime
import time
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import AmlSession, AttemptOutcome, CreateAttempt, Delivery, SessionState, Verb, reasons
from cases.provider.client import Created, Order, ProviderClient
from cases.provider.errors import Code, OutcomeUnknown, ProviderError, RateLimited, RetryLater
from cases.provider.numbers.identifiers import wire
from cases.workflows import capture_columns
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.capture import adopt, end, record_session, recover
from cases.workflows.database_away import retried
from cases.workflows.locks import delays
from cases.workflows.locks.leases import Lease, locked_session
from cases.workflows.locks.locking import locked


def create(lease: Lease, client: ProviderClient, _session: AmlSession) -> None:
    """Take the step of a requested session: send the order, and record what is known of it."""
    try:
        granted = client.access().granted_scopes  # no doubt can arise from a token we never got
        _respect_pause(client)
    except ProviderError as problem:
        _not_created(lease, None, problem)
        return
    attempt = _write_down(lease, list(granted))
    if attempt is None:
        return
    try:
        created = client.create_session(_order(attempt))
    except OutcomeUnknown as problem:
        recover.lost_answer(lease, problem.code)
    except ProviderError as problem:
        retried(partial(_not_created, lease, attempt, problem))
    else:
        retried(partial(_opened, attempt, created))


def _respect_pause(client: ProviderClient) -> None:
    """Raise RateLimited while a 429 holds everybody: what cannot be sent must not be written down as sent."""
    left = client.paused_until() - time.time()
    if left > 0:
        raise RateLimited(Code.RATE_LIMITED, retry_after=left)


def _write_down(lease: Lease, granted_scopes: list[str]) -> CreateAttempt | None:
    """Record the attempt before it is sent; None if there is nothing to send any more."""
    with locked_session(lease) as session:
        now = timezone.now()
        earlier = session.attempts.count()
        if earlier and Delivery.objects.candidates(session).exists():  # they come to attempts
            session.mark_doubtful(now)
            session.let_go()
            session.save_changes()
            return None
        attempt = CreateAttempt.objects.create(
            session=session,
            number=earlier + 1,
            token=CreateAttempt.new_token(),
            sent_at=now,
        )
        session.mark_creating()
        session.granted_scopes = granted_scopes
        session.save_changes()
        record_session.of_session(
            session,
            Verb.CREATE_SENT,
            was=SessionState.REQUESTED,
            detail={"attempt": attempt.number, **recorded_columns.of_scopes(session)},
        )
        return attempt


def _order(attempt: CreateAttempt) -> Order:
    session = attempt.session
    organisation = session.case.organisation
    hook = settings.PORTAL_URL + reverse("webhook", args=[attempt.token]) if settings.AML_WEBHOOKS else None
    return Order(
        country=organisation.country,
        identifier=wire(organisation.identifier),
        reports=tuple(session.ordered_reports),
        expands=tuple(session.expands),
        language=session.language,
        webhook_url=hook,
    )


@transaction.atomic
def _opened(attempt: CreateAttempt, created: Created) -> None:
    """Record the answer. It counts even if the lease has run out: the session exists and is paid for."""
    session = locked(attempt.session_id)
    if session.provider_id == created.session_id:
        return  # its webhook was faster
    if session.provider_id or session.is_ended:
        adopt.record_second_session(session, attempt, created.session_id)
        attempt.second_session = created.session_id
        attempt.save(update_fields=["second_session"])
        return
    if adopt.is_used_elsewhere(session, created.session_id):
        end.fail_session(session, Code.WRONG_SESSION, "")
        return
    was = SessionState(session.state)
    if was in {SessionState.REQUESTED, SessionState.UNKNOWN}:
        session.mark_doubtful(timezone.now())  # as a late webhook would, so that it is found after all
    session.granted_scopes = list(created.granted_scopes)
    adopt.open_as(session, attempt, created.session_id, AttemptOutcome.OPENED)
    record_session.of_session(
        session, Verb.SESSION_OPENED, was=was, detail=recorded_columns.of_opened(session, attempt)
    )
    capture_columns.keep_state(session)


def _not_created(lease: Lease, attempt: CreateAttempt | None, problem: ProviderError) -> None:
    """Record that no session was made: try again later if that may help, else the session has failed."""
    with locked_session(lease) as session:
        now = timezone.now()
        if attempt is not None:
            attempt.outcome = AttemptOutcome.REFUSED
            attempt.save(update_fields=["outcome"])
        was, news = SessionState(session.state), session.reason != problem.code
        if not isinstance(problem, RetryLater):
            end.fail_session(session, problem.code, problem.message)
            return
        session.troubles += 1
        if now >= session.give_up_at and session.troubles >= delays.FEWEST_TROUBLES:
            end.fail_session(session, reasons.NO_ANSWER_IN_TIME, "")
            return
        wait = problem.retry_after or delays.after_trouble(session.troubles, settings.AML_POLL_SECONDS)
        wait = delays.slowed(wait, session.troubles * delays.LONGEST)
        session.next_step_at = now + datetime.timedelta(seconds=wait)
        if was == SessionState.CREATING:
            session.mark_to_be_created(session.next_step_at)
        session.reason, session.reason_text = problem.code, problem.message
        session.let_go()
        session.save_changes()
        if news:
            detail: trail.Detail = {"reason": problem.code, **recorded_columns.of_attempt(attempt)}
            record_session.of_session(session, Verb.CREATE_REFUSED, was=was, detail=detail)
