"""A whole answer that cannot be read is kept as evidence, and the provider is asked again while it has the result.

Shortly before the result expires, or when it is gone or given up, the last such answer is kept as captured. Everything
that writes is inside the caller's transaction, with the session's row locked.
"""

import datetime

from django.conf import settings
from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactState, UnreadableAnswer, Verb, reasons
from cases.workflows.capture import record_session
from cases.workflows.capture.record_download import Bytes, record_capture
from cases.workflows.locks import delays

# So many answers at least, and not time alone, are waited for: a result may live for a minute.
FEWEST_ANSWERS = 3
BEFORE_EXPIRY = datetime.timedelta(minutes=5)


def is_paused(artefact: Artefact, now: datetime.datetime) -> bool:
    """Is it too early to ask again for what could not be read?"""
    last = artefact.unreadable_answers.last() if artefact.tries else None
    if last is None or _expires_soon(artefact, now):
        return False
    count = artefact.unreadable_answers.count()
    pause = delays.up_to_seldom(count, settings.AML_POLL_SECONDS)
    return last.at <= now < last.at + datetime.timedelta(seconds=pause)


def is_last(artefact: Artefact, why: str, now: datetime.datetime) -> bool:
    """Is this the answer to keep as captured: hardly a better can be had, or our own reader is at fault?"""
    hopeless = why == reasons.NOT_READ or _expires_soon(artefact, now)
    return hopeless and artefact.unreadable_answers.count() + 1 >= FEWEST_ANSWERS


def _expires_soon(artefact: Artefact, now: datetime.datetime) -> bool:
    return artefact.expires_at is not None and now >= artefact.expires_at - BEFORE_EXPIRY


def keep(session: AmlSession, artefact: Artefact, found: Bytes) -> None:
    """Keep one more answer that cannot be read; the same bytes are recorded in the trail once."""
    known = artefact.unreadable_answers.filter(sha256=found.sha256).exists()
    UnreadableAnswer.objects.create(
        artefact=artefact,
        at=timezone.now(),
        file=found.file,
        sha256=found.sha256,
        size=found.size,
        media_type=found.media_type,
        unreadable=found.unreadable,
    )
    artefact.reason, artefact.tries = found.unreadable, artefact.tries + 1
    artefact.forget_refusals()
    artefact.save_changes()
    if not known:
        record_session.of_artefact(
            session,
            artefact,
            Verb.FETCH_FAILED,
            was=ArtefactState(artefact.state),
            rests_on=found.sha256,
            detail={"reason": found.unreadable, "size": found.size},
        )


def record_last(session: AmlSession, artefact: Artefact) -> bool:
    """Make the last unreadable answer kept the capture, as no better can be had; say whether there was one."""
    last = artefact.unreadable_answers.last()
    if last is None:
        return False
    found = Bytes(last.file, last.sha256, last.size, last.media_type, last.unreadable)
    record_capture(session, artefact, found, None, {})
    return True
