"""How a job is enqueued. A queue row is a hint and may be lost; our own tables remember what is due."""

from enum import StrEnum

from django_q.models import OrmQ
from django_q.tasks import async_task


class Job(StrEnum):
    """Every job there is, by the task it calls."""

    ADVANCE = "cases.tasks.advance"
    PULSE = "cases.tasks.pulse"


def enqueue(job: Job, *numbers: int) -> None:
    """Add a job in the current transaction: it exists if, and only if, the state it serves was committed.

    Payloads are integers only: django-q2 keeps them as signed pickles, and a rotated key drops them in silence.
    """
    async_task(job.value, *numbers)


def depth() -> int:
    """How many jobs are waiting or being worked on."""
    return OrmQ.objects.count()
