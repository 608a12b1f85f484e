"""An open session: look at it, have each result fetched the moment it is ready, and say when to look again."""

import datetime

from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactState, Delivery, SessionState, Verb, reasons
from cases.models.capture.artefact import LIFETIME
from cases.models.capture.session import FURTHEST_STEP
from cases.provider.client import EntityStatus, Information, ProviderClient
from cases.provider.errors import Code, Gone, NotFound, ProviderError, RateLimited
from cases.workflows import provider
from cases.workflows.capture import end, fetch, patience, record_session, unreadable
from cases.workflows.capture.fetch import Trouble
from cases.workflows.locks import delays
from cases.workflows.locks.leases import Lease, locked_session

CLOCKS_DIFFER = datetime.timedelta(seconds=2)


def poll(lease: Lease, client: ProviderClient) -> None:
    """Open: ask how far it is, fetch what is ready, and say when to look again."""
    session = AmlSession.objects.get(pk=lease.pk)
    trouble: Trouble | None = None
    try:
        kinds = _note(lease, client.session_information(session.provider_id))
    except ProviderError as problem:
        trouble = Trouble.of(problem)
        kinds = _note_refusal(lease, problem)
    for kind in kinds:
        lease.renew()
        trouble = fetch.capture(lease, client, session.provider_id, kind) or trouble
    trouble = trouble or _paused(session)
    _conclude(lease, trouble)


def _note(lease: Lease, information: Information) -> list[str]:
    """Write down what was seen; give the kinds to fetch now."""
    with locked_session(lease) as session:
        for artefact in session.artefacts.pending():
            _note_entity(session, artefact, information)
        now = timezone.now()
        session.give_up_at += _unwatched(session, now)
        session.polled_at = now
        session.forget_refusals()
        session.save(update_fields=["polled_at", "give_up_at", "refusals", "refused_since"])
        return _ready(session)


def _unwatched(session: AmlSession, now: datetime.datetime) -> datetime.timedelta:
    """How long nobody looked, if longer than any delay of ours: we slept, or the clock was put ahead."""
    since = now - _last_poll(session, now)
    return since if since > FURTHEST_STEP else datetime.timedelta()


def _last_poll(session: AmlSession, now: datetime.datetime) -> datetime.datetime:
    """When it was last looked at, or began to be: while it had ended nobody was to look."""
    polled_at = session.polled_at or session.opened_at or now
    return max(polled_at, session.reopened_at) if session.reopened_at else polled_at


def _ready(session: AmlSession) -> list[str]:
    """The kinds that are there to be fetched now, the one that expires first at the front."""
    ready, now = session.artefacts.filter(state=ArtefactState.READY), timezone.now()
    return [one.kind for one in ready.deadline_first() if not unreadable.is_paused(one, now)]


def _paused(session: AmlSession) -> Trouble | None:
    """What still holds up a result whose answers could not be read, and which was not asked for this time."""
    held = session.artefacts.filter(state=ArtefactState.READY, unreadable_answers__isnull=False).first()
    return Trouble(held.reason) if held else None


def _note_entity(session: AmlSession, artefact: Artefact, information: Information) -> None:
    status = information.entities.get(artefact.kind)
    if status is None:
        return
    artefact.provider_word = status.word[:50]
    if status.failed:
        end.fail(session, artefact, reasons.PROVIDER_FAILED)
    elif status.expired:
        end.expire(session, artefact)
    elif status.ready and artefact.state == ArtefactState.ORDERED:
        artefact.mark_ready(*_available(session, artefact, status, information.server_time))
        artefact.save()
        record_session.of_artefact(session, artefact, Verb.ARTEFACT_READY, was=ArtefactState.ORDERED)
    else:
        artefact.save(update_fields=["provider_word"])


def _available(
    session: AmlSession, artefact: Artefact, status: EntityStatus, server_time: datetime.datetime | None
) -> tuple[datetime.datetime, datetime.datetime]:
    """Since when it is there and until when, told in our clock.

    Said by the provider, or else: there since the webhook that announced it (or since now), and gone two hours after
    the last look that did not see it ready.
    """
    now = timezone.now()
    if status.available_until is not None:
        apart = now - server_time if server_time else datetime.timedelta()
        until = status.available_until + (apart if abs(apart) > CLOCKS_DIFFER else datetime.timedelta())
        return min(until - LIFETIME, now), until
    not_before = _last_poll(session, now)
    deliveries = Delivery.objects.about(session).filter(kind=artefact.kind, received_at__lte=now)
    announced = deliveries.order_by("received_at").values_list("received_at", flat=True).first()
    return announced or now, not_before + LIFETIME


def _note_refusal(lease: Lease, problem: ProviderError) -> list[str]:
    """Record what a refusal to tell ends; give the kinds to fetch all the same, because they were seen ready."""
    with locked_session(lease) as session:
        final = _final(session, problem)
        for artefact in session.artefacts.pending():
            if isinstance(problem, Gone):
                end.expire(session, artefact)
            elif final:
                end.fail(session, artefact, final.reason, final.text)
        return [] if isinstance(problem, RateLimited) else _ready(session)


def _final(session: AmlSession, problem: ProviderError) -> Trouble | None:
    """Why nothing will come any more, if so many refusals in a row say it."""
    trouble, now = None, timezone.now()
    if isinstance(problem, NotFound) and _was_announced_failed(session):
        trouble = Trouble(reasons.PROVIDER_CANCELLED)
    elif problem.code == Code.SCOPE_MISSING:
        trouble = Trouble.of(problem)
    if trouble:
        session.count_refusal(now)
    else:
        session.forget_refusals()
    session.save(update_fields=["refusals", "refused_since"])
    return trouble if session.is_refused_for_good(now) else None


def _was_announced_failed(session: AmlSession) -> bool:
    return Delivery.objects.about(session).filter(word=provider.contract().event_failed).exists()


def _conclude(lease: Lease, trouble: Trouble | None) -> None:
    with locked_session(lease) as session:
        now = timezone.now()
        tired = trouble is None or session.troubles + 1 >= delays.FEWEST_TROUBLES
        for artefact in session.artefacts.pending():
            if tired and now >= patience.ends(session, artefact, in_trouble=trouble is not None):
                end.fail(session, artefact, _why_given_up(session, artefact, trouble))
        if not session.artefacts.pending().exists():
            end.end(session, now)
            return
        _hold_up(session, trouble)
        session.next_step_at = (
            now if session.wake_requested else now + _until_next_poll(session, trouble, now)
        )
        session.let_go()
        session.save()


def _why_given_up(session: AmlSession, artefact: Artefact, trouble: Trouble | None) -> str:
    """Whose fault it was: our store's, the provider's who did not answer, or the provider's who never made it."""
    if artefact.reason in {reasons.STORAGE_FULL, reasons.STORAGE_TROUBLE}:
        return reasons.NOT_STORED
    if artefact.reason == Code.LINK_REFUSED:
        return Code.LINK_REFUSED
    if trouble is not None and trouble.reason == Code.NOT_FOUND and _was_announced_failed(session):
        return reasons.PROVIDER_CANCELLED
    if artefact.state == ArtefactState.READY or trouble is not None:
        return reasons.NO_ANSWER_IN_TIME
    return reasons.FAILURE_ANNOUNCED if patience.announced_failure(session) else reasons.NEVER_READY


def _hold_up(session: AmlSession, trouble: Trouble | None) -> None:
    """Count the trouble, or that there was none, and say so once when it changes."""
    if trouble is None:
        session.polls += 1
        session.troubles, session.reason, session.reason_text = 0, "", ""
        return
    session.troubles += 1
    if session.reason != trouble.reason:
        session.reason, session.reason_text = trouble.reason, trouble.text
        was = SessionState(session.state)
        record_session.of_session(session, Verb.SESSION_TROUBLED, was=was, detail={"reason": trouble.reason})


def _until_next_poll(
    session: AmlSession, trouble: Trouble | None, now: datetime.datetime
) -> datetime.timedelta:
    wait = trouble.wait if trouble else None
    return patience.until_next_poll(session, now, in_trouble=trouble is not None, wait=wait)
