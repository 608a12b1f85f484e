"""The plan of a run: what is ordered and broken, and when; a seed gives the same again. Pure; times are seconds."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Fault = dict[str, Any]

# No order comes in the last part, so that what is broken then meets what is under way.
ORDERS_UNTIL = 0.7
FIRST_NUMBER = 310_000_000
BOTH_REPORTS = 2

# Kinds of processes, and how often each is killed beside the others: those at work the most.
VICTIMS = {"queue": 10, "worker": 3, "web": 4, "dispatcher": 3, "keeper": 2}
DATABASE = "database"

# Faults after which a session ends, as it should, without some of its results or without any.
NONE_MADE: Fault = {"name": "failed", "seconds": 1}
NO_REPORTS: Fault = {"name": "entity_failed", "on": ["report"]}
SPOILT = 0.04  # of all orders, for each of them

# Faults that every result must survive. An order meets at most one of each group.
CREATES: Sequence[Fault] = (
    {"name": "http_500", "on": ["create"], "count": 1},
    {"name": "http_503", "on": ["create"], "count": 1},
    {"name": "http_429", "on": ["create"], "count": 1, "seconds": 1},
    {"name": "cut", "on": ["create"], "count": 1},
    {"name": "create_lost"},
    {"name": "slow", "on": ["create"], "count": 1, "seconds": 3},
)
RESULTS: Sequence[Fault] = (
    {"name": "http_500", "on": ["information"], "count": 2},
    {"name": "cut", "on": ["information"], "count": 1},
    {"name": "unknown_status"},
    {"name": "status_objects"},
    {"name": "http_401", "on": ["information"]},
    {"name": "http_503", "on": ["json", "report"], "count": 2},
    {"name": "http_409", "count": 2},
    {"name": "truncated"},
    {"name": "empty_body", "count": 1},
    {"name": "invalid_json", "on": ["json"], "count": 1},
    {"name": "redirect", "count": 1},
    {"name": "slow", "on": ["json", "report"], "count": 2, "seconds": 3},
    {"name": "drip", "count": 2, "seconds": 15},
)
WEBHOOK_FAULTS: Sequence[Fault] = (
    {"name": "webhook_lost"},
    {"name": "webhook_repeated"},
    {"name": "webhook_late", "seconds": 5},
    {"name": "webhook_forged"},
    {"name": "webhook_reordered"},
    {"name": "failed_in_error"},
)
# Without its webhooks, a session whose create was lost cannot be found: it would have to be ordered again.
FIND_NOTHING = {"webhook_lost", "webhook_late", "webhook_reordered"}


@dataclass(frozen=True)
class Order:
    """One case: the organisation's number, the faults it meets, and how many results the provider makes of it."""

    number: str
    at: float
    faults: tuple[Fault, ...]
    results: int

    @property
    def scope(self) -> str:
        """How the sandbox names the organisation."""
        return f"NO-{self.number}"


@dataclass(frozen=True)
class Blow:
    """One blow: when it falls, the kind of process (or the database), and which of several (from 0 to 1)."""

    at: float
    kind: str
    which: float


@dataclass(frozen=True)
class Plan:
    """All orders and all blows of a run, each in the order of their times."""

    orders: tuple[Order, ...]
    blows: tuple[Blow, ...]


def drawn(seed: int, seconds: float, sessions: int, kills: int, restarts: int) -> Plan:
    """Draw a plan."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    times = sorted(chance.uniform(0, ORDERS_UNTIL * seconds) for _ in range(sessions))
    orders = tuple(_order(chance, index, at) for index, at in enumerate(times))
    kinds = [*chance.choices(list(VICTIMS), list(VICTIMS.values()), k=kills), *[DATABASE] * restarts]
    blows = [Blow(chance.uniform(0.05 * seconds, seconds), kind, chance.random()) for kind in kinds]
    return Plan(orders, tuple(sorted(blows, key=lambda blow: blow.at)))


def _order(chance: random.Random, index: int, at: float) -> Order:
    number, spoilt = str(FIRST_NUMBER + 7 * index), chance.random()
    if spoilt < SPOILT:
        return Order(number, at, (NONE_MADE,), results=0)
    if spoilt < 2 * SPOILT:
        return Order(number, at, (NO_REPORTS,), results=1)
    return Order(number, at, _faults(chance), results=1 + BOTH_REPORTS)


def _faults(chance: random.Random) -> tuple[Fault, ...]:
    groups = ((CREATES, 0.2), (RESULTS, 0.4), (WEBHOOK_FAULTS, 0.25))
    faults = [chance.choice(group) for group, part in groups if chance.random() < part]
    names = {fault["name"] for fault in faults}
    if "create_lost" in names:
        faults = [fault for fault in faults if fault["name"] not in FIND_NOTHING]
    return tuple(faults)
