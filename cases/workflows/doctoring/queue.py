"""The queue: whether anybody works on it, and what has been waiting for too long."""

import datetime
from collections.abc import Iterator

from django.db.models import Min
from django.utils import timezone

from cases.models import AmlSession, Artefact, Pulse
from cases.models.session import STUCK
from cases.queue import depth
from cases.workflows import leases, pulse
from cases.workflows.doctoring.finding import Finding, ok, warning, wrong

SUBJECT = "queue"
LATE_AFTER = datetime.timedelta(minutes=2)
DEEP = 1000  # jobs


def look() -> Iterator[Finding]:
    now = timezone.now()
    yield from [*_pulses(now), *_late(now)] or [
        ok(SUBJECT, f"Worked on; {depth()} jobs in it, nothing late.")
    ]
    yield from _needs_a_person(now)


def _pulses(now: datetime.datetime) -> Iterator[Finding]:
    silent = pulse.silence()
    if "queue" in silent:
        last = Pulse.objects.exclude(name=pulse.DISPATCHER).order_by("-beat_at").first()
        said = "Nothing works on it" if last else "Nothing has ever worked on it"
        since = f", and has not for {_age(now - last.beat_at)}" if last else ""
        yield wrong(
            SUBJECT, f"{said}{since}: no order is sent and no result is captured.", "Start `./portal serve`."
        )
    if pulse.DISPATCHER in silent:
        says = "The dispatcher is silent: nothing is looked at by time, so results may expire."
        yield wrong(
            SUBJECT, says, "Start `./portal serve`, or `manage.py dispatcher` where its parts run apart."
        )
    if depth() > DEEP:
        says = f"{depth()} jobs are waiting."
        yield warning(SUBJECT, says, "Raise QUEUE_WORKERS, or find out in the log what keeps them.")


def _late(now: datetime.datetime) -> Iterator[Finding]:
    late = leases.due().filter(next_step_at__lt=now - LATE_AFTER).order_by()
    count, oldest = late.count(), late.aggregate(oldest=Min("next_step_at"))["oldest"]
    if count:
        says = f"{count} sessions should have been looked at, the first of them {_age(now - oldest)} ago."
        yield wrong(SUBJECT, says, "Start `./portal serve`; if it runs, the log says what keeps it.")


def _needs_a_person(now: datetime.datetime) -> Iterator[Finding]:
    stuck = AmlSession.objects.filter(state__in=STUCK).count()
    if stuck:
        says = f"{stuck} sessions wait for a person."
        yield warning(SUBJECT, says, "Open 'Provider and queue' in the portal.")
    at_risk = Artefact.objects.at_risk(now).count()
    if at_risk:
        says = f"Ready results that will be gone from the provider within half an hour: {at_risk}."
        yield warning(SUBJECT, says, "See that the queue is worked on and the provider answers.")


def _age(waited: datetime.timedelta) -> str:
    minutes = int(waited.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
