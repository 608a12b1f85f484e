"""One capture as a person reads it: its JSON result, what it means, and what stands in the way of either."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.documents.reading import Reading, result_of
from cases.documents.verdicts import WITHOUT_SESSION, came_of_order
from cases.findings.presence import Asked, Capture
from cases.findings.result import Result, read
from cases.models import AmlSession, Artefact, ArtefactState
from cases.models.reasons import sentence
from cases.provider.errors import CannotUnderstand
from cases.provider.reading import parse_json
from cases.workflows import evidence
from cases.workflows.provider import contract

Words = str | Promise

# Of JSON; what is larger is rare, and many of them would fill the memory of every web process.
LARGE_BYTES = 2 * 2**20

SPOILED: dict[str, Words] = {
    "missing": _(
        "The stored file is gone. Whoever runs the portal must bring it back from a backup; nothing else is shown "
        "in its place."
    ),
    "altered": _(
        "The stored file is not what was captured: its SHA-256 has changed. It is not shown. Whoever runs the portal "
        "must find out what happened and bring it back from a backup."
    ),
    "unreachable": _(
        "The store for files cannot be read at the moment. Nothing captured is lost; try again in a while."
    ),
}


def read_session(session: AmlSession | None) -> Reading:
    """Read a session's result from storage, once. Never raises: what went wrong is part of what is read."""
    artefact = result_of(session) if session else None
    asked = asked_of(session, artefact)
    if artefact is None or not artefact.is_captured:
        return Reading(session, artefact, read(None, asked))
    try:
        data = evidence.read_as_captured(artefact.file, artefact.sha256)
    except evidence.NotAsCaptured as problem:
        words = SPOILED[problem.problem]
        spoiled = replace(asked, capture=Capture.UNREADABLE, reason=str(words))
        return Reading(session, artefact, read(None, spoiled), words, problem.problem == "unreachable")
    return Reading(session, artefact, _result(_Bytes(artefact.sha256, data), asked))


@dataclass(frozen=True)
class _Bytes:
    """What was captured. Its hash was checked, so it stands for the bytes."""

    sha256: str
    data: bytes = field(compare=False, repr=False)


def _result(captured: _Bytes, asked: Asked) -> Result:
    """What the bytes mean. The same bytes always mean the same, so that is worked out once."""
    remembered = _large if len(captured.data) > LARGE_BYTES else _usual
    return remembered(captured, asked, get_language())


def _worked_out(captured: _Bytes, asked: Asked, _language: str | None) -> Result:
    try:
        return read(parse_json(captured.data), asked)
    except CannotUnderstand:
        return read(None, replace(asked, capture=Capture.UNREADABLE, reason=""))


_usual = lru_cache(maxsize=16)(_worked_out)
_large = lru_cache(maxsize=1)(_worked_out)


def asked_of(session: AmlSession | None, artefact: Artefact | None) -> Asked:
    """What a session was asked for, and what became of its JSON result."""
    if session is None:
        return Asked((), (), (), Capture.NOT_ORDERED, contract=contract())
    capture, reason = _capture(session, artefact)
    return Asked(
        expands=tuple(session.expands),
        reports=tuple(session.reports),
        scopes=tuple(session.granted_scopes),
        capture=capture,
        reason=reason,
        contract=contract(),
    )


def _capture(session: AmlSession, artefact: Artefact | None) -> tuple[Capture, str]:
    if artefact is None or artefact.is_unsettled:
        return WITHOUT_SESSION.get(session.state, Capture.WAITING), ""
    if refused := came_of_order(session):
        return refused, ""
    if artefact.state == ArtefactState.FAILED:
        return Capture.FAILED, sentence(artefact.reason, of_an_order=not session.provider_id)
    if artefact.state == ArtefactState.EXPIRED:
        return Capture.EXPIRED, ""
    return Capture.CAPTURED, ""
