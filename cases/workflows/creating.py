"""The first steps of a session: order it once, and find out what became of an order whose answer was lost.

Create is not idempotent and costs money (contract §2). So the attempt is written down before it is sent, with a webhook
address of its own; a lost answer is a doubt, resolved by a knock at that address that the API confirms, and only when
none comes is another order sent, as often as AML_CREATE_RETRIES allows. Then a person decides.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

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
from cases.provider.client import Created, Order, ProviderClient
from cases.provider.errors import GiveUp, OutcomeUnknown, ProviderError, RetryLater
from cases.provider.identifiers import same, wire
from cases.workflows import delays, ending, fetching, telling
from cases.workflows.leases import Lease, let_go, settling
from cases.workflows.sessions import patience


def create(lease: Lease, client: ProviderClient) -> None:
    """Asked for: send the order, and settle what is known of it."""
    try:
        granted = client.access().granted_scopes  # no doubt can arise from a token we never got
    except ProviderError as problem:
        _not_created(lease, None, problem)
        return
    attempt = _write_down(lease, list(granted))
    if attempt is None:
        return
    try:
        created = client.create_session(_order(attempt))
    except OutcomeUnknown as problem:
        doubt(lease, problem.code)
    except ProviderError as problem:
        _not_created(lease, attempt, problem)
    else:
        _opened(attempt, created)


def _write_down(lease: Lease, granted_scopes: list[str]) -> CreateAttempt | None:
    """Record the attempt before it is sent; None if there is nothing to send any more."""
    with settling(lease) as session:
        now = timezone.now()
        if _named_sessions(session).exists():
            session.mark_doubtful(now)
            let_go(session)
            session.save()
            return None
        attempt = CreateAttempt.objects.create(
            session=session,
            number=session.attempts.count() + 1,
            token=CreateAttempt.new_token(),
            sent_at=now,
        )
        session.mark_creating()
        session.granted_scopes = granted_scopes
        session.save()
        telling.of_session(
            session, Verb.CREATE_SENT, was=SessionState.REQUESTED, detail={"attempt": attempt.number}
        )
        return attempt


def _order(attempt: CreateAttempt) -> Order:
    session = attempt.session
    organisation = session.case.organisation
    hook = settings.PORTAL_URL + reverse("webhook", args=[attempt.token]) if settings.AML_WEBHOOKS else None
    return Order(
        country=organisation.country,
        identifier=wire(organisation.identifier),
        reports=tuple(session.reports),
        expands=tuple(session.expands),
        language=session.language,
        webhook_url=hook,
    )


@transaction.atomic
def _opened(attempt: CreateAttempt, created: Created) -> None:
    """The answer came. It counts even if our lease has run out meanwhile: the session exists and is paid for."""
    session = AmlSession.objects.select_for_update().get(pk=attempt.session_id)
    if session.state not in {SessionState.CREATING, SessionState.DOUBTFUL}:
        if session.provider_id != created.session_id:
            telling.of_session(session, Verb.SESSION_DUPLICATED, detail={"attempt": attempt.number})
        return
    was = SessionState(session.state)
    _open(session, attempt, created.session_id, AttemptOutcome.OPENED)
    telling.of_session(session, Verb.SESSION_OPENED, was=was)


def _open(session: AmlSession, attempt: CreateAttempt, provider_id: str, outcome: AttemptOutcome) -> None:
    now = timezone.now()
    session.mark_open(provider_id, now, now + patience())
    if not session.rung:
        session.next_step_at = now + datetime.timedelta(
            seconds=delays.before_look(0, settings.AML_POLL_SECONDS)
        )
    let_go(session)
    session.save()
    attempt.outcome = outcome
    attempt.save(update_fields=["outcome"])


def _not_created(lease: Lease, attempt: CreateAttempt | None, problem: ProviderError) -> None:
    """No session was made, and we know it: try again later if that may help, else the session has failed."""
    with settling(lease) as session:
        now = timezone.now()
        if attempt is not None:
            attempt.outcome = AttemptOutcome.REFUSED
            attempt.save(update_fields=["outcome"])
        was, news = SessionState(session.state), session.reason != problem.code
        if not isinstance(problem, RetryLater):
            ending.fail_session(session, problem.code, problem.message)
            return
        if now >= session.give_up_at:
            ending.fail_session(session, reasons.NO_ANSWER_IN_TIME, "")
            return
        session.troubles += 1
        wait = problem.retry_after or delays.after_trouble(session.troubles, settings.AML_POLL_SECONDS)
        session.next_step_at = now + datetime.timedelta(seconds=wait)
        if was == SessionState.CREATING:
            session.mark_to_be_created(session.next_step_at)
        session.reason, session.reason_text = problem.code, problem.message
        let_go(session)
        session.save()
        if news:
            telling.of_session(session, Verb.CREATE_REFUSED, was=was, detail={"reason": problem.code})


def doubt(lease: Lease, reason: str = reasons.CREATE_OUTCOME_UNKNOWN) -> None:
    """Being sent, and no answer will come: its worker died, or the answer was lost on the way."""
    with settling(lease) as session:
        was = SessionState(session.state)
        session.mark_doubtful(timezone.now())
        session.doubts += 1
        session.reason, session.reason_text = reason, ""
        let_go(session)
        session.save()
        telling.of_session(session, Verb.CREATE_IN_DOUBT, was=was, detail={"reason": reason})


def resolve_doubt(lease: Lease, client: ProviderClient) -> None:
    """Doubtful: adopt the session a knock named if the API confirms it, wait for a knock, or stop waiting."""
    session = AmlSession.objects.select_related("case__organisation").get(pk=lease.session)
    knock = _named_sessions(session).select_related("attempt").first()
    if knock is not None:
        _verify(lease, client, session, knock)
    else:
        _wait_for_a_knock(lease)


def _named_sessions(session: AmlSession) -> QuerySet[Delivery]:
    """Knocks that name a session for an attempt whose answer we never saw, and were not rejected."""
    return (
        Delivery.objects.filter(
            attempt__session=session,
            attempt__outcome__in=[AttemptOutcome.SENT, AttemptOutcome.ABANDONED],
            verdict=DeliveryVerdict.RANG,
        )
        .exclude(named_session="")
        .order_by("received_at")
    )


def _wait_for_a_knock(lease: Lease) -> None:
    with settling(lease) as session:
        now = timezone.now()
        attempt = session.attempts.order_by("-number")[0]
        wait_until = attempt.sent_at + datetime.timedelta(seconds=settings.AML_CREATE_ADOPT_SECONDS)
        if session.rung:
            session.next_step_at = now
        elif now < wait_until and settings.AML_WEBHOOKS:
            session.next_step_at = wait_until
        else:
            _stop_waiting(session, attempt, now)
        let_go(session)
        session.save()


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
    telling.of_session(session, Verb.SESSION_UNKNOWN, was=SessionState.DOUBTFUL, detail={"reason": reason})


def _verify(lease: Lease, client: ProviderClient, session: AmlSession, knock: Delivery) -> None:
    """Ask the API about the session a knock named, and adopt it only if it is about the same organisation."""
    organisation = session.case.organisation
    captured = None
    try:
        information = client.session_information(knock.named_session)
        about_us = same(organisation.identifier, information.identifier, information.identifier)
        status = information.entities.get("json")
        if about_us is None and status is not None and status.ready:
            lease.renew()
            captured = fetching.download(lease, client, knock.named_session, "json")
            about_us = captured.about(organisation.identifier)
    except RetryLater as problem:
        _look_again(lease, problem.code, problem.retry_after)
    except GiveUp:
        _reject(lease, knock)
    except ProviderError as problem:
        _look_again(lease, problem.code, None)
    else:
        hopeless = captured is not None or (status is not None and (status.failed or status.expired))
        if about_us is False:
            _reject(lease, knock)
        elif about_us:
            _adopt(lease, knock, captured)
        elif hopeless:
            with settling(lease) as settled:
                _leave_to_a_person(settled, reasons.CANNOT_CONFIRM)
                let_go(settled)
                settled.save()
        else:
            _look_again(lease, "", None)


def _look_again(lease: Lease, reason: str, wait: float | None) -> None:
    with settling(lease) as session:
        now = timezone.now()
        if now >= session.give_up_at:
            _leave_to_a_person(session, reasons.CANNOT_CONFIRM)
        else:
            session.looks += 1
            wait = wait or delays.before_look(session.looks, settings.AML_POLL_SECONDS)
            session.next_step_at = now if session.rung else now + datetime.timedelta(seconds=wait)
            session.reason = reason or session.reason
        let_go(session)
        session.save()


def _reject(lease: Lease, knock: Delivery) -> None:
    with settling(lease) as session:
        Delivery.objects.filter(attempt__session=session, named_session=knock.named_session).update(
            verdict=DeliveryVerdict.REJECTED
        )
        session.next_step_at = timezone.now()
        let_go(session)
        session.save()
        telling.of_session(session, Verb.KNOCK_REJECTED)


def _adopt(lease: Lease, knock: Delivery, captured: fetching.Download | None) -> None:
    with settling(lease) as session:
        _open(session, knock.attempt, knock.named_session, AttemptOutcome.ADOPTED)
        telling.of_session(session, Verb.SESSION_ADOPTED, was=SessionState.DOUBTFUL)
        if captured is not None:
            fetching.settle_download(session, captured)
