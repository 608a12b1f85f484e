"""A webhook that comes while somebody is at work is not lost, and one that announces a result dates it."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, DeliveryVerdict, SessionState, reasons
from cases.provider.client import ProviderClient
from cases.workflows import provider
from cases.workflows.capture import advancing
from tests import portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, deliver, follow, in_state, named
from tests.workflows.oddities import end

_S = SessionState


def waiting(sandbox: RunningSandbox, clock: Clock) -> AmlSession:
    """A session whose reports are not ready for a long time yet, and that would not be looked at for a while."""
    portal.switch(sandbox, {"name": "never_ready", "on": ["json", "report"], "count": None})
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    AmlSession.objects.update(polls=30)
    clock.jump(seconds=60)
    return session


@pytest.mark.parametrize("when", ["before the answer is written", "as the answer is told"])
def test_a_webhook_while_the_provider_is_asked_makes_us_ask_again_at_once(
    when: str, untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = waiting(untold, clock)
    client: ProviderClient = provider.client()
    ask = client.session_information

    def webhook_came(session_id: str) -> Any:
        if when == "as the answer is told":
            deliver(session.attempts.get(), named(session_id))
            return ask(session_id)
        answer = ask(session_id)
        deliver(session.attempts.get(), named(session_id))
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(client, "session_information", webhook_came)
        assert advancing.advance(session.pk)

    assert portal.session_of(session.case).next_step_at <= timezone.now()
    assert advancing.advance(session.pk)
    assert portal.session_of(session.case).next_step_at > timezone.now()


def test_a_webhook_while_a_result_is_fetched_makes_us_look_again_at_once(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.switch(untold, {"name": "never_ready", "on": ["report"]})
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    client: ProviderClient = provider.client()
    fetch = client.fetch

    def webhook_came(session_id: str, *rest: Any) -> Any:
        deliver(session.attempts.get(), named(session_id, "ReportReady"))
        return fetch(session_id, *rest)

    monkeypatch.setattr(client, "fetch", webhook_came)
    follow(session.case, lambda session: session.artefacts.captured().exists())

    assert portal.session_of(session.case).next_step_at <= timezone.now()


def test_a_webhook_before_the_answer_to_the_order_has_the_first_look_at_once(
    untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = portal.order(NUMBER)
    client: ProviderClient = provider.client()
    order = client.create_session

    def webhook_came(order_: Any) -> Any:
        created = order(order_)
        deliver(portal.session_of(case).attempts.get(), named(created.session_id))
        return created

    monkeypatch.setattr(client, "create_session", webhook_came)
    assert advancing.advance(portal.session_of(case).pk)

    assert portal.session_of(case).next_step_at <= timezone.now()


def test_a_result_counts_as_available_from_the_webhook_that_announced_it(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, {"name": "unknown_status", "count": 1})
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    engine_steps.wait_for(
        lambda: untold.sandbox.sessions.latest()[0].entities["json"].available_at is not None
    )
    clock.jump(seconds=60)
    announced = deliver(session.attempts.get(), named(session.provider_id)).received_at
    clock.jump(seconds=25)

    session = follow(session.case)

    json = session.artefacts.get(kind="json")
    assert json.available_at == announced
    assert json.seconds_to_capture is not None
    assert 25 <= json.seconds_to_capture < 40


def test_a_capture_starts_with_the_webhook_and_not_with_the_next_look(
    webhooks: None, sandbox: RunningSandbox, settings: Any
) -> None:
    settings.AML_POLL_SECONDS = 60
    session = portal.drive(portal.order(NUMBER))

    assert session.state == _S.COMPLETE
    assert sandbox.stats()["requests"]["information"] <= 5


# --- What the provider says of itself when the session is gone -----------------------------------------------


def test_a_session_that_is_said_to_have_failed_and_is_gone_was_cancelled(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = waiting(untold, clock)
    deliver(session.attempts.get(), named(session.provider_id, "Failed"))
    portal.switch(untold, {"name": "http_404", "on": ["information"], "count": None})

    took = end(session, clock)

    assert (session.state, session.reason) == (_S.FAILED, reasons.PROVIDER_CANCELLED)
    assert datetime.timedelta(minutes=9) < took < datetime.timedelta(minutes=13)


@pytest.mark.parametrize("body", [None, named("another-session", "Failed")])
def test_a_session_that_is_merely_not_found_for_a_moment_goes_on(
    body: Any, untold: RunningSandbox, clock: Clock
) -> None:
    session = waiting(untold, clock)
    if body:
        assert deliver(session.attempts.get(), body).verdict == DeliveryVerdict.REJECTED
    portal.switch(untold, {"name": "http_404", "on": ["information"], "count": 1})

    assert advancing.advance(session.pk)

    assert portal.session_of(session.case).state == _S.OPEN


def test_a_failed_that_the_provider_does_not_confirm_changes_nothing(untold: RunningSandbox) -> None:
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    deliver(session.attempts.get(), named(session.provider_id, "Failed"))

    assert follow(session.case).state == _S.COMPLETE
