"""An order whose answer was lost: found again by its knock, repeated as often as allowed, else left to a person."""

import threading
from typing import Any

import pytest
import requests
from django.db import connections
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AttemptOutcome, Case, DeliveryVerdict, SessionState, Verb, reasons
from cases.models.session import AmlSession
from cases.workflows import advancing, audit, leases, sessions
from tests import factories, portal
from tests.workflows import stage
from tests.workflows.stage import ANOTHER, NUMBER, Clock, follow, in_state, knock, named

_S = SessionState
LOST = {"name": "create_lost"}
ALWAYS_LOST = {"name": "create_lost", "count": None}


def order(number: str = NUMBER) -> Case:
    """Of one result alone: what is tested here is over before it comes."""
    return portal.order(number, reports=(), expands=("address",))


def creates(sandbox: RunningSandbox) -> int:
    return sandbox.stats()["creates"]["total"]


def doubtful(sandbox: RunningSandbox, *faults: dict[str, Any]) -> AmlSession:
    """A session whose order's answer was just lost."""
    portal.switch(sandbox, LOST, *faults)
    session = follow(order(), in_state(_S.DOUBTFUL))
    assert creates(sandbox) == 1
    return session


def given_up(sandbox: RunningSandbox, clock: Clock) -> AmlSession:
    """A session whose two orders were lost, and nobody knocked."""
    portal.switch(sandbox, ALWAYS_LOST)
    case = order()
    for _ in range(2):
        follow(case, in_state(_S.DOUBTFUL))
        clock.jump(seconds=40)
        stage.steps_until_quiet(portal.session_of(case))
    portal.switch(sandbox)
    session = portal.session_of(case)
    assert (session.state, session.reason) == (_S.UNKNOWN, reasons.CREATE_OUTCOME_UNKNOWN)
    return session


# --- Found again ---------------------------------------------------------------------------------------------


def test_a_session_whose_answer_was_lost_is_adopted_by_its_knock(
    webhooks: None, sandbox: RunningSandbox, settings: Settings
) -> None:
    settings.AML_CREATE_ADOPT_SECONDS = 20
    portal.switch(sandbox, LOST)

    session = portal.drive(portal.order(NUMBER))

    assert (session.state, session.doubts, creates(sandbox)) == (_S.COMPLETE, 1, 1)
    assert session.provider_id == stage.made_by(sandbox)[0]
    assert [attempt.outcome for attempt in session.attempts.all()] == [AttemptOutcome.ADOPTED]
    assert Verb.SESSION_ADOPTED in stage.told(session.case)
    assert list(audit.breaks()) == [None]


def test_every_answer_may_be_lost_as_long_as_somebody_knocks(
    webhooks: None, sandbox: RunningSandbox, settings: Settings
) -> None:
    settings.AML_CREATE_ADOPT_SECONDS, settings.AML_CREATE_RETRIES = 20, 0
    portal.switch(sandbox, ALWAYS_LOST)

    session = portal.drive(order())

    assert (session.state, creates(sandbox)) == (_S.COMPLETE, 1)


def test_an_answer_that_comes_after_the_lease_ran_out_still_counts(
    own_database: str, sandbox: RunningSandbox, settings: Settings
) -> None:
    settings.LEASE_SECONDS, settings.AML_WEBHOOKS, settings.PORTAL_URL = 0.2, True, stage.NOWHERE
    settings.AML_CREATE_ADOPT_SECONDS = 20
    portal.switch(sandbox, {"name": "slow", "on": ["create"], "seconds": 1.0})
    case = order()
    slow = threading.Thread(target=_advance_elsewhere, args=[portal.session_of(case).pk])
    slow.start()
    stage.wait_for(lambda: portal.session_of(case).state == _S.CREATING)

    session = follow(case, in_state(_S.DOUBTFUL))
    slow.join()
    session.refresh_from_db()

    assert (session.state, session.doubts, creates(sandbox)) == (_S.OPEN, 1, 1)
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
    assert (session.state, session.provider_id) == (_S.OPEN, stage.made_by(untold)[0])
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
    assert (session.doubts, session.retries, creates(sandbox)) == (2, 1, 2)
    assert {attempt.outcome for attempt in session.attempts.all()} == {AttemptOutcome.ABANDONED}


def test_a_person_may_order_again(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)

    sessions.order_again(session.pk, factories.kari())

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 3


def test_to_order_again_twice_sends_one_order(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)
    sessions.order_again(session.pk, factories.kari())

    with pytest.raises(sessions.NotPossible):
        sessions.order_again(session.pk, factories.maja())

    follow(session.case)
    assert creates(untold) == 3


def test_a_person_who_orders_again_gets_one_repetition_of_its_own(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = given_up(untold, clock)
    portal.switch(untold, LOST)
    sessions.order_again(session.pk, factories.kari())

    follow(session.case, in_state(_S.DOUBTFUL))
    clock.jump(seconds=40)

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 4


def test_a_person_may_close_it_and_order_anew(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)

    closed = sessions.close(session.pk, factories.kari())
    assert (closed.state, closed.reason) == (_S.FAILED, reasons.CLOSED_BY_PERSON)
    assert set(portal.entities(closed).values()) == {"FAILED closed_by_person"}
    assert not advancing.advance(session.pk)

    new = sessions.request(session.case, sessions.Wish(), factories.kari())
    assert (new.number, follow(session.case).state, creates(untold)) == (2, _S.COMPLETE, 3)


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

    assert (session.state, session.doubts, len(stage.made_by(untold))) == (_S.COMPLETE, 0, 1)
    assert Verb.CREATE_IN_DOUBT not in stage.told(session.case)


def test_access_that_is_refused_for_good_is_no_doubt(untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": "http_401", "on": ["create"], "count": None})

    session = follow(order())

    assert (session.state, session.reason, session.doubts) == (_S.FAILED, "unauthorized", 0)
    assert creates(untold) == 2


def test_a_refused_connection_is_no_doubt(untold: RunningSandbox, settings: Settings, clock: Clock) -> None:
    settings.AML_BASE_URL = stage.NOWHERE
    session = follow(order(), lambda session: session.troubles == 2)

    assert (session.state, session.reason, session.doubts) == (_S.REQUESTED, "connection_refused", 0)
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
    assert {(session.state, session.reason, session.doubts) for session in found} == {
        (_S.REQUESTED, "rate_limited", 0)
    }
    assert creates(untold) == 1
    assert [session.attempts.count() for session in found] == [1, 0]
    assert Verb.CREATE_SENT not in stage.told(cases[1])


# --- Knocks that are not to be believed ----------------------------------------------------------------------


def test_a_knock_about_another_organisation_is_never_adopted(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold)
    foreign = stage.made_for(untold, ANOTHER)
    delivery = knock(session.attempts.get(), named(foreign))
    follow(session.case, lambda _session: stage.verdict(delivery) != DeliveryVerdict.RANG)

    assert stage.verdict(delivery) == DeliveryVerdict.REJECTED
    assert stage.told(session.case).count(Verb.KNOCK_REJECTED) == 1
    stage.steps_until_quiet(session)
    session.refresh_from_db()
    assert (session.state, session.provider_id) == (_S.DOUBTFUL, "")

    clock.jump(seconds=40)
    session = follow(session.case)
    assert (session.state, creates(untold)) == (_S.COMPLETE, 2)
    assert session.provider_id != foreign


def test_a_rejected_knock_that_comes_again_asks_the_provider_nothing(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    first = knock(session.attempts.get(), named("no-such-session"))
    follow(session.case, lambda _session: stage.verdict(first) != DeliveryVerdict.RANG)
    stage.steps_until_quiet(session)
    asked = untold.stats()["requests"]["information"]

    again = knock(session.attempts.get(), named("no-such-session"))
    stage.steps_until_quiet(session)

    assert again.verdict == DeliveryVerdict.REJECTED
    assert untold.stats()["requests"]["information"] == asked


def test_a_knock_that_names_what_the_api_does_not_know_is_rejected(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    delivery = knock(session.attempts.get(), named("no-such-session"))

    stage.steps_until_quiet(session)

    assert stage.verdict(delivery) == DeliveryVerdict.REJECTED
    session.refresh_from_db()
    assert (session.state, session.provider_id) == (_S.DOUBTFUL, "")


def test_a_forged_knock_beside_the_true_one_keeps_nobody_from_adopting(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    for body in (named("no-such-session"), b"not JSON at all", named(stage.made_by(untold)[0]), b""):
        knock(session.attempts.get(), body)

    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, stage.made_by(untold)[0])
    assert creates(untold) == 1


@pytest.mark.parametrize("body", [b"not JSON at all", b"", {"status": "JsonDataReady"}])
def test_a_knock_that_names_no_session_ends_no_doubt_and_keeps_nobody_busy(
    body: Any, untold: RunningSandbox, clock: Clock
) -> None:
    session = doubtful(untold)
    stage.steps_until_quiet(session)
    knock(session.attempts.get(), body)

    assert stage.steps_until_quiet(session) <= 2
    clock.jump(seconds=40)
    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 2


def test_a_session_that_another_case_uses_is_never_adopted(untold: RunningSandbox, clock: Clock) -> None:
    used = follow(order())
    session = doubtful_beside(untold, used)
    delivery = knock(session.attempts.get(), named(used.provider_id))
    stage.steps_until_quiet(session)

    assert stage.verdict(delivery) == DeliveryVerdict.REJECTED
    clock.jump(seconds=40)
    session = follow(session.case)
    assert session.state == _S.COMPLETE
    assert session.provider_id != used.provider_id


def doubtful_beside(sandbox: RunningSandbox, _used: AmlSession) -> AmlSession:
    portal.switch(sandbox, LOST)
    return follow(order(), in_state(_S.DOUBTFUL))


def test_an_answer_that_names_a_session_of_another_case_is_not_used(
    untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = follow(order())
    life = untold.sandbox.api.life
    known = untold.sandbox.sessions.get(used.provider_id)
    monkeypatch.setattr(type(life), "begin", lambda *_: known)

    session = follow(order())

    assert (session.state, session.reason) == (_S.FAILED, "wrong_session")
    assert creates(untold) == 2


# --- What cannot be confirmed --------------------------------------------------------------------------------


def not_confirmed(sandbox: RunningSandbox) -> AmlSession:
    session = doubtful(sandbox, {"name": "failed", "seconds": 0})
    knock(session.attempts.get(), named(stage.made_by(sandbox)[0], "Failed"))
    session = follow(session.case)
    assert (session.state, session.reason) == (_S.UNKNOWN, reasons.CANNOT_CONFIRM)
    portal.switch(sandbox)
    return session


def test_a_session_that_cannot_be_confirmed_is_left_to_a_person(untold: RunningSandbox) -> None:
    session = not_confirmed(untold)

    assert session.provider_id == ""
    assert creates(untold) == 1


def test_a_result_that_is_gone_confirms_nothing(untold: RunningSandbox) -> None:
    session = doubtful(untold, {"name": "http_410", "on": ["json"]})
    knock(session.attempts.get(), named(stage.made_by(untold)[0]))

    session = follow(session.case)

    assert (session.state, session.reason, creates(untold)) == (_S.UNKNOWN, reasons.CANNOT_CONFIRM, 1)


def test_a_person_may_order_again_what_could_not_be_confirmed(untold: RunningSandbox) -> None:
    session = not_confirmed(untold)

    sessions.order_again(session.pk, factories.kari())

    session = follow(session.case)
    assert (session.state, creates(untold)) == (_S.COMPLETE, 2)
    assert session.provider_id == stage.made_by(untold)[1]


@pytest.mark.parametrize("body", [b"not JSON at all", {"status": "JsonDataReady"}, named("no-such-session")])
def test_no_knock_sends_an_order_that_a_person_was_asked_to_decide_about(
    body: Any, untold: RunningSandbox, clock: Clock
) -> None:
    session = not_confirmed(untold)

    knock(session.attempts.get(), body)
    clock.jump(seconds=40)

    assert follow(session.case).state == _S.UNKNOWN
    assert creates(untold) == 1


def test_a_provider_in_trouble_is_not_pressed_to_confirm(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold, {"name": "http_503", "on": ["information"], "count": None})
    knock(session.attempts.get(), named(stage.made_by(untold)[0]))

    assert stage.steps_until_quiet(session) <= 2
    session.refresh_from_db()
    assert (session.state, session.reason) == (_S.DOUBTFUL, "http_503")

    portal.switch(untold)
    clock.jump(seconds=60)
    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 1


def test_a_full_disk_while_confirming_loses_nothing(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = doubtful(untold)
    knock(session.attempts.get(), named(stage.made_by(untold)[0]))
    with monkeypatch.context() as patch:
        stage.fill_the_disk(patch)
        follow(session.case, lambda session: session.reason == reasons.STORAGE_FULL)
        clock.jump(seconds=60)
        for _ in range(6):
            stage.steps_until_quiet(session)
            clock.jump(seconds=60)

    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, stage.made_by(untold)[0])
    assert creates(untold) == 1


# --- Knocks that come late, and sessions nobody needs --------------------------------------------------------


def test_a_late_knock_wakes_what_was_left_to_a_person(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)

    knock(session.attempts.get(number=1), named(stage.made_by(untold)[0], "AllDone"))

    session = follow(session.case)
    assert (session.state, session.provider_id) == (_S.COMPLETE, stage.made_by(untold)[0])
    assert creates(untold) == 2


def test_a_knock_before_the_next_order_is_sent_saves_that_order(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold)
    clock.jump(seconds=40)
    advancing.advance(session.pk)
    session.refresh_from_db()
    assert session.state == _S.REQUESTED
    knock(session.attempts.get(), named(stage.made_by(untold)[0]))

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 1


def test_a_knock_during_quarantine_is_not_forgotten(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    AmlSession.objects.filter(pk=session.pk).update(claims=leases.MOST_CLAIMS)
    assert follow(session.case).state == _S.QUARANTINED
    knock(session.attempts.get(), named(stage.made_by(untold)[0]))
    session.refresh_from_db()
    assert session.state == _S.QUARANTINED

    sessions.resume(session.pk, factories.kari())

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 1


def test_a_second_session_is_told_of_once(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold)
    clock.jump(seconds=40)
    session = follow(session.case)
    first, second = stage.made_by(untold)
    assert (session.state, session.provider_id) == (_S.COMPLETE, second)

    for word in ("JsonDataReady", "ReportReady", "AllDone"):
        delivery = knock(session.attempts.get(number=1), named(first, word))
        assert delivery.verdict == DeliveryVerdict.DUPLICATE_SESSION

    assert stage.details(session.case, Verb.SESSION_DUPLICATED)[0]["attempt"] == 1
    assert stage.told(session.case).count(Verb.SESSION_DUPLICATED) == 1
    session.refresh_from_db()
    assert session.provider_id == second


def test_a_second_session_that_knocked_before_the_answer_is_told_of(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = doubtful(untold)
    clock.jump(seconds=40)
    first = stage.made_by(untold)[0]
    ask = advancing.provider.client().create_session

    def knocked_meanwhile(order: Any) -> Any:
        knock(session.attempts.get(number=1), named(first))
        return ask(order)

    monkeypatch.setattr(advancing.provider.client(), "create_session", knocked_meanwhile)
    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, stage.made_by(untold)[1])
    assert stage.told(session.case).count(Verb.SESSION_DUPLICATED) == 1
    assert session.attempts.get(number=1).deliveries.get().verdict == DeliveryVerdict.DUPLICATE_SESSION


# --- Under which scopes --------------------------------------------------------------------------------------


def test_a_session_holds_the_scopes_it_was_ordered_under(untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": "fewer_scopes"})

    session = follow(order())

    assert session.granted_scopes == ["aml_organization/basic"]


def test_scopes_that_were_lost_with_the_token_just_before_the_order_are_not_claimed(
    untold: RunningSandbox,
) -> None:
    follow(order())  # a token with every scope is in our hands
    portal.switch(untold, {"name": "fewer_scopes"})
    requests.delete(f"{untold.url}/sandbox/tokens", timeout=5)

    session = follow(order())

    assert (session.state, session.granted_scopes) == (_S.COMPLETE, ["aml_organization/basic"])
