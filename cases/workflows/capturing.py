"""The later steps of a session: look at it, fetch each result the moment it is ready, and end it.

Every fetch ends in one settled transaction, so that a worker may die at any line: what was not settled is fetched
again, and the same bytes land under the same name.
"""

import datetime
import logging
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    ArtefactState,
    Delivery,
    SessionState,
    Verb,
    reasons,
)
from cases.models.artefact import LIFETIME
from cases.provider.client import EntityStatus, Fetched, Information, ProviderClient
from cases.provider.errors import (
    CannotUnderstand,
    Code,
    FixConfiguration,
    GiveUp,
    Gone,
    NotFound,
    NotReady,
    ProviderError,
    RateLimited,
)
from cases.provider.identifiers import Identifier
from cases.provider.reading import looks_like_pdf
from cases.workflows import audit, delays, evidence, provider, results
from cases.workflows.leases import Lease, let_go, settling

log = logging.getLogger(__name__)

# A complete answer that cannot be read may be better the next time; after this many it is kept as it is.
UNREADABLE_TRIES = 3
# Beyond its expiry a ready entity is asked for a little longer: only the provider's own word ends it.
AFTER_EXPIRY = datetime.timedelta(minutes=5)
RENEW_EVERY_SECONDS = 10
SCOPE_MISSING = Code.SCOPE_MISSING.value
CLOCKS_DIFFER = datetime.timedelta(seconds=2)


@dataclass(frozen=True)
class Trouble:
    """What holds a session up: a safe word, the provider's text, and the wait it asked for (seconds)."""

    reason: str
    text: str = ""
    wait: float | None = None

    @classmethod
    def of(cls, problem: ProviderError) -> "Trouble":
        return cls(problem.code, problem.message, problem.retry_after)


@dataclass(frozen=True)
class Download:
    """Bytes that are ours now, under their hash; nothing is settled yet."""

    kind: str
    name: str
    fetched: Fetched
    unreadable: str
    reading: results.Reading | None

    def about(self, identifier: Identifier) -> bool | None:
        """Whether it says it is about this organisation; None if it does not say."""
        return self.reading.about(identifier) if self.reading else None


def look(lease: Lease, client: ProviderClient) -> None:
    """Open: ask how far it is, fetch what is ready, and say when to look again."""
    session = AmlSession.objects.get(pk=lease.session)
    trouble: Trouble | None = None
    try:
        kinds = _note(lease, client.session_information(session.provider_id))
    except ProviderError as problem:
        trouble = Trouble.of(problem)
        kinds = _note_refusal(lease, problem)
    for kind in kinds:
        lease.renew()
        trouble = _capture(lease, client, session.provider_id, kind) or trouble
    _conclude(lease, trouble)


# --- What the provider says ---


def _note(lease: Lease, information: Information) -> list[str]:
    """Write down what was seen; give the kinds to fetch now."""
    with settling(lease) as session:
        for artefact in session.artefacts.unsettled():
            _note_entity(session, artefact, information)
        session.rung = False
        session.looked_at = timezone.now()
        session.save(update_fields=["rung", "looked_at"])
        return _ready(session)


def _ready(session: AmlSession) -> list[str]:
    """The kinds that are there to be fetched, the one that expires first at the front."""
    ready = session.artefacts.filter(state=ArtefactState.READY)
    return list(ready.deadline_first().values_list("kind", flat=True))


def _note_entity(session: AmlSession, artefact: Artefact, information: Information) -> None:
    status = information.entities.get(artefact.kind)
    if status is None:
        return
    artefact.provider_word = status.word[:50]
    if status.failed:
        _fail(session, artefact, reasons.PROVIDER_FAILED)
    elif status.expired:
        _expire(session, artefact)
    elif status.ready and artefact.state == ArtefactState.ASKED:
        artefact.mark_ready(*_available(session, artefact, status, information.server_time))
        artefact.save()
        _tell(session, artefact, Verb.ARTEFACT_READY, was=ArtefactState.ASKED)
    else:
        artefact.save(update_fields=["provider_word"])


def _available(
    session: AmlSession, artefact: Artefact, status: EntityStatus, server_time: datetime.datetime | None
) -> tuple[datetime.datetime, datetime.datetime]:
    """Since when it is there and until when, told in our clock.

    Said by the provider, or else: there since the knock that announced it (or since now), and gone two hours after the
    last look that did not see it ready.
    """
    now = timezone.now()
    if status.available_until is not None:
        apart = now - server_time if server_time else datetime.timedelta()
        until = status.available_until + (apart if abs(apart) > CLOCKS_DIFFER else datetime.timedelta())
        return min(until - LIFETIME, now), until
    not_before = session.looked_at or session.opened_at or now
    knocks = Delivery.objects.filter(attempt__session=session, kind=artefact.kind, received_at__lte=now)
    announced = knocks.order_by("received_at").values_list("received_at", flat=True).first()
    return announced or now, not_before + LIFETIME


def _note_refusal(lease: Lease, problem: ProviderError) -> list[str]:
    """Settle what a refusal to tell settles; give the kinds to fetch all the same, because they were seen ready."""
    with settling(lease) as session:
        session.rung = False
        session.save(update_fields=["rung"])
        cancelled = isinstance(problem, NotFound) and _was_told_failed(session)
        for artefact in session.artefacts.unsettled():
            if isinstance(problem, Gone):
                _expire(session, artefact)
            elif cancelled:
                _fail(session, artefact, reasons.PROVIDER_CANCELLED)
            elif problem.code == SCOPE_MISSING:
                _fail(session, artefact, problem.code, problem.message)
        return [] if isinstance(problem, RateLimited) else _ready(session)


def _was_told_failed(session: AmlSession) -> bool:
    return Delivery.objects.filter(attempt__session=session, word=provider.contract().event_failed).exists()


# --- Fetching ---


def download(lease: Lease, client: ProviderClient, provider_id: str, kind: str) -> Download:
    """Fetch one entity and keep its bytes. Raises ProviderError or evidence.StorageTrouble; settles nothing."""
    renewed = timezone.now()

    def hold_on(_bytes: int) -> None:
        nonlocal renewed
        if (timezone.now() - renewed).total_seconds() > RENEW_EVERY_SECONDS:
            lease.renew()
            renewed = timezone.now()

    path: Path | None = None
    try:
        folder = evidence.incoming_folder()
        fetched = client.fetch(provider_id, kind, folder, hold_on)
        path = fetched.path
        name = evidence.keep(fetched, kind)
        reading, unreadable = None, ""
        if kind == ArtefactKind.JSON:
            try:
                reading = results.read_bytes(path.read_bytes())
            except CannotUnderstand as problem:
                unreadable = problem.code
        elif not looks_like_pdf(path):
            unreadable = Code.INVALID_PDF
        return Download(kind, name, fetched, unreadable, reading)
    except OSError as problem:
        raise evidence.trouble(problem) from problem
    finally:
        if path is not None:
            evidence.remove_download(path)


def _capture(lease: Lease, client: ProviderClient, provider_id: str, kind: str) -> Trouble | None:
    """Fetch and settle one entity; give what went wrong, if it is worth another try."""
    try:
        captured = download(lease, client, provider_id, kind)
    except NotReady:
        return None
    except ProviderError as problem:
        return _settle_refusal(lease, kind, problem)
    except evidence.StorageTrouble as problem:
        return _try_again(lease, kind, problem.reason)
    if captured.unreadable and not _last_try(lease, kind):
        return _try_again(lease, kind, captured.unreadable)
    with settling(lease) as session:
        settle_download(session, captured)
    return None


def settle_download(session: AmlSession, captured: Download) -> None:
    """Make the download the session's artefact, inside the caller's transaction."""
    artefact = session.artefacts.get(kind=captured.kind)
    if not artefact.is_unsettled:
        return
    now, was = timezone.now(), ArtefactState(artefact.state)
    artefact.mark_captured(
        now,
        file=captured.name,
        sha256=captured.fetched.sha256,
        size=captured.fetched.size,
        media_type=captured.fetched.media_type[:100],
    )
    artefact.unreadable = captured.unreadable
    artefact.about_us = captured.about(session.case.organisation.identifier)
    artefact.save()
    session.looks = session.troubles = 0
    session.save()
    _tell(
        session,
        artefact,
        Verb.ARTEFACT_CAPTURED,
        was=was,
        size=artefact.size,
        seconds=artefact.seconds_to_capture,
        unreadable=artefact.unreadable,
    )
    if captured.reading is not None:
        results.take_in(session.case, artefact, captured.reading)


def _settle_refusal(lease: Lease, kind: str, problem: ProviderError) -> Trouble | None:
    with settling(lease) as session:
        artefact = session.artefacts.get(kind=kind)
        if isinstance(problem, Gone):
            _expire(session, artefact)
            return None
        final = isinstance(problem, GiveUp | CannotUnderstand) and not isinstance(problem, NotFound)
        if final or (isinstance(problem, FixConfiguration) and problem.code == SCOPE_MISSING):
            _fail(session, artefact, problem.code, problem.message)
            return None
    return _try_again(lease, kind, problem.code, problem)


def _try_again(lease: Lease, kind: str, reason: str, problem: ProviderError | None = None) -> Trouble:
    with settling(lease) as session:
        artefact = session.artefacts.get(kind=kind)
        news = artefact.reason != reason
        artefact.reason, artefact.tries = reason, artefact.tries + 1
        artefact.save(update_fields=["reason", "tries"])
        if news:
            _tell(session, artefact, Verb.FETCH_FAILED, was=ArtefactState(artefact.state), reason=reason)
    return Trouble.of(problem) if problem else Trouble(reason)


def _last_try(lease: Lease, kind: str) -> bool:
    artefact = Artefact.objects.get(session=lease.session, kind=kind)
    return artefact.tries + 1 >= UNREADABLE_TRIES


# --- Ending, or going on ---


def _conclude(lease: Lease, trouble: Trouble | None) -> None:
    with settling(lease) as session:
        now = timezone.now()
        for artefact in session.artefacts.unsettled():
            if now >= _patience_ends(session, artefact):
                ready = artefact.state == ArtefactState.READY or trouble is not None
                _fail(session, artefact, reasons.NO_ANSWER_IN_TIME if ready else reasons.NEVER_READY)
        if not session.artefacts.unsettled().exists():
            _end(session, now)
            return
        _hold_up(session, trouble)
        session.next_step_at = now if session.rung else now + _until_next_look(session, trouble)
        let_go(session)
        session.save()


def _patience_ends(session: AmlSession, artefact: Artefact) -> datetime.datetime:
    if artefact.state == ArtefactState.READY and artefact.expires_at is not None:
        return max(session.give_up_at, artefact.expires_at + AFTER_EXPIRY)
    return session.give_up_at


def _hold_up(session: AmlSession, trouble: Trouble | None) -> None:
    """Count the trouble, or that there was none, and say so once when it changes."""
    if trouble is None:
        session.looks += 1
        session.troubles, session.reason, session.reason_text = 0, "", ""
        return
    session.troubles += 1
    if session.reason != trouble.reason:
        session.reason, session.reason_text = trouble.reason, trouble.text
        _tell_session(session, Verb.SESSION_TROUBLED, was=SessionState(session.state), reason=trouble.reason)


def _until_next_look(session: AmlSession, trouble: Trouble | None) -> datetime.timedelta:
    first = settings.AML_POLL_SECONDS
    if trouble is None:
        seconds = delays.before_look(session.looks, first)
    elif trouble.wait is not None:
        seconds = trouble.wait + delays.before_look(0, first)
    else:
        seconds = delays.after_trouble(session.troubles, first)
    return datetime.timedelta(seconds=seconds)


def _end(session: AmlSession, now: datetime.datetime) -> None:
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
    let_go(session)
    session.save()
    _tell_session(session, Verb.SESSION_ENDED, was=was, reason=session.reason)


def fail(session: AmlSession, reason: str, text: str) -> None:
    """End a session that never opened. Inside the caller's transaction."""
    was = SessionState(session.state)
    for artefact in session.artefacts.unsettled():
        artefact.mark_failed(reason, text)
        artefact.save()
    session.mark_failed(reason, text, timezone.now())
    let_go(session)
    session.save()
    _tell_session(session, Verb.SESSION_ENDED, was=was, reason=reason)


def _fail(session: AmlSession, artefact: Artefact, reason: str, text: str = "") -> None:
    was = ArtefactState(artefact.state)
    artefact.mark_failed(reason, text)
    artefact.save()
    _tell(session, artefact, Verb.ARTEFACT_FAILED, was=was, reason=reason)


def _expire(session: AmlSession, artefact: Artefact) -> None:
    was = ArtefactState(artefact.state)
    artefact.mark_expired()
    artefact.save()
    _tell(session, artefact, Verb.ARTEFACT_EXPIRED, was=was)


def _tell(
    session: AmlSession,
    artefact: Artefact,
    verb: Verb,
    *,
    was: ArtefactState,
    **detail: str | int | float | None,
) -> None:
    audit.record(
        session.case,
        verb,
        subject=f"session {session.number} {artefact.kind}",
        was=str(was.label),
        now=artefact.get_state_display(),
        rests_on=artefact.sha256,
        **detail,
    )


def _tell_session(session: AmlSession, verb: Verb, *, was: SessionState, **detail: str) -> None:
    audit.record(
        session.case,
        verb,
        subject=f"session {session.number}",
        was=str(was.label),
        now=session.get_state_display(),
        **detail,
    )
