"""What came of the provider is not asked for again because the database was away when it was to be recorded."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, transaction

from amlportal.sandbox.server import RunningSandbox
from cases.models import AttemptOutcome, CreateAttempt, SessionState
from cases.provider.client import ProviderClient
from cases.workflows import database_away
from cases.workflows.capture import fetch as fetching
from cases.workflows.capture import order
from cases.workflows.locks import leases
from cases.workflows.results import parsed_result
from tests import portal
from tests.workflows import engine_steps

TIMES = 2  # that the database is away


@pytest.fixture
def fetched(own_database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each kind was fetched."""
    counted: Counter[str] = Counter()
    fetch = ProviderClient.fetch

    def counting(self: ProviderClient, session: str, kind: str, *more: Any) -> Any:
        counted[kind] += 1
        return fetch(self, session, kind, *more)

    monkeypatch.setattr(ProviderClient, "fetch", counting)
    monkeypatch.setattr(database_away, "PAUSE_SECONDS", 0)
    return counted


def failing(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but the database is away at first."""
    left = [OperationalError] * TIMES

    def tried(*args: Any, **more: Any) -> Any:
        if left:
            raise left.pop()
        return work(*args, **more)

    return tried


@pytest.mark.parametrize(
    ("module", "name"), [(fetching, "record_download"), (parsed_result, "beside"), (leases.Lease, "renew")]
)
def test_what_came_is_recorded_when_the_database_is_back(
    fetched: Counter[str], monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    monkeypatch.setattr(fetching, "RENEW_EVERY_SECONDS", -1)
    case = portal.order(engine_steps.NUMBER)
    engine_steps.follow(case, engine_steps.in_state(SessionState.OPEN))
    attempt, work = fetching.attempt, failing(getattr(module, name))

    def away(*args: Any) -> Any:
        monkeypatch.setattr(module, name, work)
        return attempt(*args)

    monkeypatch.setattr(fetching, "attempt", away)
    assert engine_steps.follow(case).state == SessionState.COMPLETE
    assert set(fetched.values()) == {1}


@pytest.mark.parametrize("fault", [None, {"name": "http_429", "on": ["create"], "count": 1, "seconds": 1}])
def test_the_answer_to_an_order_is_recorded_when_the_database_is_back(
    own_database: str, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any] | None
) -> None:
    monkeypatch.setattr(database_away, "PAUSE_SECONDS", 0)
    for name in ("_opened", "_not_created"):
        monkeypatch.setattr(order, name, failing(getattr(order, name)))
    if fault:
        portal.switch(sandbox, fault)
    case = portal.order(engine_steps.NUMBER)
    assert engine_steps.follow(case).state == SessionState.COMPLETE
    outcomes = CreateAttempt.objects.order_by("number").values_list("outcome", flat=True)
    assert list(outcomes) == [*([AttemptOutcome.REFUSED] if fault else []), AttemptOutcome.OPENED]


def test_it_is_asked_for_no_longer_than_a_lease_lasts_and_not_inside_a_transaction(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = Counter[str]()

    def away() -> None:
        tries["all"] += 1
        raise OperationalError

    monkeypatch.setattr(database_away, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(database_away, "unheard_seconds", lambda: -1)
    with pytest.raises(OperationalError):
        database_away.retried(away)
    monkeypatch.setattr(database_away, "unheard_seconds", lambda: 3600)
    with pytest.raises(OperationalError), transaction.atomic():
        database_away.retried(away)
    assert tries["all"] == 2
