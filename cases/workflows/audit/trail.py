"""Write the audit trail."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from cases.models import AuditChain, AuditDetail, AuditEvent, Case, User, Verb
from cases.models.audit.event import PORTAL
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.chain import SALT_LENGTH, Link, canonical, detail_hash, moment

Fact = str | int | float | list[str] | None
Detail = Mapping[str, Fact | Mapping[str, Fact]]


def record(
    case: Case | None,
    verb: Verb,
    *,
    actor: User | None = None,
    subject: EventSubject,
    was: str = "",
    now: str = "",
    rests_on: str = "",
    detail: Detail | None = None,
) -> AuditEvent:
    """Add an event to the case's chain, in the transaction of the change it tells of; None: to the portal's own.

    `actor` None means the portal itself; `subject` is what changed;
    `was` and `now` are states, as the words kept in the row; `detail` may hold
    personal data, like the actor's name. All three can be erased later without breaking the chain.
    """
    event = AuditEvent(verb=Verb(verb), actor=actor, subject=str(subject), rests_on=rests_on)
    words = canonical({"actor": actor.name if actor else PORTAL, "was": was, "now": now, **(detail or {})})
    recorded = _Recorded(event, secrets.token_hex(SALT_LENGTH // 2), words)
    batch = _batch.get()
    if batch is not None and batch.case == case:
        event.at = timezone.now()
        batch.recorded.append(recorded)
    else:
        _write(case, [recorded])
    return event


class _Recorded(NamedTuple):
    """An event that is not in its chain yet, with the salt and the body of its detail."""

    event: AuditEvent
    salt: str
    body: str


@dataclass
class _Batch:
    case: Case
    recorded: list[_Recorded] = field(default_factory=list)


_batch: ContextVar[_Batch | None] = ContextVar("batch", default=None)


@contextmanager
def together(case: Case) -> Iterator[None]:
    """Write the events of the case that are recorded inside all at once, at the end; inside one transaction.

    They have their order, times and hashes as if each had been written by itself, but no key before the end.
    """
    batch = _Batch(case)
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)
    if batch.recorded:
        _write(case, batch.recorded)


def _write(case: Case | None, recorded: Sequence[_Recorded]) -> None:
    """Append events to their chain, one after the other, in as many statements as one needs."""
    chain = AuditChain.objects.select_for_update().get(case=case)
    for event, salt, body in recorded:
        event.chain, event.at = chain, event.at or timezone.now()
        linked(event, detail_hash(salt, body))
    AuditEvent.objects.bulk_create([event for event, _salt, _body in recorded])
    AuditDetail.objects.bulk_create(
        [AuditDetail(event=event, salt=salt, body=body) for event, salt, body in recorded]
    )
    chain.save(update_fields=["length", "head"])


def linked(event: AuditEvent, detail: str) -> AuditEvent:
    """Append an event, given its detail's hash, to its chain, whose head it becomes. Saves neither."""
    chain = event.chain
    event.sequence, event.previous_hash, event.detail_hash = chain.length + 1, chain.head, detail
    event.hash = Link(
        case=chain.case_id,
        sequence=event.sequence,
        at=moment(event.at),
        verb=str(event.verb),
        actor=event.actor_id,
        subject=event.subject,
        rests_on=event.rests_on,
        detail=detail,
        previous=event.previous_hash,
    ).hash()
    chain.length, chain.head = event.sequence, event.hash
    return event


def start_chain(case: Case) -> None:
    AuditChain.objects.create(case=case)
