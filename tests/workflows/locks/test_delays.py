"""Waits grow from the first to a minute, and are never all the same."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from cases.workflows.locks import delays

EITHER = pytest.mark.parametrize("delay", [delays.before_poll, delays.after_trouble])


def around(delay: Callable[[int, float], float], count: int, first: float = 2.0) -> float:
    """What many waits of that kind come to."""
    waits = [delay(count, first) for _ in range(400)]
    return sum(waits) / len(waits)


def test_looks_come_at_once_and_then_less_and_less_often() -> None:
    waits = [around(delays.before_poll, looks) for looks in range(8)]

    assert waits[0] == pytest.approx(2, rel=0.1)
    assert all(later == pytest.approx(sooner * 1.5, rel=0.15) for sooner, later in pairwise(waits))


def test_each_trouble_in_a_row_doubles_the_wait() -> None:
    waits = [around(delays.after_trouble, troubles) for troubles in range(1, 5)]

    assert waits[0] == pytest.approx(2, rel=0.1)
    assert all(later == pytest.approx(sooner * 2, rel=0.15) for sooner, later in pairwise(waits))


@EITHER
def test_no_wait_is_longer_than_a_minute_or_nothing_at_all(
    subtests: pytest.Subtests, delay: Callable[[int, float], float]
) -> None:
    for count in [0, 1, 10, 50, 10**6]:
        for first in [0.05, 2, 60, 3600]:
            with subtests.test(count=count, first=first):
                waits = [delay(count, first) for _ in range(50)]

                assert max(waits) <= delays.LONGEST
                assert min(waits) >= min(first, delays.LONGEST) * 0.8


@EITHER
def test_those_who_begin_together_do_not_stay_together(delay: Callable[[int, float], float]) -> None:
    waits = [delay(3, 2) for _ in range(200)]

    assert len({round(wait, 6) for wait in waits}) > 150
    assert max(waits) / min(waits) > 1.2
