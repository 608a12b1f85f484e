"""How a capture stands, in the few words of a list: one tag, and a sentence where a person must act."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.findings.vocabulary import durations
from cases.models import AmlSession, Artefact, Case, SessionState
from cases.presentation import styles
from cases.presentation.capture_status import status_of


@dataclass(frozen=True)
class CaptureTag:
    """A tag's words, colour and icon; `note` explains; what is `left` until `expires_at` follows the words."""

    words: str
    colour: str
    icon: str
    note: str = ""
    expires_at: datetime.datetime | None = None
    left: str = field(default="", repr=False)


NOTHING_ORDERED = gettext_lazy("Nothing ordered")


def capture_tag(case: Case, session: AmlSession | None, now: datetime.datetime) -> CaptureTag:
    """Say how a case stands with its newest session, whose artefacts were fetched with it."""
    if session is None:
        return CaptureTag(str(NOTHING_ORDERED), styles.NOTHING_ORDERED.colour, styles.NOTHING_ORDERED.icon)
    return _at_risk(session, now) or _of_session(session, case, now)


def _at_risk(session: AmlSession, now: datetime.datetime) -> CaptureTag | None:
    risk = _first_to_expire(session, now)
    if risk is None or risk.expires_at is None:
        return None
    if risk.expires_at <= now:
        overdue = _("%(result)s should have expired") % {"result": risk.get_kind_display()}
        return CaptureTag(overdue, styles.LOST.colour, styles.LOST.icon, session.why)
    words = _("%(result)s expires in") % {"result": risk.get_kind_display()}
    left = durations.span((risk.expires_at - now).total_seconds())
    style = styles.EXPIRING
    return CaptureTag(words, style.colour, style.icon, session.why, risk.expires_at, left)


def _of_session(session: AmlSession, case: Case, now: datetime.datetime) -> CaptureTag:
    artefacts = list(session.artefacts.all())
    found = status_of(session, case, now)
    note = kinds_of(found.lost) if found.lost else _note(session, artefacts)
    if found.late:
        note = _("Ready but not fetched yet: %(results)s.") % {"results": kinds_of(found.late)}
    if found.is_unusable and session.state == SessionState.PARTIAL:
        note = ". ".join((str(session.get_state_display()), note))
    return CaptureTag(str(found.words), found.colour, found.icon, note)


def _first_to_expire(session: AmlSession, now: datetime.datetime) -> Artefact | None:
    ready = [artefact for artefact in session.artefacts.all() if artefact.is_at_risk(now)]
    return min(ready, key=lambda artefact: artefact.expires_at or now, default=None)


def _note(session: AmlSession, artefacts: list[Artefact]) -> str:
    if session.state == SessionState.PARTIAL:
        return _("Missing: %(results)s.") % {
            "results": kinds_of([artefact for artefact in artefacts if not artefact.is_captured])
        }
    return session.why


def kinds_of(artefacts: Iterable[Artefact]) -> str:
    """Name results, one after the other."""
    return ", ".join(str(artefact.get_kind_display()) for artefact in artefacts)
