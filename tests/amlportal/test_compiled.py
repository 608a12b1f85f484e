"""A query whose SQL is made once asks the same as the ORM's, and gives the same rows."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import prefetch_related_objects
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amlportal import compiled
from amlportal.compiled import Compiled
from cases.models import (
    Artefact,
    ArtefactState,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    OrganisationIdentity,
    SessionState,
    Unplaced,
)
from cases.models.casework.identity import IdentityKind
from cases.queue import Job, enqueue
from cases.workflows.locks.locking import LOCKED
from cases.workflows.results import which_capture
from tests import factories


def every_query() -> dict[str, Compiled[Any]]:
    """Every compiled query of the portal, by where it is defined."""
    files = [path for path in Path("cases").rglob("*.py") if "Compiled(" in path.read_text(encoding="utf-8")]
    modules = [".".join(path.with_suffix("").parts) for path in sorted(files)]
    return {
        f"{name}.{attribute}": value
        for name in modules
        for attribute, value in vars(import_module(name)).items()
        if isinstance(value, Compiled) and value.build.__module__ == name
    }


def told(row: Any) -> Any:
    """All that an instance holds, that of the rows which were loaded with it too."""
    if not isinstance(row, models.Model):
        return row
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    beside = {name: told(value) for name, value in row._state.fields_cache.items()}
    return type(row), held, beside, row._state.adding, row._state.db


def sent(ask: Callable[[], Any]) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    return answer, [query["sql"] for query in asked]


@pytest.mark.django_db
def test_each_query_is_the_orms_own_and_so_are_its_rows() -> None:
    first, second = (factories.session(state=SessionState.COMPLETE) for _ in range(2))
    for session in (first, second):
        factories.session(session.case, number=2)
        token = f"token of {session.pk}"
        now, result = timezone.now(), session.artefacts.get(kind="json")
        attempt = CreateAttempt.objects.create(session=session, number=7, token=token, sent_at=now)
        Delivery.objects.create(attempt=attempt, received_at=now, body=b"{}", verdict=DeliveryVerdict.WOKE)
        Unplaced.objects.create(artefact=result, kind="field", path=f"of {session.pk}")
        OrganisationIdentity.objects.create(
            organisation=session.case.organisation,
            kind=IdentityKind.NAME,
            value=f"of {session.pk}",
            learned_from=result,
        )
        enqueue(Job.ADVANCE, session.pk)
    values: dict[str, Callable[[Any], Any]] = {
        "cases.models.capture.artefact.OF_SESSION": lambda session: session.pk,
        "cases.models.capture.session.SESSION": lambda session: session.pk,
        "cases.workflows.audit.recorded_columns.DELIVERIES": lambda session: session.pk,
        "cases.workflows.results.derive.PRESENT": lambda session: session.case_id,
        "cases.workflows.results.identities.KNOWN": lambda session: session.case.organisation_id,
        "cases.workflows.results.parsed_result.OTHERS": lambda session: session.pk,
        "cases.workflows.results.searching.CASE": lambda session: session.case_id,
        "cases.workflows.results.unplaced.KEPT": lambda session: session.artefacts.get(kind="json").pk,
        "cases.queue.NEWEST": lambda _session: timezone.now(),
        "cases.workflows.audit.trail.CHAIN": lambda session: session.case_id,
        "cases.workflows.capture.webhooks.WITH_TOKEN": lambda session: f"token of {session.pk}",
        "cases.workflows.locks.locking.LOCKED": lambda session: session.pk,
        "cases.workflows.results.which_capture.OF_CASE": lambda session: session.case_id,
        "cases.workflows.results.which_capture.ARTEFACTS": lambda session: session.case_id,
        "cases.workflows.results.which_capture.CHECKS": lambda session: session.case_id,
    }
    assert every_query().keys() == values.keys()
    for name, query in every_query().items():
        for value in map(values[name], (first, second, first)):
            ours, our_sql = sent(partial(query.all, value))
            theirs, their_sql = sent(lambda ask=query.build, value=value: list(ask(value)))
            assert our_sql == their_sql, name
            assert [*map(told, ours)] == [*map(told, theirs)], name
            assert ours, name


@pytest.mark.django_db
def test_what_is_attached_is_as_if_django_had_fetched_it() -> None:
    session = factories.session(state=SessionState.COMPLETE)
    factories.session(session.case, number=2)
    ours = which_capture.sessions_of(session.case_id)
    theirs = list(which_capture.OF_CASE.build(session.case_id))
    prefetch_related_objects(theirs, "artefacts__signature_checks")
    with CaptureQueriesContext(connection) as asked:
        for our, their in zip(ours, theirs, strict=True):
            results = [*our.artefacts.all()]
            assert results == [*their.artefacts.all()]
            assert all(result.session is our for result in results)
            for one, other in zip(results, their.artefacts.all(), strict=True):
                assert [*one.signature_checks.all()] == [*other.signature_checks.all()]
                assert all(check.artefact is one for check in one.signature_checks.all())
    assert len(asked) == 0
    assert {*ours[0].artefacts.filter(kind="json")} == {
        *Artefact.objects.filter(session=ours[0], kind="json")
    }


@pytest.mark.django_db
def test_a_query_finds_one_row_or_says_that_there_is_none() -> None:
    query = Compiled(lambda kind: Artefact.objects.filter(kind=kind).order_by("pk"), str)
    one = factories.session(results={"json": ArtefactState.ORDERED})
    assert [query.get("json"), query.first("json")] == [one.artefacts.get()] * 2
    assert query.first("aml") is None
    with pytest.raises(Artefact.DoesNotExist):
        query.get("aml")
    factories.session(results={"json": ArtefactState.ORDERED})
    with pytest.raises(Artefact.MultipleObjectsReturned):
        query.get("json")


@pytest.mark.django_db
def test_a_query_gives_tuples_if_it_names_columns_and_its_values_have_places() -> None:
    query = Compiled(
        lambda kind, session: Artefact.objects.filter(session=session, kind=kind).values_list("kind", "size"),
        str,
        int,
    )
    session = factories.session(results={"json": ArtefactState.ORDERED})
    assert query.all("json", session.pk) == [("json", None)]
    changed = Compiled(lambda kind: Artefact.objects.filter(kind=kind + "!"), str)
    with pytest.raises(ValueError, match="not in the query as given"):
        changed.all("json")


@pytest.mark.django_db
def test_the_sql_is_made_once_for_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def build(kind: str) -> Any:
        made.append(kind)
        return Artefact.objects.filter(kind=kind)

    query = Compiled(build, str)
    query.all("json")
    query.all("aml")
    assert made == query.samples()
    vars(connections[DEFAULT_DB_ALIAS]).pop(compiled.KEPT_IN)
    query.all("aml")
    assert len(made) == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_outside_a_transaction() -> None:
    with transaction.atomic():
        session = factories.session()
    if not connection.features.has_select_for_update:
        assert LOCKED.get(session.pk) == session
        return
    with pytest.raises(TransactionManagementError):
        LOCKED.get(session.pk)
