"""How long results are waited for, how seldom they are asked for meanwhile, and what an announced failure changes."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, ArtefactState, Delivery, SessionState, Verb, reasons
from cases.provider.client import ProviderClient
from cases.workflows import provider
from cases.workflows.capture import advancing, patience
from cases.workflows.locks import delays
from tests import portal
from tests.workflows.engine_steps import NUMBER, Clock, deliver, follow, in_state, named, verbs_of

pytestmark = pytest.mark.one_database

_S = SessionState
# Where it does not matter how long the patience is; each hour of it is some polls.
SHORTER = 6 * 3600
JSON_ALONE = {"reports": (), "expands": ("address",)}
NEVER = {"name": "never_ready", "on": ["json", "report"], "count": None}


@pytest.fixture
def waiting(untold: RunningSandbox, settings: Settings) -> AmlSession:
    """A session whose result is never ready, with delays as in life."""
    settings.AML_POLL_SECONDS, settings.AML_PATIENCE_SECONDS = 2, 72 * 3600
    portal.switch(untold, NEVER)
    return follow(portal.order(NUMBER, **JSON_ALONE), in_state(_S.OPEN))


def until_due(session: AmlSession, clock: Clock) -> float:
    """Move the clock to the session's next step and take it; give the hours from its opening until then."""
    session.refresh_from_db()
    assert session.next_step_at
    assert session.opened_at
    clock.ahead += max(datetime.timedelta(), session.next_step_at - timezone.now()) + datetime.timedelta(
        seconds=0.01
    )
    hours = (timezone.now() - session.opened_at).total_seconds() / 3600
    assert advancing.advance(session.pk)
    session.refresh_from_db()
    return hours


def becomes_ready(sandbox: RunningSandbox, kind: str = "json") -> None:
    portal.switch(sandbox)
    made = sandbox.sandbox.sessions.latest()[0]
    sandbox.sandbox.api.lifecycle._due(made, made.entities[kind])


# --- Seventy-two hours ---------------------------------------------------------------------------------------


def test_by_default_results_are_waited_for_three_days() -> None:
    assert patience.patience() == datetime.timedelta(hours=72)
    assert patience.after_failure() == datetime.timedelta(minutes=10)


def test_in_three_days_the_provider_is_asked_a_few_hundred_times_and_then_given_up(
    waiting: AmlSession, clock: Clock, untold: RunningSandbox
) -> None:
    hours = [until_due(waiting, clock)]
    while waiting.is_active:
        hours.append(until_due(waiting, clock))

    assert (waiting.state, waiting.reason) == (_S.FAILED, reasons.NEVER_READY)
    assert 72 <= hours[-1] < 72.3
    first = sum(hour <= 1 for hour in hours)
    assert 50 <= first <= 80
    assert len(hours) - first <= 71 * 4 + 1
    assert all(
        later - sooner >= 0.25 for sooner, later in zip(hours[first:], hours[first + 1 :], strict=False)
    )
    assert untold.stats()["requests"]["information"] <= len(hours) + 1
    assert untold.stats()["creates"]["total"] == 1


def test_what_is_ready_late_is_fetched(
    waiting: AmlSession, clock: Clock, untold: RunningSandbox, settings: Settings
) -> None:
    settings.AML_PATIENCE_SECONDS = SHORTER
    while until_due(waiting, clock) < 4:
        assert waiting.state == _S.OPEN
    becomes_ready(untold)

    until_due(waiting, clock)

    assert waiting.state == _S.COMPLETE


def test_a_late_webhook_has_the_result_fetched_at_once(
    waiting: AmlSession, clock: Clock, untold: RunningSandbox, settings: Settings
) -> None:
    settings.AML_PATIENCE_SECONDS = SHORTER
    while until_due(waiting, clock) < 4:
        pass
    becomes_ready(untold)
    deliver(waiting.attempts.get(), named(waiting.provider_id))

    assert advancing.advance(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == _S.COMPLETE


def test_what_comes_in_the_last_minute_leaves_the_rest_an_hour(
    untold: RunningSandbox, clock: Clock, settings: Settings
) -> None:
    settings.AML_POLL_SECONDS, settings.AML_PATIENCE_SECONDS = 2, SHORTER
    portal.switch(untold, NEVER)
    session = follow(portal.order(NUMBER, reports=("aml",), expands=()), in_state(_S.OPEN))
    while until_due(session, clock) < 5.7:
        pass
    portal.switch(untold, {**NEVER, "on": ["report"]})
    made = untold.sandbox.sessions.latest()[0]
    untold.sandbox.api.lifecycle._json_due(made, made.entities["json"])
    until_due(session, clock)
    assert session.artefacts.captured().count() == 1
    until_due(session, clock)
    assert (session.next_step_at - timezone.now()).total_seconds() <= delays.LONGEST  # type: ignore[operator]
    while session.is_active:
        hours = until_due(session, clock)

    assert (session.state, portal.entities(session)["aml"]) == (_S.PARTIAL, "FAILED never_ready")
    assert 6.6 < hours < 7.3


def test_an_order_that_is_refused_for_hours_is_not_sent_every_minute(
    untold: RunningSandbox, clock: Clock, settings: Settings
) -> None:
    settings.AML_POLL_SECONDS, settings.AML_PATIENCE_SECONDS = 2, 72 * 3600
    portal.switch(untold, {"name": "http_503", "on": ["create"], "count": None})
    session = portal.session_of(portal.order(NUMBER, **JSON_ALONE))
    AmlSession.objects.update(opened_at=timezone.now())
    steps = 0
    while until_due(session, clock) < 12:
        steps += 1

    assert session.state == _S.REQUESTED
    assert steps <= 70 + 11 * 4


def test_what_was_said_to_be_ready_and_is_not_is_asked_for_seldom_once_it_should_be_gone(
    untold: RunningSandbox, clock: Clock, settings: Settings
) -> None:
    settings.AML_POLL_SECONDS, settings.AML_PATIENCE_SECONDS = 2, 72 * 3600
    portal.switch(untold, {"name": "http_409", "on": ["json"], "count": None})
    session = follow(
        portal.order(NUMBER, **JSON_ALONE),
        lambda session: session.artefacts.filter(state=ArtefactState.READY).exists(),
    )
    while until_due(session, clock) < 2.5:
        assert session.is_active
    assert (session.next_step_at - timezone.now()).total_seconds() >= delays.SELDOM  # type: ignore[operator]
    portal.switch(untold)

    until_due(session, clock)

    assert session.state == _S.COMPLETE


# --- An announced failure ------------------------------------------------------------------------------------


def test_an_announced_failure_leaves_ten_minutes_from_when_it_was_announced(
    waiting: AmlSession, clock: Clock
) -> None:
    while until_due(waiting, clock) < 2:
        pass
    failed = named(waiting.provider_id, "Failed")
    announced = deliver(waiting.attempts.get(), failed).received_at
    while waiting.is_active:
        until_due(waiting, clock)
        assert timezone.now() - announced < datetime.timedelta(minutes=12)
        if timezone.now() - announced > datetime.timedelta(minutes=8):  # said again, it is no later
            deliver(waiting.attempts.get(), failed)

    assert timezone.now() - announced >= datetime.timedelta(minutes=10)
    assert (waiting.state, waiting.reason) == (_S.FAILED, reasons.FAILURE_ANNOUNCED)
    assert verbs_of(waiting.case).count(Verb.FAILURE_ANNOUNCED) == 1


def test_an_announced_failure_ends_nothing_by_itself_and_what_comes_is_fetched(
    waiting: AmlSession, clock: Clock, untold: RunningSandbox
) -> None:
    failed = deliver(waiting.attempts.get(), named(waiting.provider_id, "Failed"))
    assert failed.verdict == Delivery.Verdict.WOKE
    for _look in range(4):
        until_due(waiting, clock)
        assert waiting.state == _S.OPEN
    becomes_ready(untold)
    until_due(waiting, clock)

    assert waiting.state == _S.COMPLETE
    waiting.refresh_from_db()
    found = patience.announced(waiting)
    assert found is not None
    assert (found.at, found.until, found.is_refuted) == (failed.received_at, None, True)


def test_after_a_result_came_all_the_same_the_rest_has_its_patience_back(
    untold: RunningSandbox, clock: Clock, settings: Settings
) -> None:
    settings.AML_POLL_SECONDS, settings.AML_PATIENCE_SECONDS = 2, 72 * 3600
    portal.switch(untold, NEVER)
    session = follow(portal.order(NUMBER, reports=("aml",), expands=()), in_state(_S.OPEN))
    deliver(session.attempts.get(), named(session.provider_id, "Failed"))
    portal.switch(untold, {**NEVER, "on": ["report"]})
    made = untold.sandbox.sessions.latest()[0]
    untold.sandbox.api.lifecycle._json_due(made, made.entities["json"])
    while until_due(session, clock) < 3:
        assert session.state == _S.OPEN


@pytest.mark.parametrize(
    "body", [named("another-session", "Failed"), named("", "failed"), {"status": "Failing"}, b"Failed"]
)
def test_what_is_no_announcement_of_its_failure_shortens_nothing(
    body: object, waiting: AmlSession, clock: Clock
) -> None:
    deliver(waiting.attempts.get(), body)
    while until_due(waiting, clock) < 0.3:
        assert waiting.is_active
    assert patience.announced(waiting) is None
    assert Verb.FAILURE_ANNOUNCED not in verbs_of(waiting.case)


def test_an_announcement_that_comes_several_times_is_told_once(waiting: AmlSession) -> None:
    for _time in range(3):
        deliver(waiting.attempts.get(), named(waiting.provider_id, "Failed"))
    assert verbs_of(waiting.case).count(Verb.FAILURE_ANNOUNCED) == 1


def test_a_failure_that_was_announced_before_the_answer_to_the_order_counts_too(
    untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.switch(untold, NEVER)
    case = portal.order(NUMBER, **JSON_ALONE)
    client: ProviderClient = provider.client()
    order = client.create_session

    def webhook_came(order_: Any) -> Any:
        created = order(order_)
        deliver(portal.session_of(case).attempts.get(), named(created.session_id, "Failed"))
        return created

    monkeypatch.setattr(client, "create_session", webhook_came)
    session = follow(case, in_state(_S.OPEN))

    assert session.failure_announced_at == session.attempts.get().deliveries.get().received_at
    assert verbs_of(session.case).count(Verb.FAILURE_ANNOUNCED) == 1
