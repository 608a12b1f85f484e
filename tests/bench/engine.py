"""Sessions and webhooks a second, each beside the bare thing in the same run: .venv/bin/python -m tests.bench.engine

On SQLite, or on the PostgreSQL server that DATABASE_URL names, in a database of its own. Rounds take turns, so that
whatever else the machine does strikes both sides; medians are shown, with the least and the most.
"""

import argparse
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TypeVar

from django.conf import settings
from django.db import connection

from tests.bench import deliveries, place, sessions

Measured = TypeVar("Measured")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the engine and the webhooks.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sessions", type=int, default=60, help="in a round")
    parser.add_argument("--deliveries", type=int, default=500, help="in a round")
    asked = parser.parse_args()
    with place.of_its_own() as folder:
        print(f"{connection.vendor}, {asked.rounds} rounds, {settings.QUEUE_THREADS} threads\n")
        measure_sessions(folder, asked.rounds, asked.sessions)
        measure_deliveries(asked.rounds, asked.deliveries)


def measure_sessions(folder: Path, rounds: int, many: int) -> None:
    with sessions.running(folder / "sandbox") as sandbox:
        for work in (sessions.by_engine, sessions.by_client_alone):
            work(sandbox, settings.QUEUE_THREADS)  # token, threads and connections are there now
        engine, bare = in_turn(
            rounds, lambda: sessions.by_engine(sandbox, many), lambda: sessions.by_client_alone(sandbox, many)
        )
    heading("engine", "client alone")
    row("sessions/s", [it.a_second for it in engine], [it.a_second for it in bare])
    row("CPU ms a session", [it.cpu for it in engine], [it.cpu for it in bare])
    row("calls a session", [it.calls for it in engine], [it.calls for it in bare])


def measure_deliveries(rounds: int, many: int) -> None:
    with ExitStack() as stack:
        portal, ping = stack.enter_context(deliveries.portal()), stack.enter_context(deliveries.ping())
        true, bare, strange = in_turn(
            rounds,
            lambda: deliveries.send(portal, deliveries.of_sessions(portal, many)),
            lambda: deliveries.send(ping, deliveries.pings(ping, many)),
            lambda: deliveries.send(portal, deliveries.of_strangers(portal, many)),
        )
    assert deliveries.kept() == rounds * many
    heading("portal", "bare ping")
    for what, ours in (("written down", true), ("refused", strange)):
        row(f"webhooks/s, {what}", [it.a_second for it in ours], [it.a_second for it in bare])
        row(f"CPU ms, {what}", [it.cpu for it in ours], [it.cpu for it in bare])


def in_turn(rounds: int, *works: Callable[[], Measured]) -> list[list[Measured]]:
    """What each gave in each round, a list for each."""
    return [list(of_one) for of_one in zip(*([work() for work in works] for _ in range(rounds)), strict=True)]


def heading(ours: str, bare: str) -> None:
    print(f"{'':24}{ours:>24}{bare:>24}{'ratio':>22}")


def row(what: str, ours: Sequence[float], bare: Sequence[float]) -> None:
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    print(f"{what:24}{spread(ours, 1):>24}{spread(bare, 1):>24}{spread(ratios, 2):>22}")


def spread(values: Sequence[float], digits: int) -> str:
    least, middle, most = (f"{it:,.{digits}f}" for it in (min(values), median(values), max(values)))
    return f"{middle} ({least}–{most})"


if __name__ == "__main__":
    main()
