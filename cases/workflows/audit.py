"""Write the audit trail, and check it."""

import datetime
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from cases.models import AuditChain, AuditDetail, AuditEvent, Case, User, Verb
from cases.models.audit import PORTAL
from cases.workflows.chain import SALT_LENGTH, Link, canonical, detail_hash, moment

READ_AHEAD = 2000  # rows

Detail = Mapping[str, str | int | float | list[str] | None]


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
    `was` and `now` are states, as the words kept in the row; `detail` may hold
    personal data, like the actor's name. All three can be erased later without breaking the chain.
    """
    chain = AuditChain.objects.select_for_update().get(case=case)
    salt = secrets.token_hex(SALT_LENGTH // 2)
    body = canonical({"actor": actor.name if actor else PORTAL, "was": was, "now": now, **(detail or {})})
    event = linked(
        AuditEvent(
            chain=chain, at=timezone.now(), verb=verb, actor=actor, subject=subject, rests_on=rests_on
        ),
        detail_hash(salt, body),
    )
    event.save()
    AuditDetail(event=event, salt=salt, body=body).save()
    chain.save(update_fields=["length", "head"])
    return event


def linked(event: AuditEvent, detail: str) -> AuditEvent:
    """Hang an event with this hash of its detail on its chain, whose head it becomes. Saves neither."""
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


# --- Checking ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Break:
    """A place where a case's chain does not hold; `event` is the row's id, None if there is no such row."""

    reference: str
    sequence: int
    event: int | None
    problem: str


@dataclass(frozen=True)
class Walked:
    """One case's chain, walked to its end: how many events it has, of how many the detail was erased, its breaks."""

    reference: str
    events: int
    erased: int
    breaks: tuple[Break, ...]


class _Row(NamedTuple):
    """An event as the database holds it, with its chain and its detail."""

    case: int
    reference: str
    length: int | None
    head: str | None
    pk: int | None
    sequence: int
    at: str
    verb: str
    actor: int | None
    subject: str
    rests_on: str
    detail_hash: str
    previous_hash: str
    hash: str
    detail: int | None
    salt: str
    body: str
    erased_at: str | None


_EVENT = "audit_chain__events__"
_FIELDS = (
    *("pk", "reference", "audit_chain__length", "audit_chain__head"),
    *(_EVENT + name for name in ("pk", "sequence")),
    "event_at",
    *(_EVENT + name for name in ("verb", "actor_id", "subject", "rests_on", "detail_hash")),
    *(_EVENT + name for name in ("previous_hash", "hash")),
    *(_EVENT + "detail__" + name for name in ("pk", "salt", "body")),
    "detail_erased_at",
)


def walk(reference: str | None = None) -> Iterator[Walked]:
    """Walk the chain of every case (or of one) to its end.

    One statement, so that heads and events are of one moment, and nobody who works meanwhile has to wait. Times are
    read as text: a forged one need not be a time at all, and must not keep us from naming the event.
    """
    cases = Case.objects.filter(reference=reference) if reference else Case.objects.all()
    rows = (
        cases.annotate(
            event_at=Cast(_EVENT + "at", TextField()),
            detail_erased_at=Cast(_EVENT + "detail__erased_at", TextField()),
        )
        .order_by("pk", _EVENT + "sequence")
        .values_list(*_FIELDS)
    )
    for _case, found in groupby(map(_Row._make, rows.iterator(READ_AHEAD)), key=lambda row: row.case):
        yield _walked(found)


def breaks(reference: str | None = None) -> Iterator[Break | None]:
    """Of every chain (or one) its first break, or None when it is whole."""
    for chain in walk(reference):
        yield chain.breaks[0] if chain.breaks else None


def _walked(rows: Iterator[_Row]) -> Walked:
    found: list[Break] = []
    events, erased, last, previous = 0, 0, 0, ""
    for row in rows:
        if row.pk is None:
            problem = "the case has no chain" if row.length is None else "the case has no events"
            return Walked(row.reference, 0, 0, (Break(row.reference, 1, None, problem),))
        missing = row.sequence != last + 1
        if missing:
            problem = f"is missing; the next one there is {row.sequence}"
            found.append(Break(row.reference, last + 1, None, problem))
        if problem := _problem(row, None if missing else previous):
            found.append(Break(row.reference, row.sequence, row.pk, problem))
        events, erased = events + 1, erased + (row.erased_at is not None)
        last = row.sequence if isinstance(row.sequence, int) else last + 1
        previous = row.hash
    return Walked(row.reference, events, erased, (*found, *_problem_of_head(row, last)))


def _problem_of_head(row: _Row, last: int) -> list[Break]:
    """What is wrong between the head of the chain and the last event there is."""
    if row.length is None or row.length > last:
        problem = f"is missing; the head of the chain counts {row.length} events"
        return [Break(row.reference, last + 1, None, problem)]
    if row.length < last:
        problem = f"was added without the head of the chain, which counts {row.length} events"
        return [Break(row.reference, last, row.pk, problem)]
    if row.head != row.hash:
        problem = "is not the one the head of the chain holds: one of the two was altered"
        return [Break(row.reference, last, row.pk, problem)]
    return []


def _problem(row: _Row, previous: str | None) -> str:
    """What is wrong with the event by itself, or with its place after the one before (None: that one is missing)."""
    if row.hash != _hash(row):
        return "was altered"
    if previous is not None and row.previous_hash != previous:
        return "does not follow from the event before: one of the two was altered"
    if row.detail is None:
        return "has lost its detail"
    if row.erased_at is not None:
        return "has a detail marked as erased that is not empty" if row.body or row.salt else ""
    try:
        intact = len(row.salt) == SALT_LENGTH and detail_hash(row.salt, row.body) == row.detail_hash
    except TypeError:  # SQLite lets a column hold bytes
        intact = False
    return "" if intact else "has an altered detail"


def _hash(row: _Row) -> str:
    """The hash that the event should have; '' if what it holds cannot be that of an event."""
    try:
        at = datetime.datetime.fromisoformat(row.at)
        return Link(
            case=row.case,
            sequence=row.sequence,
            at=moment(at if at.tzinfo else at.replace(tzinfo=datetime.UTC)),
            verb=row.verb,
            actor=row.actor,
            subject=row.subject,
            rests_on=row.rests_on,
            detail=row.detail_hash,
            previous=row.previous_hash,
        ).hash()
    except (TypeError, ValueError, OverflowError):
        return ""
