"""The queue: whether anybody works on it, and what has been waiting for too long."""

import datetime
from collections.abc import Iterator

from django.db.models import Min
from django.utils import timezone

from cases.models import AmlSession, Artefact, Heartbeat
from cases.models.capture.session import STUCK
from cases.queue import depth
from cases.workflows import heartbeat
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong
from cases.workflows.locks import leases

SUBJECT = "queue"
LATE_AFTER = datetime.timedelta(minutes=2)
DEEP = 1000  # jobs


def check() -> Iterator[Finding]:
    now = timezone.now()
    yield from [*_heartbeats(now), *_late(now)] or [
        ok(SUBJECT, f"Worked on; {depth()} jobs in it, nothing late.")
    ]
    yield from _needs_a_person(now)


def _heartbeats(now: datetime.datetime) -> Iterator[Finding]:
    for part in heartbeat.silence():
        message = f"{heartbeat.words([part])} {_last_sign(part, now)}"
        yield wrong(SUBJECT, message, "Start `./portal serve`; if it runs, the log says what keeps it.")
    if depth() > DEEP:
        message = f"{depth()} jobs are waiting."
        yield warning(SUBJECT, message, "Raise QUEUE_WORKERS, or find out in the log what keeps them.")


def _last_sign(part: str, now: datetime.datetime) -> str:
    signs = (
        Heartbeat.objects.filter(name=part)
        if part == heartbeat.DISPATCHER
        else Heartbeat.objects.exclude(name__in=heartbeat.NO_CLUSTERS)
    )
    last = signs.order_by("-beat_at").first()
    return (
        f"Its last sign of life is {_age(now - last.beat_at)} old."
        if last
        else "It has never given a sign of life."
    )


def _late(now: datetime.datetime) -> Iterator[Finding]:
    late = leases.due().filter(next_step_at__lt=now - LATE_AFTER).order_by()
    count, oldest = late.count(), late.aggregate(oldest=Min("next_step_at"))["oldest"]
    if count:
        message = f"{count} sessions should have been looked at, the first of them {_age(now - oldest)} ago."
        yield wrong(SUBJECT, message, "Start `./portal serve`; if it runs, the log says what keeps it.")


def _needs_a_person(now: datetime.datetime) -> Iterator[Finding]:
    stuck = AmlSession.objects.filter(state__in=STUCK).count()
    if stuck:
        message = f"{stuck} sessions wait for a person."
        yield warning(SUBJECT, message, "Open 'Provider and queue' in the portal.")
    at_risk = Artefact.objects.at_risk(now).count()
    if at_risk:
        message = f"Ready results that will be gone from the provider within half an hour: {at_risk}."
        yield warning(SUBJECT, message, "See that the queue is worked on and the provider answers.")


def _age(waited: datetime.timedelta) -> str:
    minutes = int(waited.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
