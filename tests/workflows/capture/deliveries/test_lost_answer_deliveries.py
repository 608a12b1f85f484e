"""Webhooks for an order whose answer was lost: which are believed, once the API confirms them, and which never."""

from typing import Any

import pytest

from amlportal.sandbox.server import RunningSandbox
from cases.models import DeliveryVerdict, SessionState, Verb, reasons
from cases.models.capture.session import AmlSession
from cases.workflows.capture import advancing
from cases.workflows.locks import leases
from cases.workflows.ordering import session_requests
from tests import factories, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import ANOTHER, NUMBER, Clock, deliver, follow, in_state, named
from tests.workflows.lost_orders import LOST, creates, doubtful, given_up, order

_S = SessionState


# --- Webhooks that are not to be believed ----------------------------------------------------------------------


def test_a_webhook_about_another_organisation_is_never_adopted(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold)
    foreign = engine_steps.made_for(untold, ANOTHER)
    delivery = deliver(session.attempts.get(), named(foreign))
    follow(session.case, lambda _session: engine_steps.verdict(delivery) != DeliveryVerdict.WOKE)

    assert engine_steps.verdict(delivery) == DeliveryVerdict.REJECTED
    assert engine_steps.verbs_of(session.case).count(Verb.WEBHOOK_REJECTED) == 1
    engine_steps.steps_until_quiet(session)
    session.refresh_from_db()
    assert (session.state, session.provider_id) == (_S.DOUBTFUL, "")

    clock.jump(seconds=40)
    session = follow(session.case)
    assert (session.state, creates(untold)) == (_S.COMPLETE, 2)
    assert session.provider_id != foreign


def test_a_rejected_webhook_that_comes_again_asks_the_provider_nothing(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    first = deliver(session.attempts.get(), named("no-such-session"))
    follow(session.case, lambda _session: engine_steps.verdict(first) != DeliveryVerdict.WOKE)
    engine_steps.steps_until_quiet(session)
    requests = untold.stats()["requests"]["information"]

    again = deliver(session.attempts.get(), named("no-such-session"))
    engine_steps.steps_until_quiet(session)

    assert again.verdict == DeliveryVerdict.REJECTED
    assert untold.stats()["requests"]["information"] == requests


def test_a_webhook_that_names_what_the_api_does_not_know_is_rejected(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    delivery = deliver(session.attempts.get(), named("no-such-session"))

    engine_steps.steps_until_quiet(session)

    assert engine_steps.verdict(delivery) == DeliveryVerdict.REJECTED
    session.refresh_from_db()
    assert (session.state, session.provider_id) == (_S.DOUBTFUL, "")


def test_a_forged_webhook_beside_the_true_one_keeps_nobody_from_adopting(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    for body in (named("no-such-session"), b"not JSON at all", named(engine_steps.made_by(untold)[0]), b""):
        deliver(session.attempts.get(), body)

    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, engine_steps.made_by(untold)[0])
    assert creates(untold) == 1


@pytest.mark.parametrize("body", [b"not JSON at all", b"", {"status": "JsonDataReady"}])
def test_a_webhook_that_names_no_session_ends_no_doubt_and_keeps_nobody_busy(
    body: Any, untold: RunningSandbox, clock: Clock
) -> None:
    session = doubtful(untold)
    engine_steps.steps_until_quiet(session)
    deliver(session.attempts.get(), body)

    assert engine_steps.steps_until_quiet(session) <= 2
    clock.jump(seconds=40)
    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 2


def test_a_session_that_another_case_uses_is_never_adopted(untold: RunningSandbox, clock: Clock) -> None:
    used = follow(order())
    portal.switch(untold, LOST)
    session = follow(order(), in_state(_S.DOUBTFUL))
    delivery = deliver(session.attempts.get(), named(used.provider_id))
    engine_steps.steps_until_quiet(session)

    assert engine_steps.verdict(delivery) == DeliveryVerdict.REJECTED
    clock.jump(seconds=40)
    session = follow(session.case)
    assert session.state == _S.COMPLETE
    assert session.provider_id != used.provider_id


def test_an_answer_that_names_a_session_of_another_case_is_not_used(
    untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = follow(order())
    life = untold.sandbox.api.lifecycle
    known = untold.sandbox.sessions.get(used.provider_id)
    monkeypatch.setattr(type(life), "begin", lambda *_: known)

    session = follow(order())

    assert (session.state, session.reason) == (_S.FAILED, "wrong_session")
    assert creates(untold) == 2


# --- What cannot be confirmed --------------------------------------------------------------------------------


def not_confirmed(sandbox: RunningSandbox) -> AmlSession:
    session = doubtful(sandbox, {"name": "failed", "seconds": 0})
    deliver(session.attempts.get(), named(engine_steps.made_by(sandbox)[0], "Failed"))
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
    deliver(session.attempts.get(), named(engine_steps.made_by(untold)[0]))

    session = follow(session.case)

    assert (session.state, session.reason, creates(untold)) == (_S.UNKNOWN, reasons.CANNOT_CONFIRM, 1)


def test_a_session_that_cannot_be_confirmed_stands_in_the_way_of_no_other(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    (ours,) = engine_steps.made_by(untold)
    portal.switch(untold, {"name": "failed", "seconds": 0})
    hopeless = engine_steps.made_for(untold, NUMBER)
    entities = untold.sandbox.sessions.get(hopeless).entities
    engine_steps.wait_for(lambda: all(entity.failed for entity in entities.values()))
    for name in (hopeless, ours):
        deliver(session.attempts.get(), named(name))

    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, ours)


def test_a_person_may_order_again_what_could_not_be_confirmed(untold: RunningSandbox) -> None:
    session = not_confirmed(untold)

    session_requests.order_again(session.pk, factories.kari(), "asked them")

    session = follow(session.case)
    assert (session.state, creates(untold)) == (_S.COMPLETE, 2)
    assert session.provider_id == engine_steps.made_by(untold)[1]


@pytest.mark.parametrize("body", [b"not JSON at all", {"status": "JsonDataReady"}, named("no-such-session")])
def test_no_webhook_sends_an_order_that_a_person_was_asked_to_decide_about(
    body: Any, untold: RunningSandbox, clock: Clock
) -> None:
    session = not_confirmed(untold)

    deliver(session.attempts.get(), body)
    clock.jump(seconds=40)

    assert follow(session.case).state == _S.UNKNOWN
    assert creates(untold) == 1


def test_a_provider_in_trouble_is_not_pressed_to_confirm(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold, {"name": "http_503", "on": ["information"], "count": None})
    deliver(session.attempts.get(), named(engine_steps.made_by(untold)[0]))

    assert engine_steps.steps_until_quiet(session) <= 2
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
    deliver(session.attempts.get(), named(engine_steps.made_by(untold)[0]))
    with monkeypatch.context() as patch:
        engine_steps.fill_the_disk(patch)
        follow(session.case, lambda session: session.reason == reasons.STORAGE_FULL)
        clock.jump(seconds=60)
        for _ in range(6):
            engine_steps.steps_until_quiet(session)
            clock.jump(seconds=60)

    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, engine_steps.made_by(untold)[0])
    assert creates(untold) == 1


# --- Webhooks that come late, and sessions nobody needs --------------------------------------------------------


def test_a_late_webhook_wakes_what_was_left_to_a_person(untold: RunningSandbox, clock: Clock) -> None:
    session = given_up(untold, clock)

    deliver(session.attempts.get(number=1), named(engine_steps.made_by(untold)[0], "AllDone"))

    session = follow(session.case)
    assert (session.state, session.provider_id) == (_S.COMPLETE, engine_steps.made_by(untold)[0])
    assert creates(untold) == 2


def test_a_webhook_before_the_next_order_is_sent_saves_that_order(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = doubtful(untold)
    clock.jump(seconds=40)
    advancing.advance(session.pk)
    session.refresh_from_db()
    assert session.state == _S.REQUESTED
    deliver(session.attempts.get(), named(engine_steps.made_by(untold)[0]))

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 1


def test_a_webhook_during_quarantine_is_not_forgotten(untold: RunningSandbox) -> None:
    session = doubtful(untold)
    AmlSession.objects.filter(pk=session.pk).update(claims=leases.MOST_CLAIMS)
    assert follow(session.case).state == _S.QUARANTINED
    deliver(session.attempts.get(), named(engine_steps.made_by(untold)[0]))
    session.refresh_from_db()
    assert session.state == _S.QUARANTINED

    session_requests.resume(session.pk, factories.kari())

    assert follow(session.case).state == _S.COMPLETE
    assert creates(untold) == 1


def test_a_second_session_is_told_of_once(untold: RunningSandbox, clock: Clock) -> None:
    session = doubtful(untold)
    clock.jump(seconds=40)
    session = follow(session.case)
    first, second = engine_steps.made_by(untold)
    assert (session.state, session.provider_id) == (_S.COMPLETE, second)

    for word in ("JsonDataReady", "ReportReady", "AllDone"):
        delivery = deliver(session.attempts.get(number=1), named(first, word))
        assert delivery.verdict == DeliveryVerdict.DUPLICATE_SESSION

    assert engine_steps.details(session.case, Verb.SESSION_DUPLICATED)[0]["attempt"] == 1
    assert engine_steps.verbs_of(session.case).count(Verb.SESSION_DUPLICATED) == 1
    session.refresh_from_db()
    assert session.provider_id == second


def test_a_second_session_that_a_late_answer_and_then_webhooks_name_is_told_of_once(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = advancing.provider.client()
    case, send = order(), client.create_session

    def answered_after_the_next(sent: Any) -> Any:
        monkeypatch.setattr(client, "create_session", send)
        created = send(sent)
        clock.jump(minutes=5)
        follow(case, in_state(_S.DOUBTFUL))
        clock.jump(seconds=40)
        follow(case, in_state(_S.OPEN))
        return created

    monkeypatch.setattr(client, "create_session", answered_after_the_next)
    advancing.advance(portal.session_of(case).pk)
    first, second = engine_steps.made_by(untold)
    session = portal.session_of(case)
    assert session.provider_id == second
    assert engine_steps.verbs_of(case).count(Verb.SESSION_DUPLICATED) == 1

    for word in ("JsonDataReady", "AllDone"):
        delivery = deliver(session.attempts.get(number=1), named(first, word))
        assert delivery.verdict == DeliveryVerdict.DUPLICATE_SESSION
    assert engine_steps.verbs_of(case).count(Verb.SESSION_DUPLICATED) == 1


def test_a_second_session_whose_webhook_came_before_the_answer_is_told_of(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = doubtful(untold)
    clock.jump(seconds=40)
    first = engine_steps.made_by(untold)[0]
    ask = advancing.provider.client().create_session

    def webhook_came_meanwhile(order: Any) -> Any:
        deliver(session.attempts.get(number=1), named(first))
        return ask(order)

    monkeypatch.setattr(advancing.provider.client(), "create_session", webhook_came_meanwhile)
    session = follow(session.case)

    assert (session.state, session.provider_id) == (_S.COMPLETE, engine_steps.made_by(untold)[1])
    assert engine_steps.verbs_of(session.case).count(Verb.SESSION_DUPLICATED) == 1
    assert session.attempts.get(number=1).deliveries.get().verdict == DeliveryVerdict.DUPLICATE_SESSION
