"""An ended session whose results never came is looked at again by a late webhook or a person. Nothing is ordered."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, Artefact, ArtefactState, DeliveryVerdict, Hit, SessionState, reasons
from cases.workflows.capture import advancing, reopening
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.ordering import session_requests
from cases.workflows.ordering.session_requests import NotPossible, ResultRequest
from cases.workflows.results import rederive
from tests import chains, factories, judging, portal
from tests.workflows import engine_steps, lost_orders
from tests.workflows.engine_steps import NUMBER, Clock, deliver, follow, in_state, named

_S, _V = SessionState, DeliveryVerdict
NEVER = {"name": "never_ready", "on": ["json", "report"], "count": None}


@pytest.fixture
def given_up(untold: RunningSandbox, clock: Clock, settings: Settings) -> AmlSession:
    """A session whose results were waited for in vain, and that the provider still has."""
    settings.AML_PATIENCE_SECONDS = 600
    portal.switch(untold, NEVER)
    session = _in_vain(portal.order(NUMBER, reports=("aml",), expands=("sanction",)), clock)
    settings.AML_PATIENCE_SECONDS = 72 * 3600
    clock.jump(days=1)
    return session


def _in_vain(case: Any, clock: Clock) -> AmlSession:
    session = follow(case, in_state(_S.OPEN))
    for _minute in range(12):
        clock.jump(seconds=61)
        advancing.advance(session.pk)
    session.refresh_from_db()
    assert (session.state, session.reason) == (_S.FAILED, reasons.NEVER_READY)
    return session


def becomes_ready(sandbox: RunningSandbox, session: AmlSession) -> None:
    portal.switch(sandbox)
    made = sandbox.sandbox.sessions.get(session.provider_id)
    assert made is not None
    for entity in made.entities.values():
        sandbox.sandbox.api.lifecycle._due(made, entity)


def orders(sandbox: RunningSandbox) -> int:
    return int(sandbox.stats()["creates"]["total"])


# --- A late webhook --------------------------------------------------------------------------------------------


def test_a_webhook_after_the_end_has_what_was_paid_for_fetched(
    given_up: AmlSession, untold: RunningSandbox
) -> None:
    becomes_ready(untold, given_up)

    delivery = deliver(given_up.attempts.get(), named(given_up.provider_id))

    assert delivery.verdict == _V.WOKE
    given_up.refresh_from_db()
    assert (given_up.state, given_up.ended_at, given_up.reopenings) == (_S.OPEN, None, 1)
    session = follow(given_up.case)
    assert (session.state, set(portal.entities(session).values())) == (_S.COMPLETE, {"CAPTURED"})
    assert orders(untold) == 1
    assert engine_steps.verbs_of(session.case).count("SESSION_RESUMED") == 1
    assert engine_steps.details(session.case, "SESSION_RESUMED")[0]["reason"] == reasons.WEBHOOK_CAME_LATE
    assert list(chains.breaks()) == [None]


def test_what_is_found_then_is_told_to_be_there_from_now_and_not_from_days_ago(
    given_up: AmlSession, untold: RunningSandbox
) -> None:
    becomes_ready(untold, given_up)
    portal.switch(untold, {"name": "http_503", "on": ["json"], "count": None})
    deliver(given_up.attempts.get(), named(given_up.provider_id))
    assert advancing.advance(given_up.pk)

    json = given_up.artefacts.get(kind="json")
    assert json.state == ArtefactState.READY
    assert json.expires_at is not None
    assert abs(json.expires_at - timezone.now() - datetime.timedelta(hours=2)) < datetime.timedelta(minutes=1)


def test_a_look_in_vain_ends_it_again_within_minutes(given_up: AmlSession, clock: Clock) -> None:
    deliver(given_up.attempts.get(), named(given_up.provider_id))
    reopened = timezone.now()
    steps = 0
    while True:
        steps += engine_steps.steps_until_quiet(given_up, most=40)
        given_up.refresh_from_db()
        if not given_up.is_active:
            break
        clock.jump(seconds=15)
    assert (given_up.state, given_up.reason) == (_S.FAILED, reasons.NEVER_READY)
    assert timezone.now() - reopened < datetime.timedelta(minutes=12)
    assert steps < 60


def test_the_same_webhook_again_and_again_is_no_work(
    given_up: AmlSession, clock: Clock, untold: RunningSandbox, settings: Settings
) -> None:
    settings.AML_POLL_SECONDS = 60
    attempt = given_up.attempts.get()
    polls = untold.stats()["requests"]["information"]
    verdicts = []
    for _time in range(3 * reopening.MOST_BY_WEBHOOKS):
        verdicts.append(deliver(attempt, named(given_up.provider_id)).verdict)
        while advancing.advance(given_up.pk):
            clock.jump(seconds=75)
        clock.jump(hours=1)
        while advancing.advance(given_up.pk):
            clock.jump(seconds=75)
    given_up.refresh_from_db()

    assert (
        verdicts == [_V.WOKE] * reopening.MOST_BY_WEBHOOKS + [_V.NOT_NEEDED] * 2 * reopening.MOST_BY_WEBHOOKS
    )
    assert given_up.state == _S.FAILED
    assert untold.stats()["requests"]["information"] - polls <= reopening.MOST_BY_WEBHOOKS * 14
    assert orders(untold) == 1


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (named("another-session"), _V.REJECTED),
        (b"not JSON", _V.NOT_NEEDED),
        ({}, _V.NOT_NEEDED),
        ({"status": "AllDone"}, _V.WOKE),
        ({"status": "SomethingNew"}, _V.WOKE),
    ],
)
def test_only_a_webhook_that_may_be_about_it_reopens_it(
    body: Any, verdict: str, given_up: AmlSession
) -> None:
    assert deliver(given_up.attempts.get(), body).verdict == verdict

    given_up.refresh_from_db()
    assert given_up.is_active == (verdict == _V.WOKE)


def ended_at_the_provider(state: str = _S.FAILED, **fields: Any) -> AmlSession:
    with transaction.atomic():
        session = factories.session(state=state, **{"provider_id": "s-1", **fields})
        factories.attempt(session)
    return session


@pytest.mark.django_db
def test_what_came_what_was_never_made_and_what_a_person_closed_is_left_alone() -> None:
    three = ("json", "aml", "certificate_of_registration")
    closed = ended_at_the_provider(reason=reasons.CLOSED_BY_PERSON)
    Artefact.objects.filter(session=closed).update(reason=reasons.NEVER_READY)
    withdrawn = ended_at_the_provider(provider_id="s-2")
    Artefact.objects.filter(session=withdrawn).update(reason=reasons.NEVER_READY)
    withdrawn.case.withdraw("A test", timezone.now())
    withdrawn.case.save()
    confirmed = ended_at_the_provider(provider_id="s-3")  # the provider itself says that it failed
    gone = ended_at_the_provider(provider_id="s-4", results=dict.fromkeys(three, ArtefactState.EXPIRED))
    complete = ended_at_the_provider(_S.COMPLETE, provider_id="s-5")
    never_made = ended_at_the_provider(provider_id="")

    for session in (closed, withdrawn, confirmed, gone, complete, never_made):
        attempt = session.attempts.get()
        verdict = deliver(
            attempt, named(session.provider_id) if session.provider_id else {"status": "AllDone"}
        )
        assert (session.provider_id, verdict.verdict) == (session.provider_id, _V.NOT_NEEDED)
        before = session.state
        session.refresh_from_db()
        assert session.state == before


@pytest.mark.django_db
def test_a_webhook_after_the_decision_has_what_was_paid_for_fetched_all_the_same() -> None:
    session = ended_at_the_provider()
    Artefact.objects.filter(session=session).update(reason=reasons.NEVER_READY)
    judging.decided(session.case)
    assert deliver(session.attempts.get(), named(session.provider_id)).verdict == _V.WOKE
    session.refresh_from_db()
    assert (session.state, session.case.is_closed) == (_S.OPEN, True)


# --- A person looks again ------------------------------------------------------------------------------------


def test_a_person_looks_again_and_it_is_told_who(given_up: AmlSession, untold: RunningSandbox) -> None:
    becomes_ready(untold, given_up)

    session_requests.poll_again(given_up.pk, factories.kari())

    with pytest.raises(NotPossible):  # pressed twice
        session_requests.poll_again(given_up.pk, factories.kari())
    session = follow(given_up.case)
    assert session.state == _S.COMPLETE
    assert orders(untold) == 1
    assert [detail["actor"] for detail in engine_steps.details(session.case, "SESSION_RESUMED")] == [
        "Kari Nordmann"
    ]
    with pytest.raises(NotPossible):
        session_requests.poll_again(given_up.pk, factories.kari())


def test_a_person_may_look_again_however_often_webhooks_did(given_up: AmlSession) -> None:
    AmlSession.objects.update(reopenings=reopening.MOST_BY_WEBHOOKS)
    assert deliver(given_up.attempts.get(), named(given_up.provider_id)).verdict == _V.NOT_NEEDED

    session_requests.poll_again(given_up.pk, factories.kari())

    given_up.refresh_from_db()
    assert (given_up.state, given_up.reopenings) == (_S.OPEN, 0)


@pytest.mark.django_db
def test_a_person_can_look_for_whatever_failed_at_the_provider_and_for_nothing_else() -> None:
    partial = ended_at_the_provider(_S.PARTIAL)  # one captured, one failed, one expired
    session_requests.poll_again(partial.pk, factories.kari())
    assert set(partial.artefacts.values_list("state", flat=True)) == {"CAPTURED", "ASKED", "EXPIRED"}

    for impossible in (
        ended_at_the_provider(provider_id=""),
        ended_at_the_provider(_S.COMPLETE, provider_id="s-2"),
        factories.session(state=_S.OPEN),
        factories.session(state=_S.UNKNOWN),
    ):
        with pytest.raises(NotPossible):
            session_requests.poll_again(impossible.pk, factories.kari())
    withdrawn = ended_at_the_provider(provider_id="s-3")
    withdrawn.case.withdraw("A test", timezone.now())
    withdrawn.case.save()
    with pytest.raises(CaseIsClosed):
        session_requests.poll_again(withdrawn.pk, factories.kari())


def test_a_session_lost_for_want_of_our_store_is_fetched_once_there_is_room(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        engine_steps.fill_the_disk(patch)
        session = follow(portal.order(NUMBER, reports=(), expands=("address",)), in_state(_S.OPEN))
        while session.is_active:
            clock.jump(minutes=5)
            advancing.advance(session.pk)
            session.refresh_from_db()
    assert session.reason == reasons.NOT_STORED

    session_requests.poll_again(session.pk, factories.kari())

    assert follow(session.case).state == _S.COMPLETE


# --- Beside a newer capture ----------------------------------------------------------------------------------


def test_the_old_one_is_looked_at_beside_a_newer_capture_and_takes_nothing_from_it(
    given_up: AmlSession, untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold)
    case = given_up.case
    newer = session_requests.request(case, ResultRequest(reports=(), expands=("sanction",)), None)
    assert follow(case, in_state(_S.OPEN)).pk == newer.pk
    becomes_ready(untold, given_up)
    deliver(given_up.attempts.get(), named(given_up.provider_id))  # while the newer one is under way
    assert follow(case).state == _S.COMPLETE
    case.refresh_from_db()
    result_at, hits = case.result_at, list(Hit.objects.values_list("fingerprint", "last_seen"))
    assert hits

    while advancing.advance(given_up.pk):
        clock.jump(seconds=60)

    given_up.refresh_from_db()
    case.refresh_from_db()
    assert given_up.state == _S.COMPLETE
    assert case.result_at == result_at
    assert list(Hit.objects.values_list("fingerprint", "last_seen")) == hits
    assert not any(detail.is_changed for detail in rederive.reread())
    assert orders(untold) == 2


def test_while_an_old_one_is_looked_at_a_new_capture_can_be_ordered_and_beside_the_newest_none(
    given_up: AmlSession, untold: RunningSandbox
) -> None:
    case = given_up.case
    session_requests.poll_again(given_up.pk, factories.kari())
    assert (
        session_requests.request(case, ResultRequest(), None).pk == given_up.pk
    )  # what comes of it may be enough

    AmlSession.objects.filter(pk=given_up.pk).update(
        state=_S.FAILED, reason=reasons.NEVER_READY, ended_at=timezone.now(), next_step_at=None
    )
    second = session_requests.request(case, ResultRequest(), None)
    assert second.number == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        AmlSession.objects.create(
            case=case,
            number=3,
            requested_at=timezone.now(),
            give_up_at=timezone.now(),
            next_step_at=timezone.now(),
        )


def test_an_order_without_a_known_session_is_not_reopened_by_a_webhook_that_names_one(
    untold: RunningSandbox, clock: Clock
) -> None:
    session = lost_orders.given_up(untold, clock)
    session_requests.close(session.pk, factories.kari())

    delivery = deliver(session.attempts.latest("pk"), named(engine_steps.made_by(untold)[-1]))

    session.refresh_from_db()
    assert (delivery.verdict, session.state) == (_V.DUPLICATE_SESSION, _S.FAILED)
