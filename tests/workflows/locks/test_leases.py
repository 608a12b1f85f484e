"""Who may work on a session: one at a time, for a while, and never again and again in vain."""

import datetime
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, connections, transaction
from django.utils import timezone
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, SessionState, Verb, reasons
from cases.workflows.capture import advancing, fetch, poll
from cases.workflows.locks import leases
from cases.workflows.ordering import session_requests
from cases.workflows.results import parsed_result
from tests import chains, factories, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, follow, in_state

_S = SessionState


def waiting(**fields: Any) -> AmlSession:
    """A session that waits for its results and is due."""
    with transaction.atomic():
        return factories.session(state=_S.OPEN, **fields)


def now_of(session: AmlSession) -> AmlSession:
    return AmlSession.objects.get(pk=session.pk)


# --- One at a time -------------------------------------------------------------------------------------------


def test_of_many_who_claim_at_once_one_wins(own_database: str) -> None:
    session, workers, rounds = waiting(), 6, 15
    together = threading.Barrier(workers)
    won: list[tuple[int, leases.Lease]] = []

    def claim() -> None:
        try:
            for round_ in range(rounds):
                together.wait(30)
                lease = leases.claim_session(session.pk)
                if lease:
                    won.append((round_, lease))
                together.wait(30)
                if lease:
                    AmlSession.objects.filter(pk=session.pk).update(lease="", claims=0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as threads:
        for done in [threads.submit(claim) for _ in range(workers)]:
            done.result()

    assert [round_ for round_, _lease in won] == list(range(rounds))
    assert len({lease.token for _round, lease in won}) == rounds


@pytest.mark.django_db
def test_a_session_that_is_not_due_is_nobodys(clock: Clock) -> None:
    session = waiting(next_step_at=timezone.now() + datetime.timedelta(seconds=30))

    assert leases.claim_session(session.pk) is None
    clock.jump(seconds=31)
    assert leases.claim_session(session.pk) is not None


@pytest.mark.django_db
@pytest.mark.parametrize("state", [_S.COMPLETE, _S.PARTIAL, _S.FAILED, _S.UNKNOWN, _S.QUARANTINED])
def test_nobody_works_on_a_session_that_rests(state: str) -> None:
    assert leases.claim_session(factories.session(state=state).pk) is None


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_over(clock: Clock, settings: Settings) -> None:
    session = waiting()
    first = leases.claim_session(session.pk)
    clock.jump(seconds=leases.unheard_seconds() - 1)
    assert leases.claim_session(session.pk) is None
    clock.jump(seconds=2)

    second = leases.claim_session(session.pk)

    assert first
    assert second
    assert now_of(session).lease == second.token
    with pytest.raises(leases.LeaseLost):
        first.renew()


@pytest.mark.django_db
def test_a_lease_that_is_renewed_is_kept(clock: Clock, settings: Settings) -> None:
    session = waiting()
    lease = leases.claim_session(session.pk)
    assert lease
    for _ in range(3):
        clock.jump(seconds=leases.unheard_seconds() - 1)
        lease.renew()

    assert leases.claim_session(session.pk) is None


@pytest.mark.django_db
def test_what_comes_after_the_lease_was_lost_is_dropped(clock: Clock, settings: Settings) -> None:
    session = waiting()
    late = leases.claim_session(session.pk)
    clock.jump(seconds=settings.LEASE_SECONDS + 1)
    leases.claim_session(session.pk)
    assert late

    with pytest.raises(leases.LeaseLost):
        _fail(late)

    assert now_of(session).state == _S.OPEN


def _fail(lease: leases.Lease) -> None:
    with leases.locked_session(lease) as locked_row:
        locked_row.mark_failed(reasons.NEVER_READY, "", timezone.now())
        locked_row.save()


def test_a_download_that_ends_after_the_takeover_is_captured_by_the_successor_alone(
    untold: RunningSandbox, clock: Clock, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = portal.order(NUMBER, reports=(), expands=("address",))
    download, slept = fetch.download, []

    def asleep(*call: Any) -> Any:
        fetched = download(*call)
        if not slept:
            slept.append(True)
            clock.jump(seconds=settings.LEASE_SECONDS + 1)
            assert advancing.advance(portal.session_of(case).pk)
        return fetched

    monkeypatch.setattr(fetch, "download", asleep)
    session = follow(case)

    assert (slept, session.state) == ([True], _S.COMPLETE)
    assert engine_steps.verbs_of(case).count(Verb.ARTEFACT_CAPTURED) == 1
    assert list(chains.breaks()) == [None]


# --- Never again and again in vain ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_session_whose_workers_keep_dying_is_stopped_and_can_be_set_going_again(
    clock: Clock, settings: Settings
) -> None:
    session = waiting()
    for _death in range(leases.MOST_CLAIMS):
        assert leases.claim_session(session.pk)
        clock.jump(seconds=settings.LEASE_SECONDS + 1)
    assert advancing.advance(session.pk)

    stopped = now_of(session)
    assert (stopped.state, stopped.reason) == (_S.QUARANTINED, reasons.TOO_MANY_DEATHS)
    assert (stopped.lease, stopped.claims) == ("", 0)
    assert engine_steps.verbs_of(session.case)[-1] == Verb.SESSION_QUARANTINED
    assert not advancing.advance(session.pk)

    session_requests.resume(session.pk, factories.kari())
    assert now_of(session).state == _S.OPEN
    assert leases.claim_session(session.pk)
    assert list(chains.breaks()) == [None]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [_S.COMPLETE, _S.FAILED, _S.UNKNOWN, _S.OPEN, _S.REQUESTED])
def test_only_what_was_stopped_can_be_set_going_again(state: str) -> None:
    with pytest.raises(session_requests.NotPossible):
        session_requests.resume(factories.session(state=state).pk, factories.kari())


def test_a_step_that_ends_as_it_should_forgets_the_deaths_before_it(
    untold: RunningSandbox, clock: Clock
) -> None:
    portal.switch(untold, {"name": "never_ready"})
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    AmlSession.objects.filter(pk=session.pk).update(claims=leases.MOST_CLAIMS - 1)
    clock.jump(seconds=60)

    assert advancing.advance(session.pk)

    assert now_of(session).claims == 0


SECRET = "Kari Nordmann, 01019012345"


def something_unforeseen(*_: Any) -> None:
    raise LookupError(SECRET)


def test_an_unforeseen_exception_is_tried_again_later_and_says_only_where(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    with monkeypatch.context() as patch:
        patch.setattr(poll, "_note", something_unforeseen)
        clock.jump(seconds=60)
        assert advancing.advance(session.pk)

    held_up = now_of(session)
    assert (held_up.state, held_up.reason, held_up.lease) == (_S.OPEN, reasons.INTERNAL, "")
    assert not advancing.advance(session.pk)
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in errors] == [
        f"session {session.pk}: LookupError at test_leases.py:{something_unforeseen.__code__.co_firstlineno + 1}"
    ]
    assert errors[0].exc_info is None
    assert SECRET not in caplog.text
    clock.jump(seconds=60)
    assert follow(session.case).state == _S.COMPLETE


def test_what_keeps_going_wrong_unforeseen_is_stopped(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    with monkeypatch.context() as patch:
        patch.setattr(poll, "_note", something_unforeseen)
        for _ in range(leases.MOST_CLAIMS + 1):
            clock.jump(seconds=60)
            assert advancing.advance(session.pk)
    assert now_of(session).state == _S.QUARANTINED

    session_requests.resume(session.pk, factories.kari())

    assert follow(session.case).state == _S.COMPLETE


@pytest.mark.parametrize("trouble", [DatabaseError, InterfaceError])
def test_a_database_that_fails_once_loses_nothing(
    trouble: type[Exception],
    untold: RunningSandbox,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    def gone(*_: Any) -> None:
        raise trouble(SECRET)

    session = follow(portal.order(NUMBER), in_state(_S.OPEN))
    with monkeypatch.context() as patch:
        patch.setattr(poll, "_note", gone)
        clock.jump(seconds=60)
        assert advancing.advance(session.pk)
    assert now_of(session).lease

    clock.jump(seconds=settings.LEASE_SECONDS + 1)
    assert follow(session.case).state == _S.COMPLETE


def test_a_result_that_nobody_can_read_is_kept_whatever_the_reader_met(
    untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(parsed_result, "parse_bytes", something_unforeseen)

    session = follow(portal.order(NUMBER))

    json = session.artefacts.get(kind="json")
    assert (session.state, json.state, json.unreadable) == (_S.COMPLETE, "CAPTURED", reasons.NOT_READ)
    assert SECRET not in caplog.text
    assert "LookupError at test_leases.py" in caplog.text


@pytest.mark.django_db
def test_many_are_claimed_at_once_but_for_those_that_somebody_is_at(clock: Clock) -> None:
    """Each of them is a lease of its own: one is let go, and the others are held on."""
    sessions = [factories.session(state=_S.OPEN) for _ in range(6)]
    taken, later, *free = [session.pk for session in sessions]
    assert leases.claim_session(taken)
    AmlSession.objects.filter(pk=later).update(next_step_at=timezone.now() + datetime.timedelta(minutes=1))
    AmlSession.objects.filter(pk__in=free).update(wake_requested=True)
    claimed = leases.claim_sessions([free[3], taken, *free[:3], later])
    assert [lease.pk for lease in claimed] == [free[3], *free[:3]]
    rows = AmlSession.objects.filter(pk__in=free)
    assert set(rows.values_list("lease", "claims", "wake_requested")) == {(claimed[0].token, 1, False)}
    leases.free(claimed[0], timezone.now())
    assert set(AmlSession.objects.exclude(lease="").values_list("pk", flat=True)) == {taken, *free[:3]}
    assert leases.claim_sessions([taken, *free[:3]]) == []


def test_two_who_claim_the_same_many_share_them_and_never_wait_for_each_other(own_database: str) -> None:
    pks, together = [waiting().pk for _ in range(8)], threading.Barrier(4)

    def claim(wanted: list[int]) -> list[int]:
        try:
            together.wait(30)
            return [lease.pk for lease in leases.claim_sessions(wanted)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        shares = [*threads.map(claim, [pks, pks[::-1], pks, pks[::-1]])]
    won = [pk for share in shares for pk in share] + [lease.pk for lease in leases.claim_sessions(pks)]
    assert sorted(won) == pks
