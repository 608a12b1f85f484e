"""The columns of a case that say how its sessions stand, for lists. Every transaction that changes one keeps them."""

from collections.abc import Sequence
from typing import Any

from cases.models import AmlSession, Artefact, ArtefactKind, ArtefactState, Case, NewestCapture, SessionState
from cases.models.capture.session import ACTIVE, STUCK

COLUMNS = (
    "newest_session",
    "newest_capture",
    "newest_ended_at",
    "next_expiry",
    "has_expired",
    "has_result",
    "misses_anew",
)
STATES: dict[str, NewestCapture] = {
    **dict.fromkeys(ACTIVE, NewestCapture.UNDER_WAY),
    **dict.fromkeys(STUCK, NewestCapture.STUCK),
    SessionState.COMPLETE: NewestCapture.COMPLETE,
    SessionState.PARTIAL: NewestCapture.PARTIAL,
    SessionState.FAILED: NewestCapture.FAILED,
}


def columns(of_case: Sequence[AmlSession]) -> dict[str, Any]:
    """The columns by name. `of_case` are all sessions of a case, the newest first, with their artefacts."""
    newest, earlier = (of_case[0] if of_case else None), of_case[1:]
    results = list(newest.artefacts.all()) if newest else []
    return {
        "newest_session_id": newest.pk if newest else None,
        "newest_capture": STATES[newest.state] if newest else NewestCapture.NOTHING_ORDERED,
        "newest_ended_at": newest.ended_at if newest else None,
        "next_expiry": _next_expiry(of_case),
        "has_expired": any(result.state == ArtefactState.EXPIRED for result in results),
        "has_result": any(result.is_captured and result.kind == ArtefactKind.JSON for result in results),
        "misses_anew": _misses_anew(results, earlier),
    }


def _next_expiry(of_case: Sequence[AmlSession]) -> Any:
    ready = [
        result.expires_at
        for session in of_case
        for result in session.artefacts.all()
        if result.state == ArtefactState.READY and result.expires_at
    ]
    return min(ready, default=None)


def _misses_anew(results: Sequence[Artefact], earlier: Sequence[AmlSession]) -> bool:
    """Does the newest session lack something other than what the provider did not make for an earlier one either?"""
    not_made = {
        result.kind for session in earlier for result in session.artefacts.all() if result.is_not_made
    }
    return any(
        result.is_failed and not (result.is_not_made and result.kind in not_made) for result in results
    )


def keep(case: Case, **more: Any) -> None:
    """Write the columns of a case that changed, and `more`. Inside the caller's transaction, with its row locked."""
    _write(case, columns(_sessions(case)) | more)


def _sessions(case: Case) -> list[AmlSession]:
    return list(case.sessions.order_by("-number").prefetch_related("artefacts"))


def keep_after_step(session: AmlSession, **more: Any) -> None:
    """Do so after a step of the session, which knows its case and its artefacts as they are now; write `more` too."""
    is_only_one = session.number == 1 and session.case.newest_session_id in {session.pk, None}
    of_case = [session] if is_only_one else _sessions(session.case)
    _write(session.case, columns(of_case) | more)


def keep_state(session: AmlSession) -> None:
    """Do so where the state of the session alone changed, and none of its artefacts."""
    if session.case.newest_session_id == session.pk:
        changed = {"newest_capture": STATES[session.state], "newest_ended_at": session.ended_at}
        _write(session.case, changed)


def _write(case: Case, columns_: dict[str, Any]) -> None:
    changed = {name: value for name, value in columns_.items() if getattr(case, name) != value}
    if changed:
        Case.objects.filter(pk=case.pk).update(**changed)
        for name, value in changed.items():
            setattr(case, name, value)
