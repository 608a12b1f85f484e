"""What an event tells of the row it is written with, so that the row can be held against it later (docs/audit.md).

Each function gives the part of an event's detail that verify_audit compares: `{"row": {column: value}}`, JSON as the
detail keeps it. What the event tells anyhow (who, from what to what, which bytes) is not told again.
"""

import datetime
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import models

from amlportal.compiled import Compiled
from cases.models import (
    AmlSession,
    Artefact,
    Attachment,
    Case,
    CaseReport,
    CreateAttempt,
    Decision,
    Delivery,
    Hit,
    Judgement,
    OwnerConclusion,
    PartySearch,
    Recusal,
    RequirementSetChoice,
    RequirementStatement,
    RiskAnswers,
    RiskOverride,
    SignatureCheck,
    SuspicionNote,
)
from cases.workflows.audit.chain import canonical, moment

ROW = "row"
# Digits of the two halves of what is told of a hit: who it is, and what is said of it.
HIT_DIGITS = 32

Value = str | int | float | bool | list[str] | None
RecordedRow = dict[str, dict[str, Value]]


def plain(value: Any) -> Value:
    """A column's value as JSON keeps it; of what has a structure of its own, the SHA-256."""
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    if isinstance(value, list | dict):
        return hashlib.sha256(canonical({"": value}).encode()).hexdigest()
    return value if isinstance(value, int | float | None) else str(value)


def columns(row: Any, names: Iterable[str]) -> dict[str, Value]:
    """The values of these columns of a row, as an event records them."""
    return {name: plain(column(row, name)) for name in names}


def column(row: models.Model, name: str) -> Any:
    """What a row has in a column of the database: its attribute may have another name, the trail keeps the column's."""
    return getattr(row, _attributes(type(row)).get(name, name))


@cache
def _attributes(model: type[models.Model]) -> dict[str, str]:
    return {str(field.column): field.attname for field in model._meta.concrete_fields}


CASE = ("reference", "opened_at", "due", "purpose", "customer_reference", "assignee_id")
REPORT = ("asked_at", "kind")
ORDER = ("reports", "expands", "requested_at")
OPENED = ("provider_id", "granted_scopes")
CAPTURED = ("file", "size", "media_type", "unreadable", "about_us", "captured_at")
CHECKED = ("id", "about_us", "roots", "signatures", "at")
HIT = ("name", "list_word", "external_id", "match", "first_seen_id", "last_seen_id")
WEBHOOK = ("id", "attempt_id", "received_at", "media_type", "word", "kind", "named_session")
MADE = ("file", "size", "pages", "made_at")
JUDGED = (
    *(
        "id",
        "hit_id",
        "number",
        "verdict",
        "reasons",
        "particulars",
        "contacted",
        "wake_up",
        "expires_on",
        "policy_id",
    ),
    *("capture_id", "parties_id", "party", "content", "comparison", "match", "by_id", "at", "second_because"),
)
ANSWERED = ("id", "number", "answers", "policy_id", "by_id", "at")
OVERRIDDEN = ("id", "number", "to_class", "worked_out", "until", "policy_id", "by_id", "at")
CONCLUDED = (
    *("id", "number", "person", "name", "born", "is_added", "conclusion", "ground", "percent"),
    *("is_search_stated", "reckoned", "capture_id", "by_id", "at"),
)
SEARCHED = (
    *("id", "number", "topic", "parties", "outcome", "means", "source", "lists", "day"),
    *("capture_id", "by_id", "at"),
)
MOVED = ("id", "number", "version_id", "by_id", "at")
RECUSED = ("id", "person_id", "at")
STATED = (
    *("id", "number", "requirement", "kind", "outcome", "evidence_day", "until", "about"),
    *("policy_id", "by_id", "at"),
)
ATTACHED = (
    "id",
    "name",
    "media_type",
    "size",
    "file",
    "attached_by_id",
    "attached_at",
    "judgement_id",
    "statement_id",
    "conclusion_id",
    "search_id",
)
PROPOSED = (
    *(
        "id",
        "number",
        "outcome",
        "reason",
        "conditions",
        "next_review",
        "risk_class",
        "superior_because",
        "digest",
    ),
    *("basis", "risk_model_id", "requirement_set_id", "capture_id", "by_id", "at"),
)
ENDED = ("id", "ending", "ended_by_id", "ended_at", "ended_because")
SUSPECTED = ("number", "conclusion", "triggers", "by_id", "at")
SECOND = ("id", "second_state", "second_by_id", "second_at", "second_words")


def of_case(case: Case) -> RecordedRow:
    return {ROW: columns(case, CASE)}


def of_assignee(case: Case) -> RecordedRow:
    return {ROW: columns(case, ("assignee_id",))}


def of_order(session: AmlSession) -> RecordedRow:
    return {ROW: columns(session, ORDER)}


def of_attempt(attempt: CreateAttempt | None) -> RecordedRow:
    return {ROW: {"attempt": attempt.number if attempt else None}}


def of_scopes(session: AmlSession) -> RecordedRow:
    return {ROW: columns(session, ("granted_scopes",))}


def of_opened(session: AmlSession, attempt: CreateAttempt) -> RecordedRow:
    return {ROW: {**columns(session, OPENED), "attempt": attempt.number}}


def of_capture(artefact: Artefact) -> RecordedRow:
    return {ROW: columns(artefact, CAPTURED)}


def of_check(check: SignatureCheck) -> RecordedRow:
    return {ROW: columns(check, CHECKED)}


def of_report_ordered(report: CaseReport) -> RecordedRow:
    return {ROW: {**columns(report, REPORT), "session": report.session.number if report.session else None}}


def of_report_made(report: CaseReport) -> RecordedRow:
    return {ROW: columns(report, MADE)}


def of_hits(hits: Iterable[Hit]) -> RecordedRow:
    return {ROW: {"hits": sorted(hit_digest(hit) for hit in hits)}}


def of_judgement(judgement: Judgement) -> RecordedRow:
    return {ROW: columns(judgement, JUDGED)}


def of_answers(answers: RiskAnswers) -> RecordedRow:
    return {ROW: columns(answers, ANSWERED)}


def of_override(override: RiskOverride) -> RecordedRow:
    return {ROW: columns(override, OVERRIDDEN)}


def of_conclusion(conclusion: OwnerConclusion) -> RecordedRow:
    return {ROW: columns(conclusion, CONCLUDED)}


def of_search(search: PartySearch) -> RecordedRow:
    return {ROW: columns(search, SEARCHED)}


def of_decision(decision: Decision) -> RecordedRow:
    return {ROW: columns(decision, PROPOSED)}


def of_ending(decision: Decision) -> RecordedRow:
    return {ROW: columns(decision, ENDED)}


def of_set_choice(choice: RequirementSetChoice) -> RecordedRow:
    return {ROW: columns(choice, MOVED)}


def of_recusal(recusal: Recusal) -> RecordedRow:
    return {ROW: columns(recusal, RECUSED)}


def of_statement(statement: RequirementStatement) -> RecordedRow:
    return {ROW: columns(statement, STATED)}


def of_suspicion(note: SuspicionNote) -> RecordedRow:
    return {ROW: columns(note, SUSPECTED)}


def of_attachment(attachment: Attachment) -> RecordedRow:
    return {ROW: columns(attachment, ATTACHED)}


def of_second(row: Decision | Judgement | RiskOverride) -> RecordedRow:
    return {ROW: columns(row, SECOND)}


def of_person(is_active: bool) -> RecordedRow:
    return {ROW: {"is_active": is_active}}


def hit_digest(hit: Hit) -> str:
    """The digest of a hit: who it is and what its row says, each the beginning of a SHA-256. Names nobody."""
    recorded = columns(hit, HIT)
    who = hashlib.sha256(hit.fingerprint.encode()).hexdigest()[:HIT_DIGITS]
    return who + hashlib.sha256(canonical(recorded).encode()).hexdigest()[:HIT_DIGITS]


DELIVERIES = Compiled(lambda session: Delivery.objects.filter(attempt__session=session).order_by("pk"), int)


def of_deliveries(session: AmlSession) -> RecordedRow:
    """How many webhooks came for a session so far, and the hash of them all. Inside the lock of the session."""
    digests = [delivery_digest(delivery) for delivery in DELIVERIES.all(session.pk)]
    return {ROW: {"knocks": len(digests), "knocked": digest_of_deliveries(digests)}}


def delivery_digest(delivery: Delivery) -> str:
    """The hash of a webhook delivery as it came; what the portal made of it may change, and is left out."""
    body = hashlib.sha256(bytes(delivery.body)).hexdigest()
    return hashlib.sha256(canonical({**columns(delivery, WEBHOOK), "body": body}).encode()).hexdigest()


def digest_of_deliveries(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()
