"""Look at the signatures of captured PDFs: each once when it was captured, and again whenever a person asks.

The stored file is read against its hash and copied; a process with limits looks at the copy. Every look is a row of its
own with its event, written in one short transaction after the looking.
"""

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
from cases.models import Artefact, SignatureCheck, User, Verb
from cases.models.audit.subject import EventSubject
from cases.models.capture.artefact import ArtefactQuerySet
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
from cases.workflows.background.backoff import Pause, Rounds
from cases.workflows.locks.locking import locked
from cases.workflows.results import derive
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

# What one process looks at before other background jobs have its turn.
BATCH_SECONDS = 10.0
MOST_AT_ONCE = 25
RECENT = 3000  # results; so many are gone through at once
# So many failures in a row are not those of single files.
MOST_IN_VAIN = 3
# A look that breaks off so often, with pauses between, is not tried by itself again.
MOST_BROKEN_OFF = 3
WAIT_SECONDS = 8.0  # for another look that a person asked for

SPOILED = {"missing": signature_words.FILE_MISSING, "altered": signature_words.FILE_ALTERED}


class CannotCheck(Exception):
    """Nothing was learned, for a reason that is not the file's: try again later."""


class BrokeOff(CannotCheck):
    """The look was not done in time, or something ended it. `word` explains it."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Busy(CannotCheck):
    """Somebody else's look takes all that is allowed at once."""


# --- At capture ----------------------------------------------------------------------------------------------


_older = Rounds()


def is_due() -> bool:
    """Is there a captured PDF that nobody has looked at, and is it time to try?

    Asked every second, so it reads little (3 ms) and writes nothing: each time it goes through the newest, and through
    one more part of all that was ever captured. One that was lost among 60,000 is found within half a minute.
    """
    pause = _pause()
    if pause.is_on:
        return False
    newest = Artefact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    older = newest - RECENT
    if _due(pause).filter(pk__gt=older).exists():
        return True
    if older <= 0:
        return False
    begins_after, ends_with = _older.next_part(older, RECENT)
    return _due(pause).filter(pk__gt=begins_after, pk__lte=ends_with).exists()


def do(beats: heartbeat.Beats) -> bool:
    """Look at some of what is due; False if there was none, or nothing could be done for now."""
    pause = _pause()
    if pause.is_on:
        return False
    done, in_vain, ends = 0, 0, time.monotonic() + BATCH_SECONDS
    # What somebody may be looking at this moment first.
    found = _due(pause).select_related("session__case__organisation").order_by("-captured_at", "-pk")
    with checking(settings.AML_TRUST_ROOTS, Limits(), beats.beat) as checker:
        for artefact in found[:MOST_AT_ONCE]:
            beats.beat()
            try:
                _keep(artefact, _result_by_itself(artefact, checker, pause), None)
            except CannotCheck as problem:
                log.warning("PDF %s cannot be checked for now: %s", artefact.pk, problem)
            except Exception as problem:  # one that nobody foresaw keeps the others waiting no less
                log.error("PDF %s could not be checked: %s", artefact.pk, described(problem))
            else:
                pause.forget(artefact.pk)
                done, in_vain = done + 1, 0
                if time.monotonic() > ends:
                    break
                continue
            in_vain += 1
            pause.put_off(artefact.pk)
            if in_vain == MOST_IN_VAIN:
                pause.rest()
            if in_vain == MOST_IN_VAIN or time.monotonic() > ends:
                break
    return done > 0


def _result_by_itself(artefact: Artefact, checker: SignatureChecker, pause: Pause) -> SignatureResult:
    """A look; that it broke off is one only when it did so again and again. Raises CannotCheck."""
    try:
        return _result(artefact, checker)
    except BrokeOff as problem:
        if pause.broke_off(artefact.pk) < MOST_BROKEN_OFF:
            raise
        return SignatureResult.cannot_tell(problem.word)


def _due(pause: Pause) -> ArtefactQuerySet:
    return SignatureCheck.due().exclude(pk__in=pause.put_off_now())


def _pause() -> Pause:
    return Pause(settings.VAR_DIR / "signatures-later.json")


# --- On demand -----------------------------------------------------------------------------------------------


def check_again(artefact: Artefact, actor: User) -> SignatureCheck:
    """Look at it now, for a person who waits. Raises CannotCheck: what was told before stands, however often."""
    with _one_at_a_time(), checking(settings.AML_TRUST_ROOTS) as checker:
        result = _result(artefact, checker)
    kept = _keep(artefact, result, actor)
    assert kept is not None  # noqa: S101 - what a person asked for is always kept
    return kept


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Only one person's look at a time on this machine, so that nobody can take all of it. Raises Busy."""
    with file_lock(settings.VAR_DIR / "check-signature.lock", seconds=WAIT_SECONDS) as is_ours:
        if not is_ours:
            raise Busy
        yield


# --- One look ------------------------------------------------------------------------------------------------


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
def _keep(artefact: Artefact, result: SignatureResult, actor: User | None) -> SignatureCheck | None:
    """Write the look down with its event. Of two that were not asked for by a person, the second is dropped."""
    session = locked(artefact.session_id)
    if actor is None and artefact.signature_checks.exists():
        return None
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
