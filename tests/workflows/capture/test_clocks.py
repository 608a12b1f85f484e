"""Clocks that jump or disagree: nothing is given up, nothing waits for hours, and times are told in our clock."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, ArtefactState, SessionState, reasons
from cases.models.capture.artefact import LIFETIME
from cases.provider.answers import EntityStatus
from cases.provider.client import ProviderClient
from cases.workflows import provider
from cases.workflows.capture import advancing
from cases.workflows.locks import delays, leases
from tests import portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, follow, in_state

_S = SessionState
JSON_ALONE = {"reports": (), "expands": ("address",)}


def seen_ready(sandbox: RunningSandbox) -> AmlSession:
    """A session whose result was seen ready, but could not be fetched yet."""
    portal.switch(sandbox, {"name": "http_503", "on": ["json"], "count": None})
    return follow(
        portal.order(NUMBER, **JSON_ALONE),
        lambda session: session.artefacts.filter(state=ArtefactState.READY, tries__gt=0).exists(),
    )


def not_ready_yet(sandbox: RunningSandbox) -> AmlSession:
    portal.switch(sandbox, {"name": "never_ready", "on": ["json"], "count": 1})
    session = follow(
        portal.order(NUMBER, **JSON_ALONE), lambda session: session.polls > 1 and _is_past_due(sandbox)
    )
    assert session.state == _S.OPEN
    return session


def _is_past_due(sandbox: RunningSandbox) -> bool:
    return sandbox.sandbox.switchboard.met["never_ready"] > 0


def becomes_ready(sandbox: RunningSandbox) -> None:
    made = sandbox.sandbox.sessions.latest()[0]
    sandbox.sandbox.api.lifecycle._due(made, made.entities["json"])


# --- Put ahead -----------------------------------------------------------------------------------------------


def test_a_result_seen_ready_is_captured_though_our_clock_says_it_is_gone(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = seen_ready(untold)
    clock.jump(hours=3)
    portal.switch(untold)

    assert follow(session.case).state == _S.COMPLETE


@pytest.mark.parametrize("endpoints", [["json"], ["information", "json"]])
def test_one_trouble_after_the_clock_was_put_ahead_ends_nothing(
    endpoints: list[str], untold: RunningSandbox, clock: Clock
) -> None:
    session = seen_ready(untold)
    clock.jump(hours=3)
    portal.switch(untold, *({"name": "http_503", "on": [one], "count": 1} for one in endpoints))

    assert advancing.advance(session.pk)

    assert portal.session_of(session.case).state == _S.OPEN
    clock.jump(seconds=60)
    assert follow(session.case).state == _S.COMPLETE


def test_a_result_that_is_still_being_made_is_waited_for_though_the_clock_was_put_ahead(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = not_ready_yet(untold)
    clock.jump(hours=3)
    assert advancing.advance(session.pk)
    assert portal.session_of(session.case).state == _S.OPEN

    becomes_ready(untold)
    clock.jump(seconds=60)

    assert follow(session.case).state == _S.COMPLETE


def test_patience_ends_all_the_same_when_somebody_looks_all_the_time(
    untold: RunningSandbox, clock: Clock, settings: Settings
) -> None:
    settings.AML_PATIENCE_SECONDS = 600
    session = not_ready_yet(untold)
    for _minute in range(11):
        clock.jump(seconds=61)
        advancing.advance(session.pk)
    session.refresh_from_db()

    assert (session.state, session.reason) == (_S.FAILED, reasons.NEVER_READY)


def test_an_order_that_waited_for_hours_in_a_queue_that_stood_still_is_not_failed_by_one_trouble(
    untold: RunningSandbox, clock: Clock
) -> None:
    case = portal.order(NUMBER, **JSON_ALONE)
    clock.jump(hours=3)
    portal.switch(untold, {"name": "http_503", "on": ["create"], "count": 1})
    assert advancing.advance(portal.session_of(case).pk)

    assert portal.session_of(case).state == _S.REQUESTED
    clock.jump(seconds=60)
    assert follow(case).state == _S.COMPLETE


def test_an_order_that_nobody_takes_ends_after_some_troubles(untold: RunningSandbox, clock: Clock) -> None:
    portal.switch(untold, {"name": "http_503", "on": ["create"], "count": None})
    case = portal.order(NUMBER, **JSON_ALONE)
    clock.jump(hours=3)
    for _ in range(delays.FEWEST_TROUBLES):
        assert advancing.advance(portal.session_of(case).pk)
        clock.jump(seconds=61)

    session = portal.session_of(case)
    assert (session.state, session.reason) == (_S.FAILED, reasons.NO_ANSWER_IN_TIME)


# --- Put back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("held", [False, True])
def test_a_clock_that_is_put_back_stops_nobody(held: bool, untold: RunningSandbox, clock: Clock) -> None:
    session = not_ready_yet(untold)
    becomes_ready(untold)
    clock.jump(seconds=60)
    if held:
        assert leases.claim_session(session.pk)

    clock.jump(hours=-3)

    assert list(leases.due()) == [session]
    assert follow(session.case).state == _S.COMPLETE


def test_a_clock_that_is_put_back_while_a_webhook_is_awaited_neither_spins_nor_waits_for_hours(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, {"name": "create_lost"})
    session = follow(portal.order(NUMBER, **JSON_ALONE), in_state(_S.DOUBTFUL))
    engine_steps.steps_until_quiet(session)
    clock.jump(hours=-3)

    assert engine_steps.steps_until_quiet(session) <= 1
    clock.jump(seconds=31)

    assert follow(session.case).state == _S.COMPLETE


def test_a_long_wait_for_a_webhook_is_no_busy_one(
    untold: RunningSandbox, clock: Clock, settings: Settings
) -> None:
    settings.AML_CREATE_ADOPT_SECONDS = 3600
    portal.switch(untold, {"name": "create_lost"})
    session = follow(portal.order(NUMBER, **JSON_ALONE), in_state(_S.DOUBTFUL))

    assert engine_steps.steps_until_quiet(session) == 1


# --- Whose clock ---------------------------------------------------------------------------------------------


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, untold: RunningSandbox) -> Any:
    """Have the provider's clock go wrong by so much, and say until when its result is there, as it sees it."""

    def says(goes_wrong: datetime.timedelta, minutes_left: float, word: str = "READY") -> None:
        client: ProviderClient = provider.client()
        ask = client.session_information

        def shifted(session_id: str) -> Any:
            information = ask(session_id)
            assert information.server_time
            theirs = information.server_time + goes_wrong
            until = theirs + datetime.timedelta(minutes=minutes_left)
            return replace(information, server_time=theirs, entities={"json": EntityStatus(word, until)})

        monkeypatch.setattr(client, "session_information", shifted)

    return says


@pytest.mark.parametrize("hours", [1, -1, 0])
def test_when_a_result_will_be_gone_is_told_in_our_clock(
    hours: float, says: Any, untold: RunningSandbox
) -> None:
    says(datetime.timedelta(hours=hours), minutes_left=30)
    session = seen_ready(untold)

    json = session.artefacts.get()
    assert json.expires_at is not None
    assert json.available_at is not None
    left = json.expires_at - timezone.now()
    assert abs(left - datetime.timedelta(minutes=30)) < datetime.timedelta(seconds=10)
    assert json.available_at == json.expires_at - LIFETIME


def test_what_is_said_to_last_longer_than_it_can_is_not_available_in_the_future(
    says: Any, untold: RunningSandbox
) -> None:
    says(datetime.timedelta(), minutes_left=60 * 24)
    session = seen_ready(untold)

    available = session.artefacts.get().available_at
    assert available is not None
    assert available <= timezone.now()


def test_without_a_word_of_the_provider_it_lasts_two_hours_from_the_last_look_without_it(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = not_ready_yet(untold)
    last_poll = session.polled_at
    assert last_poll
    becomes_ready(untold)
    portal.switch(untold, {"name": "http_503", "on": ["json"], "count": None})
    clock.jump(seconds=50)
    seen = timezone.now()
    assert advancing.advance(session.pk)

    json = session.artefacts.get()
    assert json.expires_at == last_poll + LIFETIME
    assert json.available_at is not None
    assert json.available_at >= seen


def test_only_the_provider_says_that_a_result_has_expired(says: Any, untold: RunningSandbox) -> None:
    says(datetime.timedelta(), minutes_left=30, word="EXPIRED")

    session = follow(portal.order(NUMBER, **JSON_ALONE))

    assert (session.state, session.reason) == (_S.FAILED, reasons.EXPIRED)
