"""Check the signatures of captured PDFs: each once when it was captured, and again whenever a person asks.

The stored file is read against its hash and copied; a process with limits looks at the copy. Every check is a row of
its own with its event, written in one short transaction after it.
"""

import datetime
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from amlportal.file_lock import file_lock
from cases.evidence import evidence_files
from cases.models import Artefact, PendingSignatureCheck, SignatureCheck, User, Verb
from cases.models.audit.subject import EventSubject
from cases.models.capture import signature
from cases.presentation import document_status
from cases.signatures import signature_words
from cases.signatures.signature_process import (
    Limits,
    NotChecked,
    NotDone,
    SignatureChecker,
    Subject,
    checking,
)
from cases.signatures.signature_result import SignatureResult
from cases.workflows import heartbeat
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.locks import delays, leases
from cases.workflows.locks.leases import Lease, LeaseLost
from cases.workflows.locks.locking import locked
from cases.workflows.results import derive
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

# How long one process checks before other background jobs have its turn.
BATCH_SECONDS = 10.0
MOST_AT_ONCE = 25
# So many failures in a row are not those of single files.
MOST_IN_VAIN = 3
MOST_PUT_OFF = 1000
# A check that breaks off so often, with pauses between, is not tried by itself again.
MOST_BROKEN_OFF = 3
FIRST_PAUSE_SECONDS = 15.0
WAIT_SECONDS = 8.0  # for another check that a person asked for

SPOILED = {"missing": signature_words.FILE_MISSING, "altered": signature_words.FILE_ALTERED}


class CannotCheck(Exception):
    """Nothing was learned, for a reason that is not the file's: try again later."""


class BrokeOff(CannotCheck):
    """The check was not done in time, or something ended it. `word` explains it."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Busy(CannotCheck):
    """Somebody else's check takes all that is allowed at once."""


# --- At capture ----------------------------------------------------------------------------------------------


def is_due() -> bool:
    """Does any captured PDF wait for its first check, in nobody's hands?"""
    return PendingSignatureCheck.objects.due(timezone.now()).exists()


def do(beats: heartbeat.Beats) -> bool:
    """Check some of what is due; False if there was none, or nothing could be done for now."""
    done, in_vain, ends = 0, 0, time.monotonic() + BATCH_SECONDS
    due = PendingSignatureCheck.objects.due(timezone.now()).values_list("pk", flat=True)[:MOST_AT_ONCE]
    with checking(settings.AML_TRUST_ROOTS, Limits(), beats.beat) as checker:
        for pk in list(due):
            beats.beat()
            lease = leases.claim(PendingSignatureCheck, pk, signature.LEASE.total_seconds())
            if lease is not None:
                done, in_vain = (done + 1, 0) if _check_by_itself(lease, checker) else (done, in_vain + 1)
            if in_vain == MOST_IN_VAIN:
                _put_off_more()
                break
            if time.monotonic() > ends:
                break
    return done > 0


def _check_by_itself(lease: Lease, checker: SignatureChecker) -> bool:
    """Check the PDF that is leased, unless a person just did. False, and it is put off, if that cannot be done now."""
    rows = PendingSignatureCheck.objects.select_related("artefact__session__case__organisation")
    pending = rows.filter(pk=lease.pk).first()
    if pending is None:
        return True
    try:
        _record(pending.artefact, _last_result(pending, checker), lease=lease)
    except LeaseLost:
        log.info("PDF %s was checked by somebody else", lease.pk)
    except BrokeOff as problem:
        log.warning("the check of PDF %s broke off: %s", lease.pk, problem)
        _put_off(lease, pending.broke_off + 1, broke_off=pending.broke_off + 1)
        return False
    except CannotCheck as problem:
        log.warning("PDF %s cannot be checked for now: %s", lease.pk, problem)
        _put_off_for_trouble(pending, lease)
        return False
    except Exception as problem:  # one that nobody foresaw keeps the others waiting no less
        log.error("PDF %s could not be checked: %s", lease.pk, described(problem))
        _put_off_for_trouble(pending, lease)
        return False
    return True


def _last_result(pending: PendingSignatureCheck, checker: SignatureChecker) -> SignatureResult:
    """The result of a check; that it broke off is one only when it did so again and again. Raises CannotCheck."""
    if pending.claims > leases.MOST_CLAIMS:
        return SignatureResult.cannot_tell(signature_words.BROKE_OFF)
    try:
        return _result(pending.artefact, checker)
    except BrokeOff as problem:
        if pending.broke_off + 1 < MOST_BROKEN_OFF:
            raise
        return SignatureResult.cannot_tell(problem.word)


def _put_off_for_trouble(pending: PendingSignatureCheck, lease: Lease) -> None:
    """Put it off, the longer the more often in a row."""
    troubles = pending.troubles + 1
    _put_off(lease, troubles, troubles=troubles)


def _put_off(lease: Lease, tries: int, **more: int) -> None:
    """Free the row for a later try; claims count only those who did not come to this."""
    held = PendingSignatureCheck.objects.filter(pk=lease.pk).held_by(lease.token)
    held.release(not_before=_after(tries), claims=0, **more)


@transaction.atomic
def _put_off_more() -> None:
    """Put off the next that are due: what fails is not one file's."""
    due = PendingSignatureCheck.objects.due(timezone.now()).select_for_update(skip_locked=True)
    keys = list(due.values_list("pk", flat=True)[:MOST_PUT_OFF])
    PendingSignatureCheck.objects.filter(pk__in=keys).update(not_before=_after(1))


def _after(tries: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=delays.up_to_seldom(tries, FIRST_PAUSE_SECONDS))


# --- On demand -----------------------------------------------------------------------------------------------


def check_again(artefact: Artefact, actor: User) -> SignatureCheck:
    """Check it now, for a person who waits. Raises CannotCheck: what was told before stands, however often."""
    with _one_at_a_time(), checking(settings.AML_TRUST_ROOTS) as checker:
        result = _result(artefact, checker)
    return _record(artefact, result, actor=actor)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Only one person's check at a time on this machine, so that nobody can take all of it. Raises Busy."""
    with file_lock(settings.VAR_DIR / "check-signature.lock", seconds=WAIT_SECONDS) as is_ours:
        if not is_ours:
            raise Busy
        yield


# --- One check -----------------------------------------------------------------------------------------------


def _result(artefact: Artefact, checker: SignatureChecker) -> SignatureResult:
    organisation = artefact.session.case.organisation
    try:
        with _copy(artefact) as path:
            return checker.check(
                Subject(path, organisation.value, organisation.name, artefact.captured_at or timezone.now())
            )
    except evidence_files.NotAsCaptured as problem:
        if problem.problem not in SPOILED:
            raise CannotCheck(f"its stored file is {problem.problem}") from problem
        log.error("evidence of %s, result %s: %s", artefact.session.case, artefact.pk, problem.problem)
        return SignatureResult.cannot_tell(SPOILED[problem.problem])
    except OSError as problem:
        raise CannotCheck(described(problem)) from problem
    except NotDone as problem:
        raise BrokeOff(problem.word) from problem
    except NotChecked as problem:
        raise CannotCheck(f"the process does not start: {problem}") from problem


@contextmanager
def _copy(artefact: Artefact) -> Iterator[Path]:
    """A copy of what was captured, of our own, under a name, until the block ends. Raises NotAsCaptured, OSError."""
    with evidence_files.open_as_captured(artefact.file, artefact.sha256) as stored:
        descriptor, name = tempfile.mkstemp(prefix="look-", dir=evidence_files.incoming_folder())
        path = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as copy:
                for chunk in stored.chunks(evidence_files.CHUNK):
                    copy.write(chunk)
            yield path
        finally:
            path.unlink(missing_ok=True)


@transaction.atomic
def _record(
    artefact: Artefact, result: SignatureResult, *, actor: User | None = None, lease: Lease | None = None
) -> SignatureCheck:
    """Write the check down with its event; no other is pending then. Raises LeaseLost, and writes nothing, if it was
    to be the first and is not."""
    session = locked(artefact.session_id)
    pending = PendingSignatureCheck.objects.filter(artefact=artefact)
    removed, _rows = (pending.held_by(lease.token) if lease else pending).delete()
    if lease and not removed:
        raise LeaseLost
    check = SignatureCheck.objects.create(
        artefact=artefact,
        at=timezone.now(),
        ordered_by=actor,
        verdict=result.verdict,
        explanation=result.explanation,
        about_us=result.about_us,
        roots=document_status.roots_fingerprint(),
        signatures=result.as_json,
    )
    derive.follow(session.case)
    trail.record(
        session.case,
        Verb.SIGNATURE_CHECKED,
        actor=actor,
        subject=EventSubject.result(session.number, artefact.kind),
        rests_on=artefact.sha256,
        detail={
            "verdict": result.verdict,
            "explanation": result.explanation,
            **recorded_columns.of_check(check),
        },
    )
    return check
