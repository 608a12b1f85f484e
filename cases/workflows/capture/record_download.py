"""Make bytes that are ours a session's capture. All of this is inside the caller's transaction, with the row locked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactKind, ArtefactState, PendingSignatureCheck, Verb
from cases.queue import wake_background_jobs
from cases.workflows.audit import recorded_columns
from cases.workflows.capture import patience, record_session
from cases.workflows.results import derive
from cases.workflows.results.parsed_result import ParsedResult


@dataclass(frozen=True)
class Bytes:
    """What is stored under its hash; `unreadable` is a word for why it cannot be read, '' if it can."""

    file: str
    sha256: str
    size: int
    media_type: str
    unreadable: str


def record_capture(
    session: AmlSession,
    artefact: Artefact,
    found: Bytes,
    parsed: ParsedResult | None,
    others: Mapping[int, ParsedResult | None],
) -> None:
    """Keep it as the artefact, tell of it, and derive from it what the case keeps; `others` are read with it."""
    now, was = timezone.now(), ArtefactState(artefact.state)
    artefact.mark_captured(
        now, file=found.file, sha256=found.sha256, size=found.size, media_type=found.media_type
    )
    artefact.unreadable = found.unreadable
    artefact.about_us = parsed.about(session.case.organisation.identifier) if parsed else None
    artefact.save_changes()
    session.polls = session.troubles = 0
    session.give_up_at = max(session.give_up_at, now + patience.for_the_rest())
    session.save_changes()
    record_session.of_artefact(
        session,
        artefact,
        Verb.ARTEFACT_CAPTURED,
        was=was,
        detail={
            "size": artefact.size,
            "seconds": artefact.seconds_to_capture,
            "unreadable": artefact.unreadable,
            "about": "another" if artefact.about_us is False else None,
            **recorded_columns.of_capture(artefact),
        },
    )
    if artefact.kind == ArtefactKind.JSON:
        derive.take_in(session.case, artefact, parsed, others)
    else:
        PendingSignatureCheck.objects.add([artefact])
        wake_background_jobs()
        derive.follow(session.case)
