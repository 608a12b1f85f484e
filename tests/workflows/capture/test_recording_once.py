"""What one step brings is recorded in one transaction; what takes long, and what fails, keeps nothing else back."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, ArtefactKind, ArtefactState, Case, SessionState, Verb
from cases.provider.client import ProviderClient
from cases.workflows.capture import advancing, availability, webhooks
from cases.workflows.results import derive
from tests import chains, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, follow, in_state, named, verbs_of, wait_for

EVERYTHING = {"reports": ("aml", "certificate_of_registration"), "expands": ("address", "sanction")}
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def ready(untold: RunningSandbox) -> Case:
    """A session that is open, with every result ready at the provider."""
    case = portal.order(NUMBER, **EVERYTHING)
    follow(case, in_state(SessionState.OPEN))
    made = untold.sandbox.sessions.latest()[0]
    wait_for(lambda: all(entity.is_made for entity in made.entities.values()))
    return case


def step(case: Case) -> list[str]:
    """Take one step; give its statements."""
    with CaptureQueriesContext(connection) as asked:
        assert advancing.advance(portal.session_of(case).pk)
    return [query["sql"] for query in asked]


def recordings(statements: list[str]) -> int:
    """In how many transactions something was told of the case: each moves the head of its chain once."""
    return sum(statement.startswith('UPDATE "cases_auditchain"') for statement in statements)


def test_all_that_a_step_brings_is_recorded_in_one_transaction(ready: Case) -> None:
    statements = step(ready)

    session = portal.session_of(ready)
    assert session.state == SessionState.COMPLETE
    assert recordings(statements) == 1
    assert len(statements) <= 57, len(statements)
    of_results = [verb for verb in verbs_of(ready) if verb in {Verb.ARTEFACT_READY, Verb.ARTEFACT_CAPTURED}]
    assert of_results == [Verb.ARTEFACT_READY] * 3 + [Verb.ARTEFACT_CAPTURED] * 3
    assert set(chains.breaks()) == {None}


def test_an_order_and_its_webhooks_read_no_row_twice(untold: RunningSandbox) -> None:
    case = portal.order(NUMBER, **EVERYTHING)
    ordered = [sql for sql in step(case) if sql.startswith(("SELECT", *WRITES))]
    assert len(ordered) <= 22, len(ordered)
    session = portal.session_of(case)
    assert session.state == SessionState.OPEN
    engine_steps.deliver(session.attempts.get(), named(session.provider_id))
    attempt = session.attempts.get()
    with CaptureQueriesContext(connection) as asked:
        webhooks.receive(attempt.token, json.dumps(named(session.provider_id)).encode(), "application/json")
    sent = [sql for query in asked if (sql := query["sql"]).startswith(("SELECT", *WRITES))]
    assert len(sent) == 3, sent  # its address, the session under lock, the delivery
    assert session.attempts.get().deliveries.count() == 2


def test_what_waits_longer_than_a_moment_is_recorded_before_the_next_is_fetched(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(availability, "MOST_UNRECORDED_SECONDS", -1.0)
    statements = step(ready)
    assert recordings(statements) == 1 + len(ArtefactKind)
    assert portal.session_of(ready).state == SessionState.COMPLETE


def test_what_one_result_does_to_our_reader_costs_no_other(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(derive, "take_in", broken)
    step(ready)

    session = portal.session_of(ready)
    assert portal.entities(session) == {
        "json": ArtefactState.READY,
        "aml": ArtefactState.CAPTURED,
        "certificate_of_registration": ArtefactState.CAPTURED,
    }
    assert (session.state, session.reason) == (SessionState.OPEN, "internal")
    assert verbs_of(ready).count(Verb.ARTEFACT_READY) == 3
    monkeypatch.undo()
    AmlSession.objects.update(next_step_at=session.opened_at)
    assert follow(ready).state == SessionState.COMPLETE


def test_only_columns_that_changed_are_written(ready: Case) -> None:
    session = portal.session_of(ready)
    with CaptureQueriesContext(connection) as asked:
        session.save_changes()
        session.troubles = 3
        session.save_changes()
        session.save_changes()
    (statement,) = [query["sql"] for query in asked if query["sql"].startswith(WRITES)]
    assert statement.startswith('UPDATE "cases_amlsession" SET "troubles" = 3 WHERE')
    session.troubles = 4
    session.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        session.save_changes()
    assert len(asked) == 0


def test_what_goes_wrong_with_one_fetch_costs_nothing_that_was_fetched_before(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    fetch = ProviderClient.fetch

    def broken_at_the_third(self: ProviderClient, session: str, kind: str, *more: Any) -> Any:
        fetched.append(kind)
        if len(fetched) == 3:
            raise ZeroDivisionError
        return fetch(self, session, kind, *more)

    monkeypatch.setattr(ProviderClient, "fetch", broken_at_the_third)
    step(ready)

    captured = portal.session_of(ready).artefacts.captured().values_list("kind", flat=True)
    assert {*captured} == {*fetched[:2]}


def test_what_cannot_be_recorded_meanwhile_keeps_nothing_else_back(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(availability, "MOST_UNRECORDED_SECONDS", -1.0)
    monkeypatch.setattr(derive, "take_in", broken)
    step(ready)
    states = portal.entities(portal.session_of(ready))
    assert (states["json"], [*states.values()].count(ArtefactState.CAPTURED)) == (ArtefactState.READY, 2)


def test_after_a_step_that_broke_off_nothing_is_kept_in_memory(ready: Case) -> None:
    AmlSession.objects.update(claims=1)
    statements = step(ready)
    assert recordings(statements) == len(ArtefactKind)
    assert portal.session_of(ready).state == SessionState.COMPLETE
