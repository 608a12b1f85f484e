"""Poll an open session, have each result fetched the moment it is ready, and say when to poll again."""

import datetime
import logging
import time
from dataclasses import replace
from functools import partial

from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactState, Delivery, SessionState, Verb, reasons
from cases.models.capture.artefact import load_artefacts, pending_of
from cases.provider.client import ProviderClient
from cases.provider.errors import Code, Gone, NotFound, ProviderError, RateLimited
from cases.workflows import provider
from cases.workflows.capture import end, fetch, patience, record_session
from cases.workflows.capture.availability import PollResult, read_answer, to_fetch, unwatched
from cases.workflows.capture.fetch import Trouble
from cases.workflows.database_away import AWAY, retried
from cases.workflows.locks import delays
from cases.workflows.locks.leases import Lease, LeaseLost, locked_session
from cases.workflows.results import derive
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)


class Unrecorded:
    """What a step found so far and did not record, with the last trouble it met."""

    def __init__(
        self, lease: Lease, found: PollResult, trouble: Trouble | None, *, is_cautious: bool
    ) -> None:
        """`is_cautious`: an earlier try broke off, so that nothing is kept in memory while more is fetched."""
        self._lease, self.found, self.trouble = lease, found, trouble
        self._is_cautious = is_cautious

    def record_before_more(self) -> None:
        """Record what was found before something else is fetched, if it has been in memory alone for long."""
        if self.found.must_be_recorded or (self._is_cautious and self.found.fetched):
            self._record_if_possible()

    def record_meanwhile(self) -> None:
        """Record what was found while something is fetched, again and again; a fault in it ends no fetch."""
        if self.found.must_be_recorded:
            self._record_if_possible()

    def record_links(self) -> None:
        """Record what was fetched so far: a result may say where the next one is."""
        if self.found.fetched:
            self._record_if_possible()

    def _record_if_possible(self) -> None:
        self.found.began = time.monotonic()  # if it fails, the next try comes no sooner
        try:
            self._record()
        except (LeaseLost, *AWAY):
            raise
        except Exception as problem:
            log.error("session %s: recorded later: %s", self._lease.pk, described(problem))

    def _record(self) -> None:
        self.trouble = _record_so_far(self._lease, self.found) or self.trouble
        self.found = PollResult()


def poll(lease: Lease, client: ProviderClient, session: AmlSession) -> None:
    """Take the step of an open session: ask how far it is, fetch what is ready, and say when to poll again.

    `session` is its row, read under this lease. All that comes of it is recorded in one transaction, unless it takes
    long.
    """
    load_artefacts(session)
    trouble: Trouble | None = None
    try:
        found = read_answer(session, client.session_information(session.provider_id))
        kinds = to_fetch(session, found)
    except ProviderError as problem:
        found, trouble = PollResult(), Trouble.of(problem)
        kinds = _note_refusal(lease, problem)
    step = Unrecorded(lease, found, trouble, is_cautious=session.claims > 1)
    try:
        for kind in kinds:
            retried(step.record_before_more)
            lease.keep()
            while_it_comes = fetch.Meanwhile(step.record_meanwhile, step.record_links)
            outcome = fetch.attempt(lease, client, session.provider_id, kind, while_it_comes)
            step.found.fetched.append((kind, outcome))
        finish = partial(_finish, lease, step.found, step.trouble)
        retried(finish) if step.found.fetched else finish()
    except (LeaseLost, *AWAY):
        raise
    except Exception:
        _keep_each(lease, step.found)
        raise


def _finish(lease: Lease, found: PollResult, trouble: Trouble | None) -> None:
    with locked_session(lease) as session, derive.once():
        trouble = _record(session, found) or trouble or _paused(session)
        _conclude(session, trouble)


def _record_so_far(lease: Lease, found: PollResult) -> Trouble | None:
    with locked_session(lease) as session, derive.once():
        trouble = _record(session, found)
        session.save_changes()
    return trouble


def _keep_each(lease: Lease, found: PollResult) -> None:
    """Record each fetched result by itself, if it can be: one that cannot be read costs no other."""
    for kind, outcome in found.fetched:
        try:
            _record_so_far(lease, replace(found, fetched=[(kind, outcome)]))
        except Exception as problem:
            log.error("session %s: %s: %s", lease.pk, kind, described(problem))


def _record(session: AmlSession, found: PollResult) -> Trouble | None:
    """Record what was seen and fetched; give the last trouble that is worth another try."""
    if found.answer is not None:
        _note(session, found)
    troubles = [fetch.record(session, kind, outcome) for kind, outcome in found.fetched]
    return next((trouble for trouble in reversed(troubles) if trouble), None)


def _note(session: AmlSession, found: PollResult) -> None:
    """Write down what the poll was told; a result that was fetched too is saved when its fetch is recorded."""
    for artefact in pending_of(session):
        _note_entity(session, artefact, found)
    session.give_up_at += unwatched(session, found.at)
    session.polled_at = found.at
    session.forget_refusals()


def _paused(session: AmlSession) -> Trouble | None:
    """What still holds up a result whose answers could not be read, and which was not asked for this time."""
    for artefact in session.artefacts.all():
        if artefact.state == ArtefactState.READY and artefact.unreadable_answers.exists():
            return Trouble(artefact.reason)
    return None


def _note_entity(session: AmlSession, artefact: Artefact, found: PollResult) -> None:
    status = found.answer.entities.get(artefact.kind) if found.answer else None
    if status is None:
        return
    artefact.provider_word = status.word[:50]
    if status.failed:
        end.fail(session, artefact, reasons.PROVIDER_FAILED)
    elif status.expired:
        end.expire(session, artefact)
    elif artefact.kind in found.available and artefact.state == ArtefactState.ORDERED:
        artefact.mark_ready(*found.available[artefact.kind])
        record_session.of_artefact(session, artefact, Verb.ARTEFACT_READY, was=ArtefactState.ORDERED)
    if artefact.kind not in dict(found.fetched):
        artefact.save_changes()


def _note_refusal(lease: Lease, problem: ProviderError) -> list[str]:
    """Record what ends by the provider's refusal to answer; give the kinds to fetch all the same, being ready."""
    with locked_session(lease) as session, derive.once():
        final = _final(session, problem)
        for artefact in pending_of(session):
            if isinstance(problem, Gone):
                end.expire(session, artefact)
            elif final:
                end.fail(session, artefact, final.reason, final.text)
        session.save_changes()
        return [] if isinstance(problem, RateLimited) else to_fetch(session, PollResult())


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
    return trouble if session.is_refused_for_good(now) else None


def _was_announced_failed(session: AmlSession) -> bool:
    return Delivery.objects.about(session).filter(word=provider.contract().event_failed).exists()


def _conclude(session: AmlSession, trouble: Trouble | None) -> None:
    """Give up what was waited for long enough; end the session, or say when to poll again."""
    now = timezone.now()
    tired = trouble is None or session.troubles + 1 >= delays.FEWEST_TROUBLES
    for artefact in pending_of(session):
        if tired and now >= patience.ends(session, artefact, in_trouble=trouble is not None):
            end.fail(session, artefact, _why_given_up(session, artefact, trouble))
    if not pending_of(session):
        end.end(session, now)
        return
    _hold_up(session, trouble)
    session.next_step_at = now if session.wake_requested else now + _until_next_poll(session, trouble, now)
    session.let_go()
    session.save_changes()


def _why_given_up(session: AmlSession, artefact: Artefact, trouble: Trouble | None) -> str:
    """Why a result is given up: the portal's store, no answer of the provider, or the result was never made."""
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
    """Count the trouble, or that there was none, and record an event once when its reason changes."""
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
