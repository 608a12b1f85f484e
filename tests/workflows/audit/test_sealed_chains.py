"""The hash of a note of suspicion waits beside the chain of its case, and leaves it with an event that carries it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import AuditChain, AuditEvent, Verb
from cases.workflows.audit import trail
from tests import chains, factories, judging
from tests.workflows.forgery import execute, long_case

pytestmark = pytest.mark.django_db

HASH = "ab" * 32


def refused(statement: str, *values: object) -> bool:
    """Does the database refuse it, and say why?"""
    with pytest.raises(DatabaseError, match="only grow"), transaction.atomic():
        execute(statement, *values)
    return True


def test_it_waits_until_an_event_carries_it() -> None:
    case = judging.suspicion_row(long_case(2)).case
    execute("UPDATE cases_auditchain SET sealed = %s WHERE case_id = %s", HASH, case.pk)
    assert refused("UPDATE cases_auditchain SET sealed = '' WHERE case_id = %s", case.pk)
    trail.record(case, Verb.CASE_VIEWED, subject="case")
    assert AuditChain.objects.get(case=case).sealed == ""
    assert [*chains.breaks()] == [None]


def test_it_never_leaves_with_an_event_that_does_not_carry_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case = judging.suspicion_row(long_case(2)).case
    execute("UPDATE cases_auditchain SET sealed = %s WHERE case_id = %s", HASH, case.pk)
    monkeypatch.setattr(trail, "SEALED", "else")
    with pytest.raises(DatabaseError, match="only grow"), transaction.atomic():
        trail.record(case, Verb.CASE_VIEWED, subject="case")


def test_it_waits_only_where_there_is_a_stream_of_suspicion() -> None:
    case, other = long_case(2), long_case(2)
    judging.suspicion_row(other)
    assert refused("UPDATE cases_auditchain SET sealed = %s WHERE case_id = %s", HASH, case.pk)
    assert refused("UPDATE cases_auditchain SET sealed = %s WHERE suspicion_of_id = %s", HASH, other.pk)
    assert refused("UPDATE cases_auditchain SET sealed = %s WHERE case_id IS NULL", HASH)


def test_a_stream_grows_by_events_alone_and_belongs_to_its_case() -> None:
    case = judging.suspicion_row(long_case(2)).case
    assert refused("UPDATE cases_auditchain SET length = 2 WHERE suspicion_of_id = %s", case.pk)
    assert refused("UPDATE cases_auditchain SET head = %s WHERE suspicion_of_id = %s", HASH, case.pk)
    assert refused(
        "UPDATE cases_auditchain SET suspicion_of_id = NULL, case_id = %s WHERE suspicion_of_id = %s",
        *(factories.organisation().pk, case.pk),
    )


def test_nobody_meets_a_stream_who_does_not_ask_for_it_by_its_name() -> None:
    row = judging.suspicion_row(long_case(2))
    assert row.event not in AuditEvent.objects.all()
    assert [*AuditEvent.of_suspicion.all()] == [row.event]
    assert AuditChain.objects.count() == 2  # that of the case and the portal's own
    assert [chain.suspicion_of for chain in AuditChain.streams.all()] == [row.case]
    assert row.case.audit_chain.events.count() == 2
    assert str(row.case.suspicion_stream) == f"{row.case.pk}: 1"


def test_the_writer_takes_no_further_statement_for_it() -> None:
    case = judging.suspicion_row(long_case(2)).case
    counts = []
    for sealed in ("", HASH):
        if sealed:
            execute("UPDATE cases_auditchain SET sealed = %s WHERE case_id = %s", sealed, case.pk)
        with CaptureQueriesContext(connection) as captured:
            trail.record(case, Verb.CASE_VIEWED, subject="case")
        counts.append(len(captured))
    assert counts[0] == counts[1]
