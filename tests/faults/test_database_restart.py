"""The database crashes under a portal at work, again and again: all is captured, and nothing is ordered twice."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from amlportal.chaos import postgresql, stack
from amlportal.chaos.postgresql import Server
from amlportal.chaos.stack import Stack
from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, AuditEvent, SessionState, Verb
from tests import chains, databases, portal
from tests.databases import only_on_postgresql

pytestmark = [pytest.mark.faults, pytest.mark.database, only_on_postgresql, pytest.mark.timeout(280)]

MANY = 30
DOWN_SECONDS = 1.5
# So long that every session sees a crash, and is told of itself when the database is there as well.
PACE = ("--json-seconds", "4", "--report-seconds", "8")


@pytest.fixture
def server(django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with the portal's tables, which this test and the processes it starts talk to."""
    with postgresql.running() as own, django_db_blocker.unblock():
        place = {"HOST": "127.0.0.1", "PORT": str(own.port), "USER": own.user, "PASSWORD": own.password}
        with databases.talking_to("postgres", **place):
            monkeypatch.setenv("DATABASE_URL", databases.address())
            call_command("migrate", verbosity=0, interactive=False)
            yield own


@pytest.fixture
def whole(server: Server, tmp_path: Path) -> Iterator[Stack]:
    with stack.running(tmp_path, sandbox_options=PACE) as running:
        yield running


def crash(server: Server) -> None:
    server.crash()
    time.sleep(DOWN_SECONDS)  # what is measured is a portal without a database, for about so long
    server.start()
    connections.close_all()  # those of this test; the portal's processes must find out by themselves


def in_state(*states: str) -> int:
    return AmlSession.objects.filter(state__in=states).count()


def captured() -> int:
    return Artefact.objects.captured().count()


def test_a_database_that_crashes_three_times_loses_nothing_and_orders_nothing_twice(
    server: Server, whole: Stack
) -> None:
    for index in range(MANY):
        portal.order(str(310_000_000 + 7 * index))
    stack.wait_until(lambda: in_state("CREATING", "OPEN") >= 3, 30, "the first sessions are being ordered")
    crash(server)
    stack.wait_until(lambda: captured() >= 3, 60, "the first results are captured")
    crash(server)
    stack.wait_until(lambda: captured() >= MANY, 60, "a third of the results is captured")
    assert in_state("COMPLETE") < MANY
    crash(server)
    stack.wait_until(lambda: not AmlSession.objects.unended().exists(), 150, "every session ended")

    assert server.log().count("was not properly shut down; automatic recovery in progress") == 3
    assert Counter(AmlSession.objects.values_list("state", flat=True)) == {SessionState.COMPLETE: MANY}
    orders = whole.stats()["creates"]["by_identifier"]
    assert (len(orders), set(orders.values())) == (MANY, {1})
    captures = AuditEvent.objects.filter(verb=Verb.ARTEFACT_CAPTURED)
    assert set(Counter(captures.values_list("chain", "subject")).values()) == {1}
    assert captures.count() == captured() == 3 * MANY
    for artefact in Artefact.objects.captured():
        assert evidence_files.digest(artefact.file) == artefact.sha256
    assert [broken for broken in chains.breaks() if broken] == []
