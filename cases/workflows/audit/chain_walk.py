"""Walk the chains of the audit trail, and find where one does not hold."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from cases.models import AuditChain, Case, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.chain import SALT_LENGTH, Link, detail_hash, moment

READ_AHEAD = 2000  # rows
OF_PORTAL = "portal"  # what stands for a reference where the chain is that of no case


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold; `event` is the row's id, None if there is no such row.

    `reference` is that of the case, or OF_PORTAL.
    """

    reference: str
    sequence: int
    event: int | None
    problem: str


@dataclass(frozen=True)
class Walked:
    """One chain, walked to its end: how many events it has, of how many the detail was erased, its breaks."""

    reference: str
    events: int
    erased: int
    breaks: tuple[Break, ...]


class _Row(NamedTuple):
    """An event as the database holds it, with its chain and its detail."""

    case: int | None
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


def walk(reference: str | None = None) -> Iterator[Walked]:
    """Walk the chain of every case (or of one) to its end, and the portal's own, if anything happened in it.

    One statement for all cases, so that heads and events are of one moment, and nobody who works meanwhile has to
    wait; another for the portal's. Times are read as text: a forged one need not be a time at all, and must not keep
    us from naming the event.
    """
    cases = Case.objects.filter(reference=reference) if reference else Case.objects.all()
    rows = _rows(cases, case="pk", chain="audit_chain__")
    for _case, found in groupby(rows, key=lambda row: row.case):
        yield _walked(found)
    if not reference:
        yield from _portal()


def walk_suspicion(reference: str | None = None) -> Iterator[Walked]:
    """Walk the stream of suspicion of every case that has one (or of one case) to its end, in one statement."""
    cases = Case.objects.filter(suspicion_stream__isnull=False)
    cases = cases.filter(reference=reference) if reference else cases
    for _case, found in groupby(
        _rows(cases, case="pk", chain="suspicion_stream__"), key=lambda row: row.case
    ):
        yield _walked(found)


def _portal() -> Iterator[Walked]:
    """Walk the portal's own chain, unless nothing happened yet that belongs to no case."""
    chain = AuditChain.objects.filter(case=None).annotate(reference=Value(OF_PORTAL))
    if not chain.exists():
        yield Walked(OF_PORTAL, 0, 0, (Break(OF_PORTAL, 1, None, "the portal has no chain"),))
    elif chain.exclude(length=0, head="", events=None).exists():
        yield _walked(_rows(chain, case="case_id", chain=""))


def _rows(owners: QuerySet, *, case: str, chain: str) -> Iterator[_Row]:
    """The events of chains in their order, of each at least one row. `case` and `chain` say where to find them."""
    event = f"{chain}events__"
    columns = (
        *(case, "reference", f"{chain}length", f"{chain}head"),
        *(f"{event}{name}" for name in ("pk", "sequence")),
        "event_at",
        *(f"{event}{name}" for name in ("verb", "actor_id", "subject", "rests_on", "detail_hash")),
        *(f"{event}{name}" for name in ("previous_hash", "hash")),
        *(f"{event}detail__{name}" for name in ("pk", "salt", "body")),
        "detail_erased_at",
    )
    found = owners.annotate(
        event_at=Cast(f"{event}at", TextField()),
        detail_erased_at=Cast(f"{event}detail__erased_at", TextField()),
    )
    found = found.order_by("pk", f"{event}sequence").values_list(*columns)
    return map(_Row._make, found.iterator(READ_AHEAD))


def _walked(rows: Iterator[_Row]) -> Walked:
    found: list[Break] = []
    named_in_erasures: set[str] = set()
    erased: list[_Row] = []
    events, last, previous = 0, 0, ""
    for row in rows:
        if row.pk is None:
            owner = "portal" if row.reference == OF_PORTAL else "case"
            problem = f"the {owner} has no {'chain' if row.length is None else 'events'}"
            return Walked(row.reference, 0, 0, (Break(row.reference, 1, None, problem),))
        missing = row.sequence != last + 1
        if missing:
            problem = f"is missing; the next one there is {row.sequence}"
            found.append(Break(row.reference, last + 1, None, problem))
        if problem := _problem(row, None if missing else previous):
            found.append(Break(row.reference, row.sequence, row.pk, problem))
        events += 1
        if row.erased_at is not None:
            erased.append(row)
        if row.verb == Verb.DETAIL_ERASED:
            named_in_erasures.add(row.subject)
        last = row.sequence if isinstance(row.sequence, int) else last + 1
        previous = row.hash
    found += [
        Break(event.reference, event.sequence, event.pk, "has an erased detail, and no event tells of that")
        for event in erased
        if not (event.body or event.salt) and str(EventSubject.event(event.sequence)) not in named_in_erasures
    ]
    return Walked(row.reference, events, len(erased), (*found, *_problem_of_head(row, last)))


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
