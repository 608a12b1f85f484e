"""What somebody with full access to the database can do to the audit trail: everything, once the triggers are off."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from cases.migrations import _triggers
from cases.models import AuditChain, AuditEvent, Case, Verb
from cases.workflows.audit import trail
from cases.workflows.audit.chain import Link, moment
from tests import factories


@contextmanager
def without_triggers() -> Iterator[None]:
    """PostgreSQL drops no trigger of a table for which it still has foreign keys to check."""
    connection.check_constraints()
    _triggers.remove(connection)
    try:
        yield
    finally:
        connection.check_constraints()
        _triggers.install(connection)


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def forge(statement: str, *values: object) -> None:
    with without_triggers():
        execute(statement, *values)


@transaction.atomic
def long_case(events: int = 5) -> Case:
    """A case with so many events."""
    case = factories.case(opened_by=factories.kari())
    for number in range(2, events + 1):
        trail.record(
            case, Verb.CASE_VIEWED, actor=factories.kari(), subject="case", detail={"number": number}
        )
    return case


def event(case: Case | None, sequence: int) -> AuditEvent:
    return AuditEvent.objects.select_related("detail").get(chain__case=case, sequence=sequence)


def rehash(case: Case, first: int) -> None:
    """Make the chain hold again from that event on, as a forger who knows the canonical form would."""
    with without_triggers():
        previous = event(case, first - 1).hash if first > 1 else ""
        for found in AuditEvent.objects.filter(chain__case=case, sequence__gte=first).order_by("sequence"):
            link = Link(
                case=case.pk,
                sequence=found.sequence,
                at=moment(found.at),
                verb=found.verb,
                actor=found.actor_id,
                subject=found.subject,
                rests_on=found.rests_on,
                detail=found.detail_hash,
                previous=previous,
            )
            previous, before = link.hash(), previous
            execute(
                "UPDATE cases_auditevent SET previous_hash = %s, hash = %s WHERE id = %s",
                *(before, previous, found.pk),
            )
        AuditChain.objects.filter(case=case).update(head=previous)
