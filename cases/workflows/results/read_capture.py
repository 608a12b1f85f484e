"""One capture as a person reads it: its JSON result, what it means, and what stands in the way of either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.evidence.evidence_files import ALTERED, MISSING, UNREACHABLE
from cases.findings.captures.joining import Origin, Part, join
from cases.findings.result import Result, read, read_joined
from cases.findings.vocabulary.presence import Capture, OrderedParts
from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, Artefact, ArtefactState, Judgement
from cases.models.reasons import sentence
from cases.presentation.capture_reading import CaptureReading, result_of
from cases.presentation.document_status import WITHOUT_SESSION, came_of_order
from cases.provider.errors import CannotUnderstand
from cases.provider.result.bounds import MOST_CHARACTERS, MOST_IN_ALL, elements
from cases.provider.result.parsing import parse_json
from cases.workflows.provider import contract
from cases.workflows.results.judged_hits import judged_hits, with_judgements
from cases.workflows.results.parsed_result import Unread, read_stored
from cases.workflows.results.remembered import Remembered
from cases.workflows.results.which_capture import earlier_of, not_renewed

# In elements of a result, and in so many characters: an ordinary result weighs a thousand, one of 5,000 owners sixty
# thousand, and the most that is taken up of one a quarter of a million, which is a hundred megabytes.
CHARACTERS_AN_ELEMENT = 50
_results: Remembered[Result] = Remembered(most=250_000, heavy=20_000)

SPOILED: dict[str, Words] = {
    MISSING: _(
        "The stored file is gone. Whoever runs the portal must bring it back from a backup; nothing else is shown "
        "in its place."
    ),
    ALTERED: _(
        "The stored file is not what was captured: its SHA-256 has changed. It is not shown. Whoever runs the portal "
        "must find out what happened and bring it back from a backup."
    ),
    UNREACHABLE: _(
        "The store for files cannot be read at the moment. Nothing captured is lost; try again in a while."
    ),
}


def read_session(
    session: AmlSession | None,
    of_case: Iterable[AmlSession] = (),
    judgements: Sequence[Judgement] | None = None,
) -> CaptureReading:
    """Read a session's result from storage, once. Never raises: what went wrong is part of what is read.

    Given all sessions of the case, what it did not order is read from the captures before it. What people judged hits
    to be is read with it, unless the newest `judgements` of the case are given.
    """
    artefact = result_of(session) if session else None
    ordered = ordered_parts(session, artefact)
    if session is None or artefact is None or not artefact.is_captured:
        return CaptureReading(session, artefact, read(None, ordered))
    own = _stored(artefact, ordered)
    if own.problem:
        words = SPOILED[own.problem]
        spoiled = replace(ordered, capture=Capture.UNREADABLE, reason=str(words))
        return CaptureReading(session, artefact, read(None, spoiled), words, own.problem == UNREACHABLE)
    of_case = tuple(of_case)
    earlier = earlier_of(session, of_case)
    parts = tuple(_stored(result, ordered_parts(result.session, result)) for result in earlier)
    spoiled_words = next((_spoiled(part) for part in parts if part.problem), "")
    is_away = any(part.problem == UNREACHABLE for part in parts)
    found = _result((own, *parts), not_renewed(session, of_case))
    judged = judged_hits(session.case_id, found, newest=judgements)
    return CaptureReading(
        session,
        artefact,
        with_judgements(found, judged),
        spoiled_words,
        is_away,
        earlier,
        judged,
    )


@dataclass(frozen=True)
class _Stored:
    """What was captured. Its hash was checked, so it stands for the bytes; or `problem` is why they cannot be had."""

    ordered: OrderedParts
    origin: Origin
    problem: str
    data: bytes = field(compare=False, repr=False)


def _stored(artefact: Artefact, ordered: OrderedParts) -> _Stored:
    found, origin = read_stored(artefact, bytes), origin_of(artefact)
    if isinstance(found, Unread):
        return _Stored(ordered, origin, found.problem, b"")
    return _Stored(ordered, origin, "", found)


def origin_of(artefact: Artefact) -> Origin:
    """Name a captured result, which knows its session, as the origin of what is read from it."""
    assert artefact.captured_at is not None  # noqa: S101 - it was captured
    return Origin(artefact.session.number, artefact.captured_at, artefact.sha256)


def _spoiled(earlier: _Stored) -> Words:
    words = {"number": earlier.origin.number, "problem": SPOILED[earlier.problem]}
    return _("Capture %(number)s: %(problem)s") % words


def _result(stored: tuple[_Stored, ...], in_vain: tuple[tuple[str, int], ...]) -> Result:
    """What the bytes mean. The same bytes always mean the same, so that is worked out once."""
    key = (tuple(replace(part, data=b"") for part in stored), in_vain, get_language())
    return _results.get(key, sum(map(_weight, stored)), partial(_worked_out, stored, in_vain))


def _weight(stored: _Stored) -> int:
    """How much of memory what the bytes mean may take."""
    held = min(elements(stored.data), MOST_IN_ALL)
    return held + min(len(stored.data), MOST_CHARACTERS) // CHARACTERS_AN_ELEMENT


def _worked_out(stored: tuple[_Stored, ...], in_vain: tuple[tuple[str, int], ...]) -> Result:
    own, *earlier = stored
    document = _document(own)
    if document is None:
        return read(None, replace(own.ordered, capture=Capture.UNREADABLE, reason=""))
    parts = [Part(_document(part), part.ordered, part.origin) for part in earlier]
    return read_joined(join(document, own.ordered, parts, in_vain))


def _document(stored: _Stored) -> dict[str, Any] | None:
    try:
        return None if stored.problem else parse_json(stored.data)
    except CannotUnderstand:
        return None


def ordered_parts(session: AmlSession | None, artefact: Artefact | None) -> OrderedParts:
    """What a session was ordered with, and what became of its JSON result."""
    if session is None:
        return OrderedParts((), (), (), Capture.NOT_ORDERED, contract=contract())
    capture, reason = _capture(session, artefact)
    return OrderedParts(
        expands=tuple(session.expands),
        reports=tuple(session.ordered_reports),
        scopes=tuple(session.granted_scopes),
        capture=capture,
        reason=reason,
        contract=contract(),
    )


def _capture(session: AmlSession, artefact: Artefact | None) -> tuple[Capture, str]:
    if artefact is None or artefact.is_pending:
        return WITHOUT_SESSION.get(session.state, Capture.WAITING), ""
    if refused := came_of_order(session):
        return refused, ""
    if artefact.state == ArtefactState.FAILED:
        return Capture.FAILED, sentence(artefact.reason, of_an_order=not session.provider_id)
    if artefact.state == ArtefactState.EXPIRED:
        return Capture.EXPIRED, ""
    return Capture.CAPTURED, ""
