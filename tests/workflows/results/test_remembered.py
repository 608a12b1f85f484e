"""What is remembered is bounded by its weight, and what is heavy is worked out by one thread at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

from cases.workflows.results.remembered import Remembered


def test_the_values_used_last_stay_while_they_are_light_enough_together() -> None:
    values: Remembered[str] = Remembered(most=10, heavy=100)
    worked_out: list[str] = []

    def get(key: str, weight: int) -> str:
        return values.get(key, weight, lambda: (worked_out.append(key), key.upper())[1])

    assert [get(key, weight) for key, weight in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("a", 4))] == [
        *"ABACA"
    ]
    assert worked_out == ["a", "b", "c"]
    assert [get("b", 4), get("huge", 50), get("huge", 50), get("a", 4)] == ["B", "HUGE", "HUGE", "A"]
    assert worked_out == ["a", "b", "c", "b", "huge", "a"]


def test_what_is_heavy_is_worked_out_by_one_thread_at_a_time_and_once() -> None:
    values: Remembered[int] = Remembered(most=100, heavy=5)
    here, most, times = threading.Semaphore(0), [0], []
    at_work: set[int] = set()

    def work(number: int) -> int:
        at_work.add(number)
        most[0] = max(most[0], len(at_work))
        times.append(number)
        here.acquire(timeout=0.05)
        at_work.discard(number)
        return number

    with ThreadPoolExecutor(6) as threads:
        found = threads.map(lambda number: values.get(number, 10, lambda: work(number)), [1, 2, 3, 1, 2, 3])
        assert [*found] == [1, 2, 3, 1, 2, 3]
    assert (most[0], sorted(times)) == (1, [1, 2, 3])
