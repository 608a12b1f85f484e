"""One case as it would have come about, step by step. Its rows are made here and saved elsewhere.

Every step moves the rows by the verbs of the models and tells what the engine would have told, at the story's own time.
"""

import datetime
import hashlib
import json
import random
import uuid
from collections.abc import Sequence

from cases.findings.searchable import Entry
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    AttemptOutcome,
    AuditChain,
    Case,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    Hit,
    Organisation,
    Unplaced,
    User,
    Verb,
)
from cases.models.artefact import LIFETIME
from cases.provider.errors import CannotUnderstand
from cases.provider.wire import KeyInformation
from cases.workflows import evidence, hits, provider, results, unplaced
from cases.workflows.patience import patience
from cases.workflows.seeding.paper import sample_pdf
from cases.workflows.seeding.rows import Order, Subject, Told
from cases.workflows.sessions import Wish


class Story:
    """A case that grows. `at` is the time in the story, and never passes `until`."""

    def __init__(
        self,
        subject: Subject,
        dice: random.Random,
        submission: uuid.UUID,
        at: datetime.datetime,
        until: datetime.datetime,
    ) -> None:
        self.about, self.dice, self.at, self.until = subject, dice, at, until
        self.organisation = Organisation(
            country=subject.identifier.country, kind=subject.identifier.kind, value=subject.identifier.value
        )
        self.case = Case(opened_at=at, updated_at=at, submission=submission)
        self.chain = AuditChain(case=self.case)
        self.orders: list[Order] = []
        self.told: list[Told] = []
        self.files: dict[str, bytes] = {}
        self.hits: dict[str, Hit] = {}
        self.unplaced: list[Unplaced] = []
        self.readings: dict[str, results.Reading] = {}  # of its results, by their SHA-256
        self.names: Sequence[Entry] = ()  # what its newest result tells that it is found by
        self.stated: list[tuple[Artefact, KeyInformation | None]] = []  # by what each says it is known

    # --- Time, and what is told ---

    def wait(self, least: float, most: float) -> None:
        """Let so many seconds pass."""
        self.at = min(self.at + datetime.timedelta(seconds=self.dice.uniform(least, most)), self.until)

    def tell(
        self,
        verb: Verb,
        subject: str,
        *,
        actor: User | None = None,
        was: str = "",
        now: str = "",
        rests_on: str = "",
        **detail: str | int | float | list[str] | None,
    ) -> None:
        self.told.append(Told(self.at, verb, actor, subject, was, now, rests_on, detail))

    # --- What people do ---

    def opens(self, actor: User, assignee: User | None) -> None:
        self.case.opened_by, self.case.assignee = actor, assignee
        if assignee:
            self.case.begin_review()
        self.tell(
            Verb.CASE_CREATED,
            "case",
            actor=actor,
            now=self.case.state,
            organisation=self.organisation.number,
            assignee=assignee.name if assignee else "",
        )

    def withdraws(self, actor: User, reason: str) -> None:
        """Close the case, of which nothing came."""
        was = self.case.state
        self.case.withdraw(reason, self.at)
        self.case.updated_at = self.at
        self.tell(
            Verb.CASE_WITHDRAWN, "case", actor=actor, was=was, now=self.case.state, withdrawn_reason=reason
        )

    def takes(self, actor: User) -> None:
        was = self.case.state
        self.case.begin_review()
        self.case.assignee, self.case.updated_at = actor, self.at
        self.tell(Verb.CASE_TAKEN, "case", actor=actor, was=was, now=self.case.state)

    def looks(self, actor: User) -> None:
        self.tell(Verb.CASE_VIEWED, "case", actor=actor)
        if self.case.assignee in {None, actor}:
            self.case.read_at = self.at

    def reads(self, actor: User, artefact: Artefact) -> None:
        subject = f"session {artefact.session.number} {artefact.kind}"
        self.tell(Verb.DOCUMENT_VIEWED, subject, actor=actor, rests_on=artefact.sha256)

    def orders_results(
        self, actor: User | None, wish: Wish, *, with_ofac: bool = True, years_ago: int = 0
    ) -> Order:
        contract = provider.contract()
        session = AmlSession(
            case=self.case,
            number=len(self.orders) + 1,
            reports=list(wish.reports),
            expands=list(wish.expands),
            language=wish.language,
            requested_by=actor,
            requested_at=self.at,
            give_up_at=self.at + patience(),
            next_step_at=self.at,
            granted_scopes=[contract.scope_basic, *([contract.scope_ofac] if with_ofac else [])],
        )
        kinds = contract.asked_kinds(wish.reports, wish.expands)
        order = Order(
            session, wish, {kind: Artefact(session=session, kind=kind) for kind in kinds}, years_ago=years_ago
        )
        self.orders.append(order)
        self.tell(
            Verb.SESSION_REQUESTED,
            order.called,
            actor=actor,
            now=session.state,
            results=list(kinds),
            language=wish.language,
        )
        self.case.updated_at = self.at
        return order

    # --- What the engine does ---

    def sends(self, order: Order) -> CreateAttempt:
        self.wait(0.1, 0.6)
        was = order.session.state
        attempt = CreateAttempt(
            session=order.session,
            number=len(order.attempts) + 1,
            token=CreateAttempt.new_token(),
            sent_at=self.at,
        )
        order.attempts.append(attempt)
        order.session.mark_creating()
        self.tell(Verb.CREATE_SENT, order.called, was=was, now=order.session.state, attempt=attempt.number)
        return attempt

    def learns_the_session(self, order: Order, verb: Verb = Verb.SESSION_OPENED) -> None:
        """The answer came, or a knock told us the session whose answer was lost."""
        self.wait(0.2, 2.0)
        was, session = order.session.state, order.session
        session.mark_open(f"seed-{uuid.UUID(int=self.dice.getrandbits(128))}", self.at, self.at + patience())
        adopted = verb == Verb.SESSION_ADOPTED
        order.attempts[-1].outcome = AttemptOutcome.ADOPTED if adopted else AttemptOutcome.OPENED
        self.tell(verb, order.called, was=was, now=session.state)

    def loses_the_answer(self, order: Order) -> None:
        self.wait(5, 25)
        was = order.session.state
        order.session.mark_doubtful(self.at)
        order.session.doubts += 1
        self.tell(Verb.CREATE_IN_DOUBT, order.called, was=was, now=order.session.state, reason="timeout")

    def stops_looking_for_it(self, order: Order) -> None:
        """No knock named the session: the attempt is given up, and another may be sent."""
        self.wait(30, 32)
        order.attempts[-1].outcome = AttemptOutcome.ABANDONED
        order.session.mark_to_be_created(self.at)
        order.session.retries += 1

    def sees_ready(self, order: Order, kind: str) -> None:
        artefact = order.results[kind]
        was = artefact.state
        artefact.mark_ready(self.at, self.at + LIFETIME)
        artefact.provider_word = "READY"
        contract = provider.contract()
        is_json = kind == ArtefactKind.JSON
        self.knocks(order, contract.event_json_ready if is_json else contract.event_report_ready, kind)
        self.tell(Verb.ARTEFACT_READY, f"{order.called} {kind}", was=was, now=artefact.state)

    def knocks(self, order: Order, word: str, kind: str = "") -> None:
        """A webhook arrives."""
        said = {"sessionId": order.session.provider_id, "status": word}
        if kind not in {"", ArtefactKind.JSON}:
            said["report"] = kind
        over = order.session.is_ended
        order.deliveries.append(
            Delivery(
                attempt=order.attempts[-1],
                received_at=self.at,
                media_type="application/json",
                body=json.dumps(said).encode(),
                word=word,
                kind=kind,
                named_session=order.session.provider_id,
                verdict=DeliveryVerdict.NOT_NEEDED if over else DeliveryVerdict.RANG,
            )
        )

    def captures(self, order: Order, kind: str, data: bytes | None = None) -> Artefact:
        artefact = order.results[kind]
        was = artefact.state
        data = self._bytes(order, kind) if data is None else data
        named: list[Hit] = []
        self.wait(0.2, 2.5)
        sha256 = hashlib.sha256(data).hexdigest()
        name = evidence.name_for(sha256, kind)
        self.files[name] = data
        media_type = "application/json" if kind == ArtefactKind.JSON else "application/pdf"
        artefact.mark_captured(self.at, file=name, sha256=sha256, size=len(data), media_type=media_type)
        if kind == ArtefactKind.JSON:
            named = self._reads_result(artefact, data)
        self.tell(
            Verb.ARTEFACT_CAPTURED,
            f"{order.called} {kind}",
            was=was,
            now=artefact.state,
            rests_on=sha256,
            size=len(data),
            seconds=artefact.seconds_to_capture,
            unreadable=artefact.unreadable,
        )
        if named:
            self._finds(named, f"{order.called} {kind}", sha256)
        return artefact

    def _finds(self, named: list[Hit], subject: str, sha256: str) -> None:
        """Hits are found: new ones, or ones that an earlier result named."""
        new = [row for row in named if row.fingerprint not in self.hits]
        for row in named:
            first = self.hits.get(row.fingerprint, row)
            row.first_seen = first.first_seen
            self.hits[row.fingerprint] = row
        self.tell(
            Verb.HITS_FOUND,
            subject,
            rests_on=sha256,
            hits_new=len(new) or None,
            hits_known=len(named) - len(new) or None,
        )

    def misses(self, order: Order, kind: str, reason: str, text: str = "") -> None:
        artefact = order.results[kind]
        was = artefact.state
        artefact.mark_failed(reason, text)
        subject = f"{order.called} {kind}"
        self.tell(Verb.ARTEFACT_FAILED, subject, was=was, now=artefact.state, reason=reason)

    def comes_too_late(self, order: Order, kind: str) -> None:
        artefact = order.results[kind]
        was = artefact.state
        artefact.mark_expired()
        self.tell(Verb.ARTEFACT_EXPIRED, f"{order.called} {kind}", was=was, now=artefact.state)

    def ended(self, order: Order, was: str, actor: User | None = None) -> None:
        """Tell of the end that the session was just moved to."""
        session = order.session
        self.case.updated_at = self.at
        self.tell(
            Verb.SESSION_ENDED, order.called, actor=actor, was=was, now=session.state, reason=session.reason
        )

    def _bytes(self, order: Order, kind: str) -> bytes:
        if kind == ArtefactKind.JSON:
            scopes = order.session.granted_scopes
            with_ofac = provider.contract().scope_ofac in scopes
            return self.about.result(order.wish.expands, with_ofac=with_ofac, years_ago=order.years_ago)
        return sample_pdf(
            [
                str(ArtefactKind(kind).label),
                self.about.name,
                self.organisation.number,
                "",
                "Sample made by `manage.py seed`. Not signed, and about nobody.",
            ]
        )

    def reading_of(self, artefact: Artefact) -> results.Reading | None:
        """What a captured result of the case says; None if it cannot be read."""
        return self.readings.get(artefact.sha256)

    def _reads_result(self, artefact: Artefact, data: bytes) -> list[Hit]:
        try:
            reading = results.read_bytes(data)
        except CannotUnderstand as problem:
            artefact.unreadable = problem.code
            return []
        artefact.about_us = reading.about(self.about.identifier)
        self.readings[artefact.sha256] = reading
        self.stated.append((artefact, reading.key_information))
        self.organisation.name = results.name_for(artefact, reading) or self.organisation.name
        self.unplaced += unplaced.named(artefact, reading.document, reading.organization)
        return hits.named(self.case, artefact, reading.organization)
