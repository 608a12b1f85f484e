"""How a job is enqueued. A queue row is a hint and may be lost; our own tables remember what is due."""

import datetime
from enum import StrEnum
from itertools import islice

from django.conf import settings
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from amlportal.compiled import Compiled

# Rows of the queue that are looked into to learn whether a job waits there.
MOST_OPENED = 100
NEWEST = Compiled(
    lambda now: OrmQ.objects.filter(lock__lte=now).order_by("-pk")[:MOST_OPENED], datetime.datetime
)


class Job(StrEnum):
    """Every job there is, by the task it calls."""

    ADVANCE = "cases.tasks.advance"
    BACKGROUND = "cases.tasks.background"
    HEARTBEAT = "cases.tasks.heartbeat"


def enqueue(job: Job, *numbers: int) -> None:
    """Add a job in the current transaction: it exists if, and only if, the state it serves was committed.

    Payloads are integers only: django-q2 keeps them as signed pickles, and a rotated key drops them in silence.
    """
    async_task(job.value, *numbers)


def wake(session: int) -> None:
    """Have a session advanced soon, unless as many jobs wait in the queue already as there are workers.

    One job moves whatever is due, so more would only cost writes; and what is missed is woken by the dispatcher.
    """
    if waiting(Job.ADVANCE, settings.QUEUE_WORKERS) < settings.QUEUE_WORKERS:
        enqueue(Job.ADVANCE, session)


def wake_background_jobs() -> None:
    """Have what is due of reports and signatures done soon, unless a job for it waits in the queue already."""
    if not waiting(Job.BACKGROUND, 1):
        enqueue(Job.BACKGROUND)


def waiting(job: Job, enough: int) -> int:
    """How many jobs of a kind nobody has taken; no more are counted than are enough.

    Those that a dead worker took hang about for many minutes, and do not count; nor does one signed with another key.
    The kind stands in the signed payload, where SQL cannot filter: only the newest rows are opened, one by one.
    """
    of_kind = (row for row in NEWEST.all(timezone.now()) if row.task.get("func") == job.value)
    return sum(1 for _row in islice(of_kind, enough))


def depth() -> int:
    """How many jobs are waiting or being worked on."""
    return OrmQ.objects.count()
