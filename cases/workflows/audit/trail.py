"""Write the audit trail."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.utils import timezone

from amlportal.compiled import Compiled
from cases.models import AuditChain, AuditDetail, AuditEvent, Case, User, Verb
from cases.models.audit.event import PORTAL
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.chain import SALT_LENGTH, Link, canonical, detail_hash, moment

Fact = str | int | float | list[str] | None
Detail = Mapping[str, Fact | Mapping[str, Fact]]
# In the detail of an event: the salted hash of the newest note of suspicion, in a chain that knows no more of it.
SEALED = "sealed"
CHAIN = Compiled(lambda case: AuditChain.objects.select_for_update().filter(case=case), int)


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
    row = detail_of(event, was=was, now=now, detail=detail)
    batch = _batch.get()
    if batch is not None and batch.case == case:
        event.at = timezone.now()
        batch.details.append(row)
    else:
        _write(case, [row])
    return event


def detail_of(event: AuditEvent, *, was: str, now: str, detail: Detail | None) -> AuditDetail:
    """Make the detail of an event that is not in its chain yet: a salt, and the canonical body. Saves nothing."""
    actor = event.actor.name if event.actor else PORTAL
    body = canonical({"actor": actor, "was": was, "now": now, **(detail or {})})
    return AuditDetail(event=event, salt=secrets.token_hex(SALT_LENGTH // 2), body=body)


@dataclass
class _Batch:
    case: Case
    details: list[AuditDetail] = field(default_factory=list)


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
    if batch.details:
        _write(case, batch.details)


def record_suspicion(
    case: Case, verb: Verb, *, actor: User, subject: EventSubject, detail: Detail | None = None
) -> AuditEvent:
    """Add an event to the stream of suspicion of a case, which begins with its first; inside a transaction."""
    event = AuditEvent(verb=Verb(verb), actor=actor, subject=str(subject))
    stream, _is_new = AuditChain.streams.select_for_update().get_or_create(suspicion_of=case)
    _append(stream, [detail_of(event, was="", now="", detail=detail)])
    return event


def seal(case: Case, sealed: str) -> None:
    """Leave the salted hash of a note of suspicion with the case's chain: its next event carries it.

    An event for it would show: in the numbers of the events after it, and in the time at which it came.
    """
    AuditChain.objects.filter(case=case).update(sealed=sealed)


def carried(body: str) -> dict[str, str]:
    """What an event carries of a note of suspicion, as its detail holds it; {} if nothing."""
    found = json.loads(body) if f'"{SEALED}":' in body else {}
    return {SEALED: found[SEALED]} if SEALED in found else {}


def _write(case: Case | None, details: Sequence[AuditDetail]) -> None:
    """Append events to the chain of a case, or to the portal's own."""
    chain = AuditChain.objects.select_for_update().get(case=None) if case is None else CHAIN.get(case.pk)
    if chain.sealed:
        first = details[0]
        first.body = canonical({**json.loads(first.body), SEALED: chain.sealed})
        chain.sealed = ""
    _append(chain, details)


def _append(chain: AuditChain, details: Sequence[AuditDetail]) -> None:
    """Append events to their chain, one after the other, in as many statements as one needs."""
    for detail in details:
        detail.event.chain, detail.event.at = chain, detail.event.at or timezone.now()
        linked(detail)
    AuditEvent.objects.bulk_create([detail.event for detail in details])
    AuditDetail.objects.bulk_create(details)
    chain.save(update_fields=["length", "head", "sealed"])


def linked(detail: AuditDetail) -> AuditEvent:
    """Append the event of a detail to its chain, whose head it becomes. Saves nothing."""
    event, chain = detail.event, detail.event.chain
    event.sequence, event.previous_hash = chain.length + 1, chain.head
    event.detail_hash = detail_hash(detail.salt, detail.body)
    event.hash = Link(
        case=chain.about_case,
        sequence=event.sequence,
        at=moment(event.at),
        verb=str(event.verb),
        actor=event.actor_id,
        subject=event.subject,
        rests_on=event.rests_on,
        detail=event.detail_hash,
        previous=event.previous_hash,
    ).hash()
    chain.length, chain.head = event.sequence, event.hash
    return event


def start_chain(case: Case) -> None:
    AuditChain.objects.create(case=case)
