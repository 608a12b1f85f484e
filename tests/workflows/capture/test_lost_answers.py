"""An order whose answer was lost: found again by its webhook, repeated as often as allowed, else left to a person."""

import threading
from typing import Any

import pytest
from django.db import connections
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AttemptOutcome, DeliveryVerdict, SessionState, Verb, reasons
from cases.models.capture.session import AmlSession
from cases.workflows.capture import advancing
from cases.workflows.ordering import session_requests
from tests import chains, factories, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import ANOTHER, NUMBER, Clock, deliver, follow, in_state, named
from tests.workflows.lost_orders import ALWAYS_LOST, LOST, creates, doubtful, given_up, order

_S = SessionState


# --- Found again ---------------------------------------------------------------------------------------------


def test_a_session_whose_answer_was_lost_is_adopted_by_its_webhook(
    webhooks: None, sandbox: RunningSandbox, settings: Settings
) -> None:
    settings.AML_CREATE_ADOPT_SECONDS = 20
    portal.switch(sandbox, LOST)

    session = portal.drive(portal.order(NUMBER))

    assert (session.state, session.lost_answers, creates(sandbox)) == (_S.COMPLETE, 1, 1)
    assert session.provider_id == engine_steps.made_by(sandbox)[0]
    assert [attempt.outcome for attempt in session.attempts.all()] == [AttemptOutcome.ADOPTED]
    assert Verb.SESSION_ADOPTED in engine_steps.verbs_of(session.case)
    assert list(chains.breaks()) == [None]


def test_every_answer_may_be_lost_as_long_as_a_webhook_comes(
    webhooks: None, sandbox: RunningSandbox, settings: Settings
) -> None:
    settings.AML_CREATE_ADOPT_SECONDS, settings.AML_CREATE_RETRIES = 20, 0
    portal.switch(sandbox, ALWAYS_LOST)

    session = portal.drive(order())

    assert (session.state, creates(sandbox)) == (_S.COMPLETE, 1)


def test_an_answer_that_comes_after_the_lease_ran_out_still_counts(
    own_database: str, sandbox: RunningSandbox, settings: Settings
) -> None:
    settings.LEASE_SECONDS, settings.AML_WEBHOOKS, settings.PORTAL_URL = 0.2, True, engine_steps.NOWHERE
    settings.AML_CREATE_ADOPT_SECONDS = 20
    portal.switch(sandbox, {"name": "slow", "on": ["create"], "seconds": 1.0})
    case = order()
    slow = threading.Thread(target=_advance_elsewhere, args=[portal.session_of(case).pk])
    slow.start()
    engine_steps.wait_for(lambda: portal.session_of(case).state == _S.CREATING)

    session = follow(case, in_state(_S.DOUBTFUL))
    slow.join()
    session.refresh_from_db()

    assert (session.state, session.lost_answers, creates(sandbox)) == (_S.OPEN, 1, 1)
    settings.LEASE_SECONDS = 60
    assert follow(case).state == _S.COMPLETE


@pytest.mark.parametrize("meanwhile", [_S.REQUESTED, _S.UNKNOWN, _S.QUARANTINED])
def test_an_answer_that_comes_very_late_is_used_rather_than_a_second_order(
    meanwhile: str, untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = order()
    ask = advancing.provider.client().create_session

    def answered_late(order: Any) -> Any:
        created = ask(order)
        AmlSession.objects.filter(case=case).update(
            state=meanwhile,
            reason=reasons.CREATE_OUTCOME_UNKNOWN,
            next_step_at=portal.session_of(case).next_step_at if meanwhile == _S.REQUESTED else None,
            lease="",
        )
        return created

    monkeypatch.setattr(advancing.provider.client(), "create_session", answered_late)
    advancing.advance(portal.session_of(case).pk)

    session = portal.session_of(case)
    assert (session.state, session.provider_id) == (_S.OPEN, engine_steps.made_by(untold)[0])
    assert follow(case).state == _S.COMPLETE
    assert creates(untold) == 1


def _advance_elsewhere(pk: int) -> None:
    try:
        advancing.advance(pk)
    finally:
        connections.close_all()


# --- Not found: a person decides -----------------------------------------------------------------------------


def test_without_webhooks_two_lost_answers_leave_it_to_a_person(
    db: None, sandbox: RunningSandbox, settings: Settings
) -> None:
    portal.switch(sandbox, ALWAYS_LOST)

    session = follow(order())

    assert (session.state, session.reason) == (_S.UNKNOWN, reasons.CREATE_OUTCOME_UNKNOWN)
    assert (session.lost_answers, session.retries, creates(sandbox)) == (2, 1, 2)
    assert {attempt.outcome for attempt in session.attempts.all()} == {AttemptOutcome.ABANDONED}


def test_a_person_may_order_again(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)

    session_requests.order_again(session.pk, factories.kari(), "asked them")

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 3


def test_to_order_again_twice_sends_one_order(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)
    session_requests.order_again(session.pk, factories.kari(), "asked them")

    with pytest.raises(session_requests.NotPossible):
        session_requests.order_again(session.pk, factories.maja(), "asked them")

    follow(session.case)
    assert creates(untold) == 3


def test_a_person_who_orders_again_gets_one_repetition_of_its_own(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = given_up(untold, clock)
    portal.switch(untold, LOST)
    session_requests.order_again(session.pk, factories.kari(), "asked them")

    follow(session.case, in_state(_S.DOUBTFUL))
    clock.jump(seconds=40)

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 4


def test_a_person_may_close_it_and_order_anew(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)

    closed = session_requests.close(session.pk, factories.kari())
    assert (closed.state, closed.reason) == (_S.FAILED, reasons.CLOSED_BY_PERSON)
    assert set(portal.entities(closed).values()) == {"FAILED closed_by_person"}
    assert not advancing.advance(session.pk)

    new = session_requests.request(session.case, session_requests.ResultRequest(), factories.kari())
    assert (new.number, follow(session.case).state, creates(untold)) == (2, _S.COMPLETE, 3)


def test_a_session_that_turns_up_after_a_person_closed_it_is_told_of(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = given_up(untold, clock)
    session_requests.close(session.pk, factories.kari())

    for word in ("JsonDataReady", "AllDone"):
        delivery = deliver(session.attempts.get(number=1), named(engine_steps.made_by(untold)[0], word))
        assert delivery.verdict == DeliveryVerdict.DUPLICATE_SESSION

    assert engine_steps.verbs_of(session.case).count(Verb.SESSION_DUPLICATED) == 1
    session.refresh_from_db()
    assert (session.state, session.reason) == (_S.FAILED, reasons.CLOSED_BY_PERSON)


def test_without_retries_the_first_lost_answer_is_left_to_a_person(
    untold: RunningSandbox, settings: Settings, clock: Clock
) -> None:
    settings.AML_CREATE_RETRIES = 0
    session = doubtful(untold)
    clock.jump(seconds=40)

    assert follow(session.case).state == _S.UNKNOWN
    assert creates(untold) == 1


# --- What is no doubt ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["http_500", "http_503", "http_401", "http_429"])
def test_an_error_status_is_no_doubt(fault: str, untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": fault, "on": ["create"], "count": 1, "seconds": 0})

    session = follow(order())

    assert (session.state, session.lost_answers, len(engine_steps.made_by(untold))) == (_S.COMPLETE, 0, 1)
    assert Verb.ANSWER_LOST not in engine_steps.verbs_of(session.case)


def test_access_that_is_refused_for_good_is_no_doubt(untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": "http_401", "on": ["create"], "count": None})

    session = follow(order())

    assert (session.state, session.reason, session.lost_answers) == (_S.FAILED, "unauthorized", 0)
    assert creates(untold) == 2


def test_a_refused_connection_is_no_doubt(untold: RunningSandbox, settings: Settings, clock: Clock) -> None:
    settings.AML_BASE_URL = engine_steps.NOWHERE
    session = follow(order(), lambda session: session.troubles == 2)

    assert (session.state, session.reason, session.lost_answers) == (_S.REQUESTED, "connection_refused", 0)
    assert {attempt.outcome for attempt in session.attempts.all()} == {AttemptOutcome.REFUSED}

    settings.AML_BASE_URL = ""
    clock.jump(seconds=60)
    assert follow(session.case).state == _S.COMPLETE


def test_a_storm_of_429_is_no_doubt_and_sends_no_order_while_it_lasts(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, {"name": "http_429", "on": ["create"], "count": 1, "seconds": 600})
    cases = [order(), order(ANOTHER)]
    for case in cases * 2:
        advancing.advance(portal.session_of(case).pk)

    found = [portal.session_of(case) for case in cases]
    assert {(session.state, session.reason, session.lost_answers) for session in found} == {
        (_S.REQUESTED, "rate_limited", 0)
    }
    assert creates(untold) == 1
    assert [session.attempts.count() for session in found] == [1, 0]
    assert Verb.CREATE_SENT not in engine_steps.verbs_of(cases[1])
