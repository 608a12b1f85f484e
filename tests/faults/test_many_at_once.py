"""Many cases at once through real processes, undisturbed and with workers killed at random moments."""

import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from amlportal.chaos import stack
from amlportal.chaos.stack import Stack
from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, Case
from tests import chains, portal

pytestmark = pytest.mark.faults

MANY = 200
KILLS = 10


def open_one(index: int) -> None:
    reports = ("aml",) if index % 10 == 0 else ()
    portal.order(str(310_000_000 + 7 * index), reports=reports, expands=("address", "sanction"))
    connection.close()


def open_many() -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(open_one, range(MANY)))


def unended() -> int:
    return AmlSession.objects.unended().count()


def assert_all_is_well(whole: Stack) -> None:
    assert Counter(AmlSession.objects.values_list("state", flat=True)) == {"COMPLETE": MANY}
    assert whole.stats()["creates"]["total"] == MANY
    assert whole.stats()["sessions"] == MANY
    assert Artefact.objects.captured().count() == MANY + MANY // 10
    for artefact in Artefact.objects.captured():
        assert evidence_files.digest(artefact.file) == artefact.sha256
    assert [broken for broken in chains.breaks() if broken] == []


@pytest.mark.one_database  # on both they are killed as well, below
@pytest.mark.timeout(180)
def test_two_hundred_cases_at_once_end_captured_and_each_is_ordered_once(whole: Stack) -> None:
    open_many()
    stack.wait_until(lambda: unended() == 0, 120, "every session ended")
    assert_all_is_well(whole)


@pytest.mark.timeout(280)
def test_ten_killed_workers_change_nothing_about_that(whole: Stack) -> None:
    chance = random.Random(2026)
    with ThreadPoolExecutor(1) as opening:
        opened = opening.submit(open_many)
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.5, 3))
            victims = whole.queue_processes()
            if victims:
                os.kill(chance.choice(victims), signal.SIGKILL)
        opened.result()
    stack.wait_until(lambda: unended() == 0, 240, "every session ended")
    assert Case.objects.count() == MANY
    assert_all_is_well(whole)
