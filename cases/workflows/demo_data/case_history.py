"""One case as it would have come about, step by step: what the engine does, beside what people do (begun.py)."""

import hashlib
import json
import uuid

from cases.evidence import evidence_files
from cases.models import (
    Artefact,
    ArtefactKind,
    AttemptOutcome,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    Hit,
    User,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.models.capture.artefact import LIFETIME
from cases.provider.errors import CannotUnderstand
from cases.workflows import provider
from cases.workflows.audit import recorded_columns
from cases.workflows.capture.patience import patience
from cases.workflows.demo_data.begun import Begun
from cases.workflows.demo_data.paper import sample_pdf
from cases.workflows.demo_data.rows import Order
from cases.workflows.results import derive, hits, unplaced
from cases.workflows.results.parsed_result import ParsedResult, parse_bytes


class CaseHistory(Begun):
    """A case as the engine takes it further."""

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
        self.plan_event(
            Verb.CREATE_SENT,
            order.subject,
            was=was,
            now=order.session.state,
            attempt=attempt.number,
            of_row=recorded_columns.of_scopes(order.session),
        )
        return attempt

    def learns_the_session(self, order: Order, verb: Verb = Verb.SESSION_OPENED) -> None:
        """The answer comes, or a webhook names the session whose answer was lost."""
        self.wait(0.2, 2.0)
        was, session = order.session.state, order.session
        session.mark_open(f"seed-{uuid.UUID(int=self.dice.getrandbits(128))}", self.at, self.at + patience())
        adopted = verb == Verb.SESSION_ADOPTED
        order.attempts[-1].outcome = AttemptOutcome.ADOPTED if adopted else AttemptOutcome.OPENED
        recorded = recorded_columns.of_opened(session, order.attempts[-1])
        self.plan_event(verb, order.subject, was=was, now=session.state, of_row=recorded)

    def loses_the_answer(self, order: Order) -> None:
        self.wait(5, 25)
        was = order.session.state
        order.session.mark_doubtful(self.at)
        order.session.lost_answers += 1
        self.plan_event(Verb.ANSWER_LOST, order.subject, was=was, now=order.session.state, reason="timeout")

    def stops_recovering(self, order: Order) -> None:
        """No webhook named the session: the attempt is given up, and another may be sent."""
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
        self.webhooks(order, contract.event_json_ready if is_json else contract.event_report_ready, kind)
        self.plan_event(Verb.ARTEFACT_READY, order.result_subject(kind), was=was, now=artefact.state)

    def webhooks(self, order: Order, word: str, kind: str = "") -> None:
        """A webhook arrives."""
        body = {"sessionId": order.session.provider_id, "status": word}
        if kind not in {"", ArtefactKind.JSON}:
            body["report"] = kind
        over = order.session.is_ended
        order.deliveries.append(
            Delivery(
                attempt=order.attempts[-1],
                received_at=self.at,
                media_type="application/json",
                body=json.dumps(body).encode(),
                word=word,
                kind=kind,
                named_session=order.session.provider_id,
                verdict=DeliveryVerdict.NOT_NEEDED if over else DeliveryVerdict.WOKE,
            )
        )

    def captures(self, order: Order, kind: str, data: bytes | None = None) -> Artefact:
        artefact = order.results[kind]
        was = artefact.state
        data = self._bytes(order, kind) if data is None else data
        named: list[Hit] = []
        self.wait(0.2, 2.5)
        sha256 = hashlib.sha256(data).hexdigest()
        name = evidence_files.name_for(sha256, kind)
        self.files[name] = data
        media_type = "application/json" if kind == ArtefactKind.JSON else "application/pdf"
        artefact.mark_captured(self.at, file=name, sha256=sha256, size=len(data), media_type=media_type)
        if kind == ArtefactKind.JSON:
            named = self._reads_result(artefact, data)
        self.plan_event(
            Verb.ARTEFACT_CAPTURED,
            order.result_subject(kind),
            was=was,
            now=artefact.state,
            rests_on=sha256,
            size=len(data),
            seconds=artefact.seconds_to_capture,
            unreadable=artefact.unreadable,
            of_row=recorded_columns.of_capture(artefact),
        )
        if named:
            self._finds(named, order.result_subject(kind), sha256)
        return artefact

    def _finds(self, named: list[Hit], subject: EventSubject, sha256: str) -> None:
        """Hits are found: new ones, or ones that an earlier result named."""
        new = [row for row in named if row.fingerprint not in self.hits]
        for row in named:
            first = self.hits.get(row.fingerprint, row)
            row.first_seen = first.first_seen
            self.hits[row.fingerprint] = row
        self.plan_event(
            Verb.HITS_FOUND,
            subject,
            rests_on=sha256,
            hits=tuple(named),
            hits_new=len(new) or None,
            hits_known=len(named) - len(new) or None,
        )

    def misses(self, order: Order, kind: str, reason: str, text: str = "") -> None:
        artefact = order.results[kind]
        was = artefact.state
        artefact.mark_failed(reason, text)
        subject = order.result_subject(kind)
        self.plan_event(Verb.ARTEFACT_FAILED, subject, was=was, now=artefact.state, reason=reason)

    def comes_too_late(self, order: Order, kind: str) -> None:
        artefact = order.results[kind]
        was = artefact.state
        artefact.mark_expired()
        self.plan_event(Verb.ARTEFACT_EXPIRED, order.result_subject(kind), was=was, now=artefact.state)

    def ended(self, order: Order, was: str, actor: User | None = None) -> None:
        """Plan the event of the end that the session was just moved to."""
        session = order.session
        self.case.updated_at = self.at
        self.plan_event(
            Verb.SESSION_ENDED, order.subject, actor=actor, was=was, now=session.state, reason=session.reason
        )

    def _bytes(self, order: Order, kind: str) -> bytes:
        if kind == ArtefactKind.JSON:
            scopes = order.session.granted_scopes
            with_ofac = provider.contract().scope_ofac in scopes
            return self.about.result(
                order.result_request.expands, with_ofac=with_ofac, years_ago=order.years_ago
            )
        return sample_pdf(
            [
                str(ArtefactKind(kind).label),
                self.about.name,
                self.organisation.number,
                "",
                "Sample made by `manage.py seed`. Not signed, and about nobody.",
            ]
        )

    def parsed_result(self, artefact: Artefact) -> ParsedResult | None:
        """What a captured result of the case says; None if it cannot be read."""
        return self.parsed_results.get(artefact.sha256)

    def _reads_result(self, artefact: Artefact, data: bytes) -> list[Hit]:
        try:
            parsed = parse_bytes(data)
        except CannotUnderstand as problem:
            artefact.unreadable = problem.code
            return []
        artefact.about_us = parsed.about(self.about.identifier)
        self.parsed_results[artefact.sha256] = parsed
        self.stated.append((artefact, parsed.key_information))
        self.organisation.name = derive.name_for(artefact, parsed) or self.organisation.name
        self.unplaced += unplaced.named(artefact, parsed.document, parsed.organization)
        return hits.named(self.case, artefact, parsed.organization)
