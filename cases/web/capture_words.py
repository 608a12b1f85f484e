"""How a capture stands, in the few words of a list: one tag, and a sentence where a person must act."""

import datetime
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.documents.verdicts import NOT_USABLE
from cases.findings import spans
from cases.models import AmlSession, Artefact, ArtefactState, Case, SessionState
from cases.models.artefact import RISK_BEFORE


@dataclass(frozen=True)
class Standing:
    """A tag's words, colour and icon; `note` explains; what is `left` until `expires_at` follows the words."""

    words: str
    colour: str
    icon: str
    note: str = ""
    expires_at: datetime.datetime | None = None
    left: str = field(default="", repr=False)


NOT_ASKED = gettext_lazy("Nothing ordered")
# Everything but OPEN, whose words depend on how far it is.
LOOKS: dict[str, tuple[str, str]] = {
    SessionState.REQUESTED: ("info", "send"),
    SessionState.CREATING: ("info", "send"),
    SessionState.DOUBTFUL: ("warning", "circle-question-mark"),
    SessionState.COMPLETE: ("success", "circle-check"),
    SessionState.PARTIAL: ("warning", "triangle-alert"),
    SessionState.FAILED: ("danger", "circle-x"),
    SessionState.UNKNOWN: ("danger", "circle-question-mark"),
    SessionState.QUARANTINED: ("danger", "ban"),
}
WORDS: dict[str, str | Promise] = {SessionState.COMPLETE: gettext_lazy("Captured")}


def standing(case: Case, session: AmlSession | None, now: datetime.datetime) -> Standing:
    """Say how a case stands with its newest session; the artefacts should be prefetched.

    Evidence that must not be used is said in place of a capture that ended well.
    """
    found = _of_session(session, now)
    if (
        case.is_usable
        or session is None
        or session.state not in {SessionState.COMPLETE, SessionState.PARTIAL}
    ):
        return found
    words, icon = NOT_USABLE[case.evidence]
    note = ". ".join(each for each in (found.words, found.note) if each) if found.colour != "success" else ""
    return Standing(str(words), "danger", icon, note)


def _of_session(session: AmlSession | None, now: datetime.datetime) -> Standing:
    if session is None:
        return Standing(str(NOT_ASKED), "neutral", "circle-dashed")
    artefacts = list(session.artefacts.all())
    risk = _first_to_expire(artefacts, now)
    if risk is not None and risk.expires_at is not None:
        if risk.expires_at <= now:
            overdue = _("%(result)s should have expired") % {"result": risk.get_kind_display()}
            return Standing(overdue, "danger", "timer-off", session.why)
        words = _("%(result)s expires in") % {"result": risk.get_kind_display()}
        left = spans.left((risk.expires_at - now).total_seconds())
        return Standing(words, "danger", "timer", session.why, risk.expires_at, left)
    expired = [artefact for artefact in artefacts if artefact.state == ArtefactState.EXPIRED]
    if expired:
        return Standing(_("Lost before capture"), "danger", "timer-off", _named(expired))
    if session.state == SessionState.OPEN:
        return _waiting(session, artefacts, now)
    colour, icon = LOOKS[session.state]
    return Standing(
        str(WORDS.get(session.state, session.get_state_display())), colour, icon, _note(session, artefacts)
    )


def _first_to_expire(artefacts: list[Artefact], now: datetime.datetime) -> Artefact | None:
    ready = [
        artefact
        for artefact in artefacts
        if artefact.state == ArtefactState.READY
        and artefact.expires_at is not None
        and artefact.expires_at < now + RISK_BEFORE
    ]
    return min(ready, key=lambda artefact: artefact.expires_at or now, default=None)


def _waiting(session: AmlSession, artefacts: list[Artefact], now: datetime.datetime) -> Standing:
    captured = sum(artefact.is_captured for artefact in artefacts)
    words = ngettext(
        "Awaited, %(captured)s of %(all)s captured", "Awaited, %(captured)s of %(all)s captured", captured
    ) % {"captured": captured, "all": len(artefacts)}
    late = [artefact for artefact in artefacts if artefact.urgency(now)]
    note = _("Ready but not fetched yet: %(results)s.") % {"results": _named(late)} if late else ""
    return Standing(words, "warning" if late else "info", "hourglass", note or session.why)


def _note(session: AmlSession, artefacts: list[Artefact]) -> str:
    if session.state == SessionState.PARTIAL:
        return _("Missing: %(results)s.") % {
            "results": _named([artefact for artefact in artefacts if not artefact.is_captured])
        }
    return session.why


def _named(artefacts: list[Artefact]) -> str:
    return ", ".join(str(artefact.get_kind_display()) for artefact in artefacts)
