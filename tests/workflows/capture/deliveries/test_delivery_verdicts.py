"""What becomes of a webhook: it is kept, it makes the portal look at most, and it is never believed."""

import json
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from cases.models import (
    AmlSession,
    AttemptOutcome,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    RefusedDeliveries,
    SessionState,
)
from cases.workflows.capture import webhooks
from tests import factories
from tests.workflows import engine_steps

pytestmark = pytest.mark.django_db

_S, _V = SessionState, DeliveryVerdict
BODY = b'{"sessionId": "s-1", "status": "JsonDataReady"}'


def expected(state: str = _S.OPEN, outcome: str = AttemptOutcome.OPENED, **fields: Any) -> CreateAttempt:
    """An order whose session is in that state, and whose address therefore is known."""
    return factories.attempt(factories.session(state=state, **fields), outcome)


def refused() -> int:
    return sum(RefusedDeliveries.objects.values_list("count", flat=True))


@pytest.mark.parametrize("state", [_S.REQUESTED, _S.CREATING, _S.DOUBTFUL, _S.OPEN])
@pytest.mark.parametrize("word", ["JsonDataReady", "ReportReady", "AllDone", "Failed", "EverythingApproved"])
def test_whatever_a_webhook_says_it_only_makes_the_portal_look(state: str, word: str) -> None:
    attempt = expected(state, AttemptOutcome.SENT)
    session = attempt.session
    AmlSession.objects.update(next_step_at=session.give_up_at)
    artefacts = list(session.artefacts.values())

    delivery = engine_steps.deliver(attempt, {"status": word})

    wake_requested = AmlSession.objects.get()
    assert (delivery.verdict, wake_requested.state, wake_requested.wake_requested) == (_V.WOKE, state, True)
    assert wake_requested.next_step_at <= timezone.now()
    assert list(session.artefacts.values()) == artefacts


@pytest.mark.parametrize("state", [_S.COMPLETE, _S.PARTIAL, _S.FAILED, _S.UNKNOWN, _S.QUARANTINED])
@pytest.mark.parametrize("body", [b"not JSON", {"status": "AllDone"}])
def test_a_session_that_rests_is_not_woken_by_a_webhook_that_names_nothing_new(state: str, body: Any) -> None:
    attempt = expected(state)
    before = AmlSession.objects.values().get()

    assert engine_steps.deliver(attempt, body).verdict == _V.NOT_NEEDED

    assert AmlSession.objects.values().get() == before


def test_a_webhook_that_names_another_session_than_ours_is_rejected_and_wakes_nothing() -> None:
    attempt = expected(provider_id="ours")
    before = AmlSession.objects.values().get()

    assert engine_steps.deliver(attempt, engine_steps.named("theirs")).verdict == _V.REJECTED

    assert AmlSession.objects.values().get() == before


def test_a_crowd_of_webhooks_fills_neither_database_nor_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST_KEPT", 30)
    attempt = expected(provider_id="s-1")

    for _ in range(100):
        webhooks.receive(attempt.token, BODY, "application/json")

    assert (Delivery.objects.count(), refused()) == (30, 70)
    assert OrmQ.objects.count() == 1  # it is woken once, until somebody takes it


def test_a_webhook_whose_length_nobody_said_is_measured() -> None:
    attempt = expected()

    webhooks.receive(attempt.token, b" " * (Delivery.BODY_LIMIT + 1), "")

    assert (Delivery.objects.count(), refused()) == (0, 1)


def test_refused_webhooks_are_counted_by_the_hour(clock: engine_steps.Clock) -> None:
    for _ in range(3):
        webhooks.refuse()
    clock.jump(hours=1)
    webhooks.refuse()

    assert sorted(RefusedDeliveries.objects.values_list("count", flat=True)) == [1, 3]


@pytest.mark.parametrize("word", ["x" * 51, "a\x00b", "\ud800", "line\nbreak", ""])
@pytest.mark.parametrize("name", ["y" * 201, "\x00", "\u202e"])
def test_words_that_no_database_or_log_should_hold_are_left_in_the_body(word: str, name: str) -> None:
    attempt = expected()

    delivery = engine_steps.deliver(attempt, json.dumps({"status": word, "sessionId": name}).encode())

    delivery.refresh_from_db()
    assert (delivery.word, delivery.named_session, delivery.verdict) == ("", "", _V.NOT_UNDERSTOOD)
