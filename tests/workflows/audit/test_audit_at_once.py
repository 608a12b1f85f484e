"""Many hands at one chain at the same time, on the database that the portal runs on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from cases.models import AuditChain, AuditEvent, Case, Verb
from cases.workflows.audit import chain_walk, trail
from tests import chains
from tests.workflows.forgery import long_case

HANDS, EACH = 8, 12


def _record(case: Case, barrier: Barrier) -> None:
    try:
        barrier.wait(timeout=30)
        for _ in range(EACH):
            with transaction.atomic():
                trail.record(case, Verb.CASE_VIEWED, subject="case")
    finally:
        connections.close_all()


def test_events_recorded_at_once_make_one_chain(own_database: str) -> None:
    case, barrier = long_case(1), Barrier(HANDS)
    with ThreadPoolExecutor(HANDS) as pool:
        for done in [pool.submit(_record, case, barrier) for _ in range(HANDS)]:
            done.result(timeout=120)
    assert list(chain_walk.walk()) == [chain_walk.Walked(case.reference, 1 + HANDS * EACH, 0, ())]
    sequences = AuditEvent.objects.values_list("sequence", flat=True).order_by("sequence")
    assert list(sequences) == list(range(1, 2 + HANDS * EACH))


def test_events_of_many_cases_at_once_keep_to_their_chains(own_database: str) -> None:
    cases, barrier = [long_case(1) for _ in range(4)], Barrier(HANDS)
    with ThreadPoolExecutor(HANDS) as pool:
        futures = [pool.submit(_record, cases[hand % 4], barrier) for hand in range(HANDS)]
        for done in futures:
            done.result(timeout=120)
    assert [walked.events for walked in chain_walk.walk()] == [1 + EACH * HANDS // 4] * 4
    assert list(chains.breaks()) == [None] * 4


def test_an_event_whose_transaction_is_undone_leaves_no_trace(own_database: str) -> None:
    case = long_case(2)
    head = AuditChain.objects.get(case=case).head
    with transaction.atomic():
        trail.record(case, Verb.CASE_VIEWED, subject="case")
        transaction.set_rollback(True)
    assert AuditChain.objects.get(case=case).head == head
    assert list(chains.breaks()) == [None]


def test_the_walk_sees_one_moment_and_keeps_nobody_waiting(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events are added to the last case while the walk, which reads in portions, is at the first."""
    monkeypatch.setattr(chain_walk, "READ_AHEAD", 10)
    cases = [long_case(1) for _ in range(60)]
    walk = chain_walk.walk()
    walked = [next(walk)]
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_record, cases[-1], Barrier(1)).result(timeout=60)
    walked += walk
    assert len(walked) == 60
    assert not any(one.breaks for one in walked)
    assert walked[-1].events == 1
    assert [one.events for one in chain_walk.walk(cases[-1].reference)] == [1 + EACH]
