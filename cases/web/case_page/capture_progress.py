"""The capture clock: how far each result of a session is, in words, and which of it has changed since last shown."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.findings.vocabulary import durations
from cases.models import AmlSession, Artefact, ArtefactState, AttemptOutcome, EvidenceState, SessionState
from cases.models.reasons import sentence
from cases.presentation import document_status
from cases.presentation.capture_status import CaptureStatus, status_of
from cases.workflows import provider
from cases.workflows.capture import patience

Words = str | Promise

STEP_STATES: dict[str, str] = {
    ArtefactState.READY: "ready",
    ArtefactState.CAPTURED: "captured",
    ArtefactState.FAILED: "failed",
    ArtefactState.EXPIRED: "expired",
}
ICONS = {
    "asked": "circle-dashed",
    "waiting": "hourglass",
    "ready": "download",
    "captured": "circle-check",
    "failed": "circle-x",
    "expired": "timer-off",
    "held": "pause",
}
BEFORE_THE_ORDER: dict[str, Words] = {
    SessionState.REQUESTED: _("The order is about to be sent."),
    SessionState.CREATING: _("The order is being sent."),
    SessionState.DOUBTFUL: _("The answer to the order was lost; the portal is looking for it."),
    SessionState.UNKNOWN: _("Nobody knows whether it was ordered; a person must resolve it."),
    SessionState.QUARANTINED: _("The work on it was stopped; a person must resolve it."),
}
NOT_YET_ORDERED: dict[str, Words] = {
    SessionState.REQUESTED: _("Order not sent yet"),
    SessionState.CREATING: _("Being ordered"),
    SessionState.DOUBTFUL: _("Order not confirmed"),
}
EARLIER = _("ordered for an earlier number")
FLAWS: dict[EvidenceState, Words] = {
    EvidenceState.ABOUT_ANOTHER: _("about another organisation"),
    EvidenceState.ALTERED: _("%(n)d altered"),
    EvidenceState.UNREADABLE: _("%(n)d not readable"),
}


@dataclass(frozen=True)
class Step:
    """One result of the session: where it is, and what to say of it."""

    artefact: Artefact
    look: str
    words: Words
    # What holds it up or ended it, in a sentence; and the provider's own text, if it gave one.
    reason: str
    # What the provider says of it: in words, or its own word as it came.
    said: Words
    said_as_it_came: str
    urgency: str
    waited: str
    left: str
    # What is known of its signature, if it is a captured PDF.
    checked: document_status.Checked | None
    usability: EvidenceState

    @property
    def is_usable(self) -> bool:
        return self.usability == EvidenceState.USABLE

    @property
    def icon(self) -> str:
        return ICONS[self.look] if self.is_usable else document_status.NOT_USABLE[self.usability][1]

    @property
    def flaw(self) -> Words:
        """Why it must not be used, where nothing else about it says so; '' if it may be."""
        if self.is_usable or self.usability == EvidenceState.ALTERED:
            return ""
        return document_status.flaw(self.usability, self.artefact.session)

    @property
    def verdict(self) -> document_status.SignatureEntry | None:
        return self.checked.newest if self.checked else None

    @property
    def is_being_checked(self) -> bool:
        return self.checked is not None and self.verdict is None

    @property
    def took(self) -> str:
        seconds = self.artefact.seconds_to_capture
        return "" if seconds is None else durations.took(seconds)

    @property
    def version(self) -> str:
        of = self.artefact
        times = (of.available_at, of.expires_at, of.captured_at)
        mark = self.checked.mark if self.checked else ""
        return digest(self.look, self.reason, of.reason_text, of.provider_word, self.urgency, *times, mark)


@dataclass(frozen=True)
class Clock:
    """A session's capture clock. Empty steps: nothing was asked."""

    session: AmlSession
    steps: tuple[Step, ...]
    # The state of the session, or what came of it and must not be used.
    status: CaptureStatus
    announced: patience.Announced | None = None

    @property
    def captured(self) -> int:
        return sum(step.look == "captured" for step in self.steps)

    @property
    def flaws(self) -> list[str]:
        """What is wrong with those captured, the gravest first."""
        found = Counter(step.usability for step in self.steps)
        words = FLAWS | ({EvidenceState.ABOUT_ANOTHER: EARLIER} if self.session.earlier_number else {})
        return [str(said) % {"n": found[each]} for each, said in words.items() if found[each]]

    @property
    def last_captured_at(self) -> datetime.datetime | None:
        return max((at for step in self.steps if (at := step.artefact.captured_at)), default=None)

    @property
    def reason(self) -> str:
        return self.session.why

    @property
    def lost_answers(self) -> str:
        """How often the answer to the order was lost, and what became of it; '' if never."""
        session = self.session
        if not session.lost_answers:
            return ""
        lost = ngettext(
            "The answer to the order was lost once",
            "The answer to the order was lost %(count)d times",
            session.lost_answers,
        ) % {"count": session.lost_answers}
        if session.state == SessionState.DOUBTFUL:
            return str(_("%(lost)s; the portal is looking for the session.") % {"lost": lost})
        return str(_("%(lost)s; %(found)s") % {"lost": lost, "found": self._outcome()})

    def _outcome(self) -> Words:
        outcomes = {attempt.outcome for attempt in self.session.attempts.all()}
        if AttemptOutcome.ADOPTED in outcomes:
            return _("the session was found by its webhook.")
        if AttemptOutcome.OPENED in outcomes:
            return _("it was ordered again, and a session that nobody uses may have been paid for.")
        return _("no session was found.")

    @property
    def head_version(self) -> str:
        session = self.session
        return digest(
            session.state,
            session.reason,
            session.reason_text,
            session.lost_answers,
            self.announced,
            session.reopened_at,
            self.status.words,
            self.status.colour,
        )

    @property
    def summary_version(self) -> str:
        return digest(
            self.session.number, self.status.words, self.captured, self.flaws, self.last_captured_at
        )


def clock(session: AmlSession, now: datetime.datetime) -> Clock:
    """Read a session whose artefacts (and attempts, if answers were lost) were fetched with it."""
    steps = tuple(_step(session, each, now) for each in session.artefacts.all())
    announced = patience.announced(session) if session.provider_id else None
    return Clock(session, steps, status_of(session, now=now), announced)


def _step(session: AmlSession, artefact: Artefact, now: datetime.datetime) -> Step:
    waits = artefact.state == ArtefactState.ORDERED or (artefact.is_pending and session.is_stuck)
    look, words, said, as_it_came = _asked(session, artefact) if waits else _there(artefact)
    return Step(
        artefact=artefact,
        look=look,
        words=words,
        reason=_why(session, artefact) if look in {"ready", "failed", "expired", "waiting"} else "",
        said=said,
        said_as_it_came=as_it_came,
        urgency=artefact.urgency(now),
        waited=durations.left((now - artefact.available_at).total_seconds()) if artefact.available_at else "",
        left=_left(artefact, now),
        checked=document_status.checked(artefact),
        usability=document_status.usability_of(artefact),
    )


def _why(session: AmlSession, artefact: Artefact) -> str:
    return sentence(artefact.reason, of_an_order=not session.provider_id)


def _left(artefact: Artefact, now: datetime.datetime) -> str:
    """How long the provider still keeps it; '' if it should be gone by now."""
    if artefact.expires_at is None or artefact.expires_at <= now:
        return ""
    return durations.left((artefact.expires_at - now).total_seconds())


def _there(artefact: Artefact) -> tuple[str, Words, Words, str]:
    """The same four of what is ready, or came to an end."""
    return STEP_STATES[artefact.state], artefact.get_state_display(), "", ""


def _asked(session: AmlSession, artefact: Artefact) -> tuple[str, Words, Words, str]:
    """Look, words, what is said of it, and the provider's word as it came, while nothing is there to fetch."""
    if session.is_stuck:
        return "held", _("On hold"), BEFORE_THE_ORDER[session.state], ""
    if session.state == SessionState.OPEN:
        return "waiting", _("Awaited"), *_said(artefact.provider_word)
    return "asked", NOT_YET_ORDERED.get(session.state, ""), BEFORE_THE_ORDER.get(session.state, ""), ""


def _said(word: str) -> tuple[Words, str]:
    """The provider's status word as people say it, or as it came if nobody knows it (contract §3)."""
    if not word:
        return _("The provider has not been asked about it yet."), ""
    contract = provider.contract()
    known: dict[str, Words] = {
        contract.not_started: _("The provider has not started on it."),
        contract.in_progress: _("The provider is making it."),
        contract.ready: _("The provider says that it is ready."),
    }
    return known.get(word, _("The provider says:")), "" if word in known else word


def digest(*values: object) -> str:
    """A short mark that changes with any of the values."""
    return hashlib.sha256(repr([str(value) for value in values]).encode()).hexdigest()[:8]


def pace(session: AmlSession, now: datetime.datetime) -> int:
    """How many seconds to wait between two glances at a session: short at first, then longer."""
    age = (now - session.requested_at).total_seconds()
    return next(seconds for until, seconds in PACES if age < until)


PACES: Sequence[tuple[float, int]] = ((60, 1), (5 * 60, 2), (15 * 60, 5), (float("inf"), 15))
