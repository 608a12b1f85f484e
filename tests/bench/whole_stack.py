"""The whole stack beside the client alone: .venv/bin/python -m tests.bench.whole_stack [--sessions 500] [--hosts 1]

Web, dispatcher and two worker processes a machine, as in production, against a sandbox that takes 100 ms a call, has
results ready after one to three seconds and sends webhooks. All sessions are ordered at once. Beside them, in the same
run, a script of the client alone with 32 calls in flight, which is told when each result is ready. On SQLite, or on the
PostgreSQL server that DATABASE_URL names; with `--bucket` all machines keep their files in one bucket.
"""

import argparse
import datetime
import os
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles

from django.db import connection
from django.db.models import Max
from django.test import override_settings
from django.utils import timezone
from django_q.models import OrmQ

from amlportal.chaos import stack
from amlportal.chaos.stack import Stack
from cases.models import AmlSession, Artefact, SessionState
from cases.queue import wake
from cases.workflows.verification.verify import EvidenceRun
from tests import portal
from tests.bench import hosts, in_flight, place, store

READY_SECONDS = (1.0, 3.0)
CALLS = ("create", "information", "json", "report")
# Ordered once, polled once, fetched once.
LEAST_CALLS = 3
END_SECONDS = 300.0
NUMBERS = count(310_000_000, 7)


@dataclass(frozen=True)
class Run:
    """Sessions a second; seconds from ready to handed out, one for each; calls a session; CPU seconds by kind."""

    a_second: float
    waits: Sequence[float]
    calls: float
    cpu: Mapping[str, float]
    # From when the portal took a result for ready until it was recorded.
    recorded: Sequence[float] = ()


def main() -> None:
    options = _options()
    with place.of_its_own() as folder, store.of_its_own(in_bucket=options.bucket):
        more = {"QUEUE_WORKERS": str(options.workers), "QUEUE_THREADS": str(options.threads)}
        with hosts.sandbox_of(folder, **more) as first:
            bare = by_client_alone(first, options.sessions, options.in_flight)
            ours = by_portal(first, options.sessions, options.hosts)
        assert not options.bucket or not list(EvidenceRun().problems()), "not all is in the bucket"
    cores, files = os.cpu_count(), "a bucket" if options.bucket else "a folder"
    print(f"{connection.vendor}, files in {files}, {options.sessions} sessions; {cores} cores,")
    print(
        f"{options.hosts} host(s), each with {options.workers} worker processes of {options.threads} threads;"
    )
    print(f"client alone: {options.in_flight} in flight")
    tell(ours, bare, options.sessions)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the whole stack at 100 ms a call.")
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--hosts", type=int, default=1)
    parser.add_argument("--bucket", action="store_true", help="files in Ceph's S3 server, not in a folder")
    parser.add_argument("--workers", type=int, default=2, help="worker processes of a host")
    parser.add_argument("--threads", type=int, default=16, help="of each worker process")
    parser.add_argument("--in-flight", type=int, default=32, help="calls of the client alone at once")
    return parser.parse_args()


def by_client_alone(first: Stack, many: int, in_flight_calls: int) -> Run:
    numbers = prepared(first, many)
    with override_settings(AML_ISSUER=first.environment["AML_ISSUER"]):
        before, cpu, began = calls(first), time.process_time(), time.monotonic()
        in_flight.run(numbers, in_flight_calls)
        wall, cpu = time.monotonic() - began, time.process_time() - cpu
    return Run(many / wall, waits(first, numbers), (calls(first) - before) / many, {"client": cpu})


def by_portal(first: Stack, many: int, machines: int) -> Run:
    """From the moment at which all are due, until the last has ended; nothing of a start is counted."""
    numbers = prepared(first, many)
    for number in numbers:
        portal.order(number, reports=(), expands=())
    hold_back()
    with hosts.at_work(first, machines) as running:
        cpu, before = hosts.cpu_by_kind(running), calls(first)
        began = release()
        stack.wait_until(
            lambda: not AmlSession.objects.unended().exists(), END_SECONDS, "every session ended"
        )
        cpu, made = hosts.cpu_by_kind(running) - cpu, calls(first) - before
    ended = AmlSession.objects.aggregate(last=Max("ended_at"))["last"]
    states = Counter(AmlSession.objects.values_list("state", flat=True))
    assert states == {SessionState.COMPLETE: many}, states
    assert first_orders(first, numbers) == many, "something was ordered twice"
    captured = Artefact.objects.captured().values_list("captured_at", "available_at")
    recorded = [(at - ready).total_seconds() for at, ready in captured]
    return Run(many / (ended - began).total_seconds(), waits(first, numbers), made / many, cpu, recorded)


def prepared(first: Stack, many: int) -> dict[str, float]:
    """Numbers to order, each with the seconds until its result is ready, as the sandbox is told."""
    dice = random.Random(1)
    numbers = {str(next(NUMBERS)): dice.uniform(*READY_SECONDS) for _ in range(many)}
    for number, seconds in numbers.items():
        first.switch(f"NO-{number}", [{"name": "long_preparation", "seconds": seconds}])
    return numbers


def hold_back() -> None:
    """Nothing is due yet, and no job waits."""
    OrmQ.objects.all().delete()
    AmlSession.objects.update(next_step_at=timezone.now() + datetime.timedelta(minutes=15))


def release() -> datetime.datetime:
    """All are due now; a job is added for each that is ordered, as long as that helps."""
    now = timezone.now()
    AmlSession.objects.update(next_step_at=now)
    for pk in AmlSession.objects.order_by("pk").values_list("pk", flat=True)[:20]:
        wake(pk)
    return now


def calls(first: Stack) -> int:
    requests = first.stats()["requests"]
    return sum(requests.get(name, 0) for name in CALLS)


def waits(first: Stack, numbers: Mapping[str, float]) -> list[float]:
    """Seconds from ready to handed out, by the provider's own clock."""
    sessions = first.stats()["by_session"].values()
    times = [one["times"]["json"] for one in sessions if one["identifier"] in numbers]
    return [handed_out - ready for ready, handed_out in times]


def first_orders(first: Stack, numbers: Mapping[str, float]) -> int:
    return sum(one["identifier"] in numbers for one in first.stats()["by_session"].values())


def tell(ours: Run, bare: Run, many: int) -> None:
    print(f"\n{'':36}{'portal':>12}{'client alone':>14}{'ratio':>8}")
    for what, one, other in (
        ("sessions/s", ours.a_second, bare.a_second),
        ("ready -> fetched, median, s", median(ours.waits), median(bare.waits)),
        ("ready -> fetched, 95 %, s", _most(ours.waits), _most(bare.waits)),
        ("calls a session", ours.calls, bare.calls),
        ("calls over the least", ours.calls / LEAST_CALLS, bare.calls / LEAST_CALLS),
    ):
        print(f"{what:36}{one:12.2f}{other:14.2f}{one / other:8.2f}")
    recorded = f"median {median(ours.recorded):.2f} s, 95 % {_most(ours.recorded):.2f} s"
    print(f"ready, as the portal was told, -> recorded: {recorded}")
    print(f"\n{'CPU':36}{'s':>12}{'ms a session':>14}")
    for kind, seconds in [*sorted(ours.cpu.items()), ("client alone", bare.cpu["client"])]:
        print(f"{kind:36}{seconds:12.1f}{seconds / many * 1000:14.1f}")


def _most(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
