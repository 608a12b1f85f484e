"""Fetch one result, keep its bytes, and record that it is ours: one transaction, after which nothing is fetched twice.

A worker may die at any line: what was not recorded is fetched again, and the same bytes land under the same name.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.db import close_old_connections
from django.utils import timezone

from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, ArtefactKind, ArtefactState, Verb, reasons
from cases.models.capture.artefact import of_kind
from cases.provider.client import Fetched, ProviderClient
from cases.provider.errors import (
    CannotUnderstand,
    Code,
    FixConfiguration,
    GiveUp,
    Gone,
    NotFound,
    NotReady,
    ProviderError,
)
from cases.provider.numbers.identifiers import Identifier
from cases.provider.result.parsing import looks_like_pdf
from cases.workflows.capture import end, record_session, report_links, unreadable
from cases.workflows.capture.record_download import Bytes, record_capture
from cases.workflows.database_away import AWAY, retried
from cases.workflows.locks.leases import Lease
from cases.workflows.results import parsed_result
from cases.workflows.results.parsed_result import ParsedResult
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

RENEW_EVERY_SECONDS = 10


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
    """Bytes that are ours now, under their hash; nothing is recorded yet."""

    kind: str
    name: str
    fetched: Fetched
    unreadable: str
    parsed: ParsedResult | None
    # What is read together with it, by key (parsed_result.beside).
    others: dict[int, ParsedResult | None]

    @property
    def as_kept(self) -> Bytes:
        fetched = self.fetched
        return Bytes(self.name, fetched.sha256, fetched.size, fetched.media_type[:100], self.unreadable)

    def about(self, identifier: Identifier) -> bool | None:
        """Whether the result says it is about this organisation; None if it does not say."""
        return self.parsed.about(identifier) if self.parsed else None


class Meanwhile(NamedTuple):
    """What else is done during a fetch: while bytes come, again and again, and before links of a result are read."""

    bytes_come: Callable[[], None] = lambda: None
    links_are_read: Callable[[], None] = lambda: None


NOTHING_ELSE = Meanwhile()


def download(
    lease: Lease, client: ProviderClient, provider_id: str, kind: str, meanwhile: Meanwhile = NOTHING_ELSE
) -> Download:
    """Fetch one entity and keep its bytes. Raises ProviderError or StorageTrouble; records nothing."""
    renewed = timezone.now()

    def hold_on(_bytes: int) -> None:
        nonlocal renewed
        _if_possible(lease, meanwhile.bytes_come)
        if (timezone.now() - renewed).total_seconds() > RENEW_EVERY_SECONDS:
            _if_possible(lease, lease.renew)
            renewed = timezone.now()

    path: Path | None = None
    try:
        folder = evidence_files.incoming_folder()
        try:
            fetched = client.fetch(provider_id, kind, folder, hold_on)
        except NotFound:
            _if_possible(lease, meanwhile.links_are_read)
            links = report_links.named(lease.pk, kind)
            if not links:
                raise
            lease.renew()
            fetched = client.fetch_linked(links, kind, folder, hold_on)
        path = fetched.path
        name = evidence_files.keep(fetched, kind)
        parsed, why_not = _read(path, kind)
        others = retried(partial(parsed_result.beside, lease.pk)) if parsed else {}
        return Download(kind, name, fetched, why_not, parsed, others)
    except OSError as problem:
        raise evidence_files.trouble(problem) from problem
    finally:
        if path is not None:
            evidence_files.remove_download(path)


def _if_possible(lease: Lease, write: Callable[[], None]) -> None:
    """Write unless the database is away: what came so far is kept all the same, and the fence decides later."""
    try:
        write()
    except AWAY as problem:
        log.warning("session %s: it is written down later: %s", lease.pk, type(problem).__name__)
        close_old_connections()


def _read(path: Path, kind: str) -> tuple[ParsedResult | None, str]:
    """Read what was downloaded; a word for why not, if it cannot be. No reader's fault may cost us the evidence."""
    if kind != ArtefactKind.JSON:
        return None, "" if looks_like_pdf(path) else Code.INVALID_PDF
    data = path.read_bytes()
    try:
        return parsed_result.parse_bytes(data), ""
    except CannotUnderstand as problem:
        return None, problem.code
    except Exception as problem:
        log.error("a result could not be read: %s", described(problem))
        return None, reasons.NOT_READ


# What became of one fetch.
Outcome = Download | ProviderError | evidence_files.StorageTrouble


def attempt(
    lease: Lease, client: ProviderClient, provider_id: str, kind: str, meanwhile: Meanwhile
) -> Outcome:
    """Fetch one entity and keep its bytes, or say why not; records nothing."""
    try:
        return download(lease, client, provider_id, kind, meanwhile)
    except (ProviderError, evidence_files.StorageTrouble) as problem:
        return problem


def record(session: AmlSession, kind: str, outcome: Outcome) -> Trouble | None:
    """Record what became of a fetch, inside the caller's transaction; give what is worth another try."""
    if isinstance(outcome, Download):
        return record_download(session, outcome)
    artefact = of_kind(session, kind)
    if isinstance(outcome, NotReady):
        artefact.forget_refusals()
        artefact.save_changes()
        return None
    if isinstance(outcome, evidence_files.StorageTrouble):
        artefact.forget_refusals()
        _note_trouble(session, artefact, outcome.reason)
        return Trouble(outcome.reason)
    return _record_refusal(session, artefact, outcome)


def record_download(session: AmlSession, captured: Download) -> Trouble | None:
    """Make the download the session's artefact, inside the caller's transaction; not yet if a better one may be had."""
    artefact = of_kind(session, captured.kind)
    if not artefact.is_pending:
        return None
    if captured.unreadable and not unreadable.is_last(artefact, captured.unreadable, timezone.now()):
        unreadable.keep(session, artefact, captured.as_kept)
        return Trouble(captured.unreadable)
    record_capture(session, artefact, captured.as_kept, captured.parsed, captured.others)
    return None


def _record_refusal(session: AmlSession, artefact: Artefact, problem: ProviderError) -> Trouble | None:
    now = timezone.now()
    if isinstance(problem, Gone):
        end.expire(session, artefact)
        return None
    if is_refusal(problem):
        artefact.count_refusal(now)
    else:
        artefact.forget_refusals()
    if artefact.is_refused_for_good(now):
        end.fail(session, artefact, problem.code, problem.message)
        return None
    _note_trouble(session, artefact, problem.code)
    return Trouble.of(problem)


def is_refusal(problem: ProviderError) -> bool:
    """Would the same call be refused again? One such answer proves nothing, and 404 may mean another address."""
    if isinstance(problem, FixConfiguration):
        return problem.code == Code.SCOPE_MISSING
    return isinstance(problem, GiveUp | CannotUnderstand) and not isinstance(problem, NotFound)


def _note_trouble(session: AmlSession, artefact: Artefact, reason: str) -> None:
    news = artefact.reason != reason
    artefact.reason, artefact.tries = reason, artefact.tries + 1
    artefact.save_changes()
    if news:
        was = ArtefactState(artefact.state)
        record_session.of_artefact(session, artefact, Verb.FETCH_FAILED, was=was, detail={"reason": reason})
