"""How a job is enqueued. A queue row is a hint and may be lost; our own tables remember what is due."""

from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task


class Job(StrEnum):
    """Every job there is, by the task it calls."""

    ADVANCE = "cases.tasks.advance"
    PAPERWORK = "cases.tasks.paperwork"
    PULSE = "cases.tasks.pulse"


def enqueue(job: Job, *numbers: int) -> None:
    """Add a job in the current transaction: it exists if, and only if, the state it serves was committed.

    Payloads are integers only: django-q2 keeps them as signed pickles, and a rotated key drops them in silence.
    """
    async_task(job.value, *numbers)


def ring(session: int) -> None:
    """Have a session advanced soon, unless as many bells hang in the queue already as there are workers.

    One job moves whatever is due, so more would only cost writes; and a bell that is missed is rung by the dispatcher.
    """
    if waiting(Job.ADVANCE) < settings.QUEUE_WORKERS:
        enqueue(Job.ADVANCE, session)


def ring_for_paperwork() -> None:
    """Have what is due of reports and signatures done soon, unless a bell for it hangs in the queue already."""
    if not waiting(Job.PAPERWORK):
        enqueue(Job.PAPERWORK)


def waiting(job: Job) -> int:
    """How many jobs of a kind nobody has taken. Those that a dead worker took hang about for many minutes, and do not
    count; nor does one signed with another key."""
    taken_by_nobody = OrmQ.objects.filter(lock__lte=timezone.now())
    return sum(row.task.get("func") == job.value for row in taken_by_nobody)


def depth() -> int:
    """How many jobs are waiting or being worked on."""
    return OrmQ.objects.count()
