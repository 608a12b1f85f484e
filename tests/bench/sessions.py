"""Sessions through the engine, and the same calls by the client alone, without a database."""

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import requests
from django.conf import settings
from django.test import override_settings

from amlportal.chaos.stack import answers, free_port, wait_until
from amlportal.processes import MANAGE, Child, stop
from cases.models import AmlSession, SessionState
from cases.provider.client import Order
from cases.workflows import provider
from cases.workflows.capture import advancing
from tests import portal

# Ready when they are ordered: only work is measured, no waiting.
AT_ONCE = ("--json-seconds", "0", "--report-seconds", "0")
_numbers = count(310_000_000, 7)


@dataclass(frozen=True)
class Pace:
    """Sessions a second; for each the CPU time of this process (ms) and the calls to the provider."""

    a_second: float
    cpu: float
    calls: float


class Provider:
    """A sandbox in a process of its own."""

    def __init__(self, address: str) -> None:
        self.address = address

    def calls(self) -> int:
        counted = requests.get(f"{self.address}/sandbox/stats", timeout=10).json()["requests"]
        return sum(counted.get(name, 0) for name in ("create", "information", "json"))


@contextmanager
def running(folder: Path) -> Iterator[Provider]:
    port = free_port()
    sandbox = Child(
        "sandbox",
        [MANAGE[0], "-m", "amlportal.sandbox", "--port", str(port), "--state-dir", str(folder), *AT_ONCE],
    )
    address = f"http://127.0.0.1:{port}"
    quick = {"AML_ISSUER": f"{address}/auth/realms/sandbox", "AML_WEBHOOKS": False, "AML_POLL_SECONDS": 0.02}
    sandbox.start()
    try:
        wait_until(lambda: answers(address), 60, "the sandbox answers")
        with override_settings(**quick):
            yield Provider(address)
    finally:
        stop([sandbox])


def by_engine(sandbox: Provider, many: int) -> Pace:
    """From ordered to captured, recorded and told, by the one job that moves whatever is due."""
    cases = [portal.order(str(next(_numbers)), reports=(), expands=()) for _ in range(many)]

    def work() -> None:
        while AmlSession.objects.unended().exists():
            if not advancing.advance_due():
                time.sleep(0.005)

    pace = _measured(work, sandbox, many)
    ended = AmlSession.objects.filter(case__in=[case.pk for case in cases])
    assert set(ended.values_list("state", flat=True)) == {SessionState.COMPLETE}
    return pace


def by_client_alone(sandbox: Provider, many: int) -> Pace:
    """Order, look and fetch as often as needed, from as many threads, and remember nothing."""
    client = provider.client()

    def one(number: int) -> None:
        session = client.create_session(Order("no", str(number), (), (), "en", None)).session_id
        while not client.session_information(session).entities["json"].ready:
            time.sleep(0.005)
        client.fetch(session, "json", folder)

    def work() -> None:
        list(threads.map(one, [next(_numbers) for _ in range(many)]))

    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(settings.QUEUE_THREADS) as threads:
        folder = Path(place)
        return _measured(work, sandbox, many)


def _measured(work: Callable[[], None], sandbox: Provider, many: int) -> Pace:
    calls, wall, cpu = sandbox.calls(), time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Pace(many / wall, cpu / many * 1000, (sandbox.calls() - calls) / many)
