"""How far each result of a capture is, in words, and which of them changed since they were last shown."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.findings.vocabulary import durations
from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, Artefact, ArtefactState, AttemptOutcome, EvidenceState, SessionState
from cases.models.reasons import sentence
from cases.presentation import document_status, styles
from cases.presentation.capture_status import CaptureStatus, status_of
from cases.workflows import provider
from cases.workflows.capture import patience

STEP_STATES: dict[str, str] = {
    ArtefactState.READY: "ready",
    ArtefactState.CAPTURED: "captured",
    ArtefactState.FAILED: "failed",
    ArtefactState.EXPIRED: "expired",
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
    state: str
    words: Words
    # What holds it up or ended it, in a sentence; and the provider's own text, if it gave one.
    reason: str
    # What is done about it, or what the provider says of it; and the provider's own word, if nobody knows it.
    explanation: Words
    unknown_word: str
    urgency: str
    waited: str
    left: str
    # What is known of its signature, if it is a captured PDF.
    checked: document_status.Checked | None
    usability: EvidenceState

    @property
    def came_to_nothing(self) -> bool:
        return self.state in {"failed", "expired"}

    @property
    def is_under_way(self) -> bool:
        return self.state in {"waiting", "ready"}

    @property
    def is_usable(self) -> bool:
        return self.usability == EvidenceState.USABLE

    @property
    def icon(self) -> str:
        style = styles.RESULTS[self.state] if self.is_usable else styles.UNUSABLE[self.usability]
        return style.icon

    @property
    def flaw(self) -> Words:
        """Why the result must not be used, where nothing else about it says so; '' if it may be."""
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
        artefact = self.artefact
        times = (artefact.available_at, artefact.expires_at, artefact.captured_at)
        mark = self.checked.mark if self.checked else ""
        return digest(
            self.state, self.reason, artefact.reason_text, artefact.provider_word, self.urgency, *times, mark
        )


@dataclass(frozen=True)
class CaptureProgress:
    """How far a session is. Without steps, nothing was ordered."""

    session: AmlSession
    steps: tuple[Step, ...]
    # The state of the session, or what came of it and must not be used.
    status: CaptureStatus
    announced: patience.Announced | None = None

    @property
    def resolve_label(self) -> Words:
        """What a person can do about a capture that the engine leaves to them."""
        if self.session.state == SessionState.UNKNOWN:
            return _("Send the order again, or close")
        return _("Continue or close it")

    @property
    def captured(self) -> int:
        return sum(step.state == "captured" for step in self.steps)

    @property
    def flaws(self) -> list[str]:
        """What is wrong with the results captured, in words, the gravest first."""
        found = Counter(step.usability for step in self.steps)
        words = FLAWS | ({EvidenceState.ABOUT_ANOTHER: EARLIER} if self.session.earlier_number else {})
        return [str(flaw) % {"n": found[usability]} for usability, flaw in words.items() if found[usability]]

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


def progress_of(session: AmlSession, now: datetime.datetime) -> CaptureProgress:
    """Read a session whose artefacts (and attempts, if answers were lost) were fetched with it."""
    steps = tuple(_step(session, artefact, now) for artefact in session.artefacts.all())
    announced = patience.announced(session) if session.provider_id else None
    return CaptureProgress(session, steps, status_of(session, now=now), announced)


def _step(session: AmlSession, artefact: Artefact, now: datetime.datetime) -> Step:
    waits = artefact.state == ArtefactState.ORDERED or (artefact.is_pending and session.is_stuck)
    state, words, explanation, unknown_word = _ordered(session, artefact) if waits else _there(artefact)
    return Step(
        artefact=artefact,
        state=state,
        words=words,
        reason=_why(session, artefact) if state in {"ready", "failed", "expired", "waiting"} else "",
        explanation=explanation,
        unknown_word=unknown_word,
        urgency=artefact.urgency(now),
        waited=durations.span((now - artefact.available_at).total_seconds()) if artefact.available_at else "",
        left=_left(artefact, now),
        checked=document_status.checked(artefact),
        usability=document_status.usability_of(artefact),
    )


def _why(session: AmlSession, artefact: Artefact) -> str:
    return sentence(artefact.reason, of_an_order=not session.provider_id)


def _left(artefact: Artefact, now: datetime.datetime) -> str:
    """How long the provider still keeps a result; '' if that is not known, or it should be gone by now."""
    if artefact.expires_at is None or artefact.expires_at <= now:
        return ""
    return durations.span((artefact.expires_at - now).total_seconds())


def _there(artefact: Artefact) -> tuple[str, Words, Words, str]:
    """State, words, explanation and unknown word of a result that is ready, or came to an end."""
    return STEP_STATES[artefact.state], artefact.get_state_display(), "", ""


def _ordered(session: AmlSession, artefact: Artefact) -> tuple[str, Words, Words, str]:
    """State, words, explanation and unknown word of a result, while there is nothing to fetch."""
    if session.is_stuck:
        return "held", _("On hold"), BEFORE_THE_ORDER[session.state], ""
    if session.state == SessionState.OPEN:
        return "waiting", _("Awaited"), *_provider_says(artefact.provider_word)
    return "ordered", NOT_YET_ORDERED.get(session.state, ""), BEFORE_THE_ORDER.get(session.state, ""), ""


def _provider_says(word: str) -> tuple[Words, str]:
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
    """How many seconds a page waits before it asks again how a session stands: few at first, then more."""
    age = (now - session.requested_at).total_seconds()
    return next(seconds for until, seconds in PACES if age < until)


PACES: Sequence[tuple[float, int]] = ((60, 1), (5 * 60, 2), (15 * 60, 5), (float("inf"), 15))
