"""What is known of the signature of a captured PDF, as a person reads it."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.captures.documents import Arrival, Document, DocumentKind, Signed
from cases.findings.captures.evidence import EARLIER_NUMBER
from cases.findings.vocabulary.presence import Capture
from cases.findings.vocabulary.wording import Words
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    EvidenceState,
    SessionState,
    SignatureCheck,
    Verdict,
)
from cases.models.capture.outcome import is_order_refused, is_refused
from cases.models.reasons import sentence
from cases.presentation import styles
from cases.signatures import signature_result, signature_words
from cases.signatures.signature_result import Signature

# How long a page asks for changes while a first check is awaited; a queue silent for longer has other signs.
WATCHED_FOR = datetime.timedelta(minutes=3)

# Why what was captured must not be used.
FLAWS: dict[str, Words] = {
    EvidenceState.ABOUT_ANOTHER: _("About another organisation"),
    EvidenceState.ALTERED: _("Altered document"),
    EvidenceState.UNREADABLE: _("Captured, not readable"),
}
HELD_AGAINST_ROOTS = {Verdict.VERIFIED, Verdict.NOT_TRUSTED}


@dataclass(frozen=True)
class SignatureEntry:
    """One signature check as a person reads it: who ordered it and when, and what it found."""

    check: SignatureCheck

    @property
    def label(self) -> str:
        return str(self.check.get_verdict_display())

    @property
    def style(self) -> styles.Style:
        return styles.VERDICTS.get(self.check.verdict, styles.WAITING)

    @property
    def colour(self) -> str:
        return self.style.colour

    @property
    def icon(self) -> str:
        return self.style.icon

    @property
    def sentence(self) -> Words:
        return signature_words.sentence(self.check.explanation)

    @property
    def signatures(self) -> list[Signature]:
        return signature_result.kept(self.check.signatures)

    @property
    def foremost(self) -> Signature | None:
        """The signature that the verdict rests on; None if there is none."""
        return signature_result.foremost(self.signatures, self.check.verdict)

    @property
    def refusal(self) -> Words:
        """The rule about changes that the verdict rests on, in words; '' if it rests on none."""
        return signature_result.rule_of(self.signatures, self.check.verdict, self.check.explanation)

    @property
    def is_about_another(self) -> bool:
        return self.check.about_us is False

    @property
    def was_held_against_other_roots(self) -> bool:
        """Might a new check come to another verdict, because other roots are trusted now?"""
        return self.check.verdict in HELD_AGAINST_ROOTS and self.check.roots != roots_fingerprint()


@dataclass(frozen=True)
class Checked:
    """Every signature check of one captured PDF, the newest first; none while the first is still to come."""

    artefact: Artefact
    checks: tuple[SignatureEntry, ...]

    @property
    def newest(self) -> SignatureEntry | None:
        return self.checks[0] if self.checks else None

    @property
    def earlier(self) -> tuple[SignatureEntry, ...]:
        return self.checks[1:]

    @property
    def mark(self) -> str:
        """A mark that is another after each new check of the document."""
        return f"{len(self.checks)}" + (f"v{self.checks[0].check.pk}" if self.checks else "")

    @property
    def id(self) -> str:
        return f"signature-{self.artefact.session.number}-{self.artefact.kind}"

    def is_awaited(self, now: datetime.datetime) -> bool:
        """Was the document captured just now, so that its first check is about to be made?"""
        at = self.artefact.captured_at
        return not self.checks and at is not None and abs(now - at) < WATCHED_FOR


def checked(artefact: Artefact) -> Checked | None:
    """Every signature check of a result, from those fetched with it; None if it is no captured PDF."""
    if not artefact.is_captured or artefact.kind == ArtefactKind.JSON:
        return None
    checks = sorted(artefact.signature_checks.all(), key=lambda check: check.pk, reverse=True)
    return Checked(artefact, tuple(SignatureEntry(check) for check in checks))


def is_awaited(session: AmlSession, now: datetime.datetime) -> bool:
    """Is a PDF of this capture about to be checked?"""
    return any(document.is_awaited(now) for document in _documents_checked(session))


def documents(session: AmlSession, of_case: Iterable[AmlSession] = ()) -> tuple[Document, ...]:
    """What findings read of a session: its JSON result, and of each kind of PDF what came of the newest order of it.

    That is an order up to this one, though none before one whose own result cannot be used; or a later one that brought
    it, or ended without it. A document that was altered counts beside a newer one. Artefacts and checks come with the
    sessions.
    """
    is_spoiled = any(result.is_captured and not result.is_usable for result in _results(session))
    others = [
        other
        for other in of_case
        if other.number > session.number or (other.pk != session.pk and not is_spoiled)
    ]
    newest_first = sorted((session, *others), key=lambda other: other.number, reverse=True)
    of_kind: dict[str, list[tuple[Document, bool]]] = {}
    for other in newest_first:
        without = WITHOUT_SESSION.get(other.state)
        for artefact in other.artefacts.all():
            document = _document(artefact, without)
            if other is not session:
                document = replace(document, came_with_another=document.is_pdf and other.is_about_another)
            if other is session or (document.is_pdf and _counts_beside(document, other)):
                may_come = other.number > session.number and not other.has_ended_once
                of_kind.setdefault(artefact.kind, []).append((document, may_come))
    return tuple(
        document for kind in ArtefactKind.values if kind in of_kind for document in _current(of_kind[kind])
    )


def _results(session: AmlSession) -> Iterator[Artefact]:
    return (artefact for artefact in session.artefacts.all() if artefact.kind == ArtefactKind.JSON)


def _counts_beside(document: Document, its_session: AmlSession) -> bool:
    """Whether a PDF of another order counts: not one ordered for an earlier number of the case, unless altered."""
    return not its_session.earlier_number or document.signed is Signed.ALTERED


def _current(newest_first: Sequence[tuple[Document, bool]]) -> Iterator[Document]:
    """The documents of one kind that count: the newest, unless it may still come, and all that were altered."""
    in_turn = (document for document, may_come in newest_first if document.is_captured or not may_come)
    newest = next(in_turn, newest_first[0][0])
    yield newest
    for document, _may_come in newest_first:
        if document is not newest and document.signed is Signed.ALTERED:
            yield document


# What is said of what did not come where no session at the provider is known, or none is worked on.
WITHOUT_SESSION: dict[str, Capture] = {
    SessionState.REQUESTED: Capture.NOT_SENT,
    SessionState.CREATING: Capture.NOT_SENT,
    SessionState.DOUBTFUL: Capture.NOT_CONFIRMED,
    SessionState.UNKNOWN: Capture.NOT_CONFIRMED,
    SessionState.QUARANTINED: Capture.STOPPED,
}


def came_of_order(session: AmlSession) -> Capture | None:
    """Why an order has no session at the provider that is worked on; None where it has."""
    if is_refused(session):
        return Capture.NUMBER_UNKNOWN
    return Capture.ORDER_REFUSED if is_order_refused(session) else WITHOUT_SESSION.get(session.state)


def _document(artefact: Artefact, without: Capture | None = None) -> Document:
    """The document that findings read of a result; `without`: why no session works on it, if none does."""
    checks = checked(artefact)
    newest = checks.newest if checks else None
    signed = Signed(newest.check.verdict.lower()) if newest else None
    why = newest.sentence if newest else sentence(artefact.unreadable)
    if artefact.unreadable and artefact.kind != ArtefactKind.JSON and signed is not Signed.ALTERED:
        signed, why = Signed.NOT_A_PDF, sentence(artefact.unreadable)
    return Document(
        kind=DocumentKind(artefact.kind),
        name=artefact.get_kind_display(),
        arrival=Arrival(without or Arrival.AWAITED)
        if artefact.is_pending
        else Arrival(artefact.state.lower()),
        captured_on=timezone.localdate(artefact.captured_at) if artefact.captured_at else None,
        is_readable=not artefact.unreadable,
        signed=signed,
        why=why,
        about_us=newest.check.about_us if newest else artefact.about_us,
    )


def flaw(found: EvidenceState, session: AmlSession) -> Words:
    """Why what came of a capture must not be used, in a few words; '' if it may be."""
    if found == EvidenceState.ABOUT_ANOTHER and session.earlier_number:
        return EARLIER_NUMBER
    return FLAWS.get(found, "")


def usability(every: Iterable[EvidenceState]) -> EvidenceState:
    """What several documents come to: the gravest of what is wrong with them."""
    found = {*every}
    return next((EvidenceState(word) for word in styles.UNUSABLE if word in found), EvidenceState.USABLE)


def usable(document: Document) -> EvidenceState:
    """Say whether a document may be used; one that did not come is not at fault."""
    if not document.is_captured:
        return EvidenceState.USABLE
    if document.came_with_another or (not document.is_pdf and document.about_us is False):
        return EvidenceState.ABOUT_ANOTHER
    if document.signed is Signed.ALTERED:
        return EvidenceState.ALTERED
    unreadable = document.signed is Signed.NOT_A_PDF or not document.is_readable
    return EvidenceState.UNREADABLE if unreadable else EvidenceState.USABLE


def usability_of(artefact: Artefact) -> EvidenceState:
    """Say whether a result may be used, from the signature checks that were fetched with it."""
    return usable(_document(artefact))


def _documents_checked(session: AmlSession) -> list[Checked]:
    found = (checked(artefact) for artefact in session.artefacts.all())
    return [status for status in found if status is not None]


def roots_fingerprint() -> str:
    """SHA-256 of the roots that are trusted now; '' if there are none."""
    roots = "".join(sorted(settings.AML_TRUST_ROOTS))
    return hashlib.sha256(roots.encode("ascii")).hexdigest() if roots else ""
