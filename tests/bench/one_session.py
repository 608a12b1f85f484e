"""What one realistic session costs the database and this process: .venv/bin/python -m tests.bench.one_session

JSON, two PDFs and four webhooks, from the order to the end, step by step in one thread: statements, commits and CPU.
Beside it the same calls by the client alone. On SQLite, or on the PostgreSQL server that DATABASE_URL names.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client

from cases.models import SessionState
from cases.provider.client import Order
from cases.workflows import provider
from cases.workflows.capture import advancing
from tests import portal
from tests.bench import place, sessions

REPORTS = ("aml", "certificate_of_registration")
EXPANDS = ("address", "roles", "authorities", "ownership.beneficials", "ownership.shareholders", "sanction")
WORDS = (
    ("JsonDataReady", ""),
    ("ReportReady", "aml"),
    ("ReportReady", "certificate_of_registration"),
    ("AllDone", ""),
)
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Cost:
    """Statements sent, commits (a write outside a transaction is one), and CPU of this process in ms."""

    statements: int = 0
    commits: int = 0
    cpu: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what one session costs.")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--statements", action="store_true", help="list the statements of the last session")
    asked = parser.parse_args()
    with place.of_its_own() as folder, sessions.running(folder / "sandbox"):
        heard: Counter[str] = Counter()
        for _ in range(3):
            by_portal(heard)
            by_client(folder)
        ours, bare = [], []
        for _ in range(asked.rounds):
            heard.clear()
            ours.append(by_portal(heard))
            bare.append(by_client(folder))
        print(f"{connection.vendor}, median of {asked.rounds} sessions")
        statements, commits = (
            median(getattr(cost, name) for cost in ours) for name in ("statements", "commits")
        )
        print(f"statements {statements:.0f}, commits {commits:.0f}")
        cpu, alone = median(cost.cpu for cost in ours), median(bare)
        print(f"CPU {cpu:.1f} ms, client alone {alone:.1f} ms, {cpu / alone:.2f} ×")
        if asked.statements:
            for statement, count in heard.most_common():
                print(f"{count:4} {statement}")


def by_portal(heard: Counter[str]) -> Cost:
    """From the order to the end, each webhook at its turn; the provider makes its results while nothing is counted."""
    case = portal.order(str(next(sessions._numbers)), reports=REPORTS, expands=EXPANDS)
    session, web, cost = portal.session_of(case), Client(), Cost()
    with _counted(heard, cost):
        assert advancing.advance(session.pk)
    session.refresh_from_db()
    wait_until_ready(session.provider_id)
    address = f"/hooks/aml/{session.attempts.values_list('token', flat=True).get()}"
    with _counted(heard, cost):
        for word, report in WORDS:
            body = json.dumps({"sessionId": session.provider_id, "status": word, "report": report})
            assert web.post(address, body, content_type="application/json").status_code == 200
        assert advancing.advance(session.pk)
    session.refresh_from_db()
    assert session.state == SessionState.COMPLETE, session
    return cost


def wait_until_ready(session: str) -> None:
    while not all(
        entity.ready for entity in provider.client().session_information(session).entities.values()
    ):
        time.sleep(0.005)


def by_client(folder: Path) -> float:
    """The same calls, and nothing remembered; CPU in ms, without what waiting costs."""
    client, began = provider.client(), time.process_time()
    made = client.create_session(Order("no", str(next(sessions._numbers)), REPORTS, EXPANDS, "en", None))
    cpu = time.process_time() - began
    wait_until_ready(made.session_id)
    began = time.process_time()
    client.session_information(made.session_id)
    with tempfile.TemporaryDirectory(dir=folder) as here:
        for kind in ("json", *REPORTS):
            client.fetch(made.session_id, kind, Path(here))
    return (cpu + time.process_time() - began) * 1000


@contextmanager
def _counted(heard: Counter[str], cost: Cost) -> Iterator[None]:
    commit = connection._commit

    def hear(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        cost.statements += 1
        heard[sql[:160]] += 1
        if not connection.in_atomic_block and sql.startswith(WRITES):
            cost.commits += 1
        return execute(sql, params, many, context)

    def counted_commit() -> None:
        cost.commits += 1
        commit()

    connection._commit = counted_commit  # type: ignore[method-assign]
    began = time.process_time()
    try:
        with connection.execute_wrapper(hear):
            yield
    finally:
        cost.cpu += (time.process_time() - began) * 1000
        connection._commit = commit  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
