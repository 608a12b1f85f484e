"""Write the audit trail, and check it."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import AuditChain, AuditDetail, AuditEvent, Case, User, Verb

PORTAL = "AML portal"

Detail = Mapping[str, str | int | float | list[str] | None]


def canonical(value: dict[str, Any]) -> str:
    """The one way to write a JSON object: sorted keys, no spaces, everything outside ASCII escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def detail_hash(salt: str, body: str) -> str:
    return _digest(salt + body)


def event_hash(event: AuditEvent) -> str:
    """SHA-256 (hex) over the canonical form of everything the event holds, the hash before it included."""
    return _digest(
        canonical(
            {
                "case": event.chain.case_id,
                "sequence": event.sequence,
                "at": event.at.isoformat(timespec="microseconds"),
                "verb": str(event.verb),
                "actor": event.actor_id,
                "subject": event.subject,
                "rests_on": event.rests_on,
                "detail": event.detail_hash,
                "previous": event.previous_hash,
            }
        )
    )


def record(
    case: Case,
    verb: Verb,
    *,
    actor: User | None = None,
    subject: str = "",
    was: str = "",
    now: str = "",
    rests_on: str = "",
    detail: Detail | None = None,
) -> AuditEvent:
    """Add an event to the case's chain, in the transaction of the change it tells of.

    `actor` None means the portal itself; `subject` is what changed ('session 2', 'aml'; never personal data);
    `was` and `now` are states, as the words kept in the row (models.state_label says them to people); `detail` may hold
    personal data, like the actor's name. All three can be erased later without breaking the chain.
    """
    chain = AuditChain.objects.select_for_update().get(case=case)
    salt = secrets.token_hex(16)
    body = canonical({"actor": actor.name if actor else PORTAL, "was": was, "now": now, **(detail or {})})
    event = AuditEvent(
        chain=chain,
        sequence=chain.length + 1,
        at=timezone.now(),
        verb=verb,
        actor=actor,
        subject=subject,
        rests_on=rests_on,
        detail_hash=detail_hash(salt, body),
        previous_hash=chain.head,
    )
    event.hash = event_hash(event)
    event.save()
    AuditDetail(event=event, salt=salt, body=body).save()
    chain.length, chain.head = event.sequence, event.hash
    chain.save(update_fields=["length", "head"])
    return event


def start_chain(case: Case) -> None:
    AuditChain.objects.create(case=case)


@dataclass(frozen=True)
class Break:
    """The first place where a case's chain does not hold."""

    reference: str
    sequence: int
    problem: str


def breaks(reference: str | None = None) -> Iterator[Break | None]:
    """Walk every chain (or one): its first break, or None when it is whole. One item a chain."""
    cases = Case.objects.order_by("pk")
    if reference:
        cases = cases.filter(reference=reference)
    for case in cases.select_related("audit_chain").iterator(chunk_size=500):
        with transaction.atomic():  # head and events of one moment
            yield _first_break(case)


def _first_break(case: Case) -> Break | None:
    chain = AuditChain.objects.select_for_update().filter(case=case).first()
    if chain is None:
        return Break(case.reference, 0, "the case has no chain")
    previous, sequence = "", 0
    for event in chain.events.select_related("detail", "chain").order_by("sequence").iterator(chunk_size=500):
        sequence += 1
        problem = _problem(event, sequence, previous)
        if problem:
            return Break(case.reference, event.sequence, problem)
        previous = event.hash
    if (chain.length, chain.head) != (sequence, previous):
        return Break(case.reference, sequence + 1, "events are missing at the end")
    if sequence == 0:
        return Break(case.reference, 1, "the case has no events")
    return None


def _problem(event: AuditEvent, sequence: int, previous: str) -> str:
    if event.sequence != sequence:
        return f"event {sequence} is missing"
    if event.previous_hash != previous:
        return "does not follow from the event before it"
    if event.hash != event_hash(event):
        return "was altered"
    return _problem_of_detail(event)


def _problem_of_detail(event: AuditEvent) -> str:
    detail = getattr(event, "detail", None)
    if detail is None:
        return "has lost its detail"
    if detail.erased_at is not None:
        return "has a detail marked as erased that is not empty" if detail.body or detail.salt else ""
    return "" if detail_hash(detail.salt, detail.body) == event.detail_hash else "has an altered detail"
