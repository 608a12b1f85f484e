"""What one person does and what is done to them at one time: nobody waits for the other for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections, transaction

from cases.models import User
from cases.workflows.audit import chain_walk
from cases.workflows.casework import cases as workflow
from cases.workflows.people import people
from cases.workflows.people.people import By
from tests import factories
from tests.workflows.forgery import long_case

EACH = 10


@transaction.atomic
def _rename(kari: User, number: int) -> None:
    """A new sign-in name is a key: its row is locked against all who refer to it."""
    was = people.access_before(kari)
    kari.username = f"kari{number}"
    kari.save(update_fields=["username"])
    people.record_changes(kari, was, By(kari))


def _again_and_again(barrier: Barrier, act: Callable[[int], None]) -> None:
    try:
        barrier.wait(timeout=30)
        for number in range(EACH):
            act(number)
    finally:
        connections.close_all()


def test_searches_changes_and_openings_of_one_person_at_once_all_end(own_database: str) -> None:
    case, kari = long_case(1), factories.kari()
    acts: list[Callable[[int], None]] = [
        lambda number: workflow.searched(kari, str(number), 0, are_more=False),
        lambda number: workflow.searched(kari, str(number), 1, are_more=False),
        lambda number: workflow.opened(case, kari),
        lambda number: _rename(User.objects.get(pk=kari.pk), number),
    ]
    barrier = Barrier(len(acts))
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(_again_and_again, barrier, act) for act in acts]:
            done.result(timeout=120)
    of_case, of_portal = chain_walk.walk()
    assert (of_case.events, of_case.breaks) == (1 + EACH, ())
    assert (of_portal.events, of_portal.breaks) == (3 * EACH, ())
    assert User.objects.get(pk=kari.pk).username == f"kari{EACH - 1}"
