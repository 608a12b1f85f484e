"""Signs of life: which parts of the portal have done work, and when."""

import datetime
import os
import time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.models import Heartbeat
from cases.workflows.locks import leases

QUEUE, DISPATCHER = "queue", "dispatcher"
# Beats when a step of a session has ended, in whatever cluster.
STEPS = "steps"
# Beats when somebody asks whether all is well.
HEALTH = "health"
NO_CLUSTERS = {DISPATCHER, STEPS, HEALTH}
CLUSTER_NAME_VARIABLE = "PORTAL_CLUSTER"
SILENT_AFTER = datetime.timedelta(seconds=30)
BEAT_SECONDS = 5.0


def beat(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def require_database() -> None:
    """Raise DatabaseError unless the database can be written. One row is kept for that: a disk that is full is noticed
    only when something is kept."""
    beat(HEALTH)


def beat_of_this_cluster() -> None:
    """Called by a task, so that it proves that tasks run, not that processes exist."""
    beat(cluster_name())


class Beats:
    """Beats while a long task runs, not more often than needed: for this cluster, or under a name of its own."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._next = 0.0

    def beat(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + BEAT_SECONDS
            beat(self._name or cluster_name())


_steps = Beats(STEPS)


def step_ended() -> None:
    """Called when a step of a session has ended, so that it proves that captures go on, not that tasks wait."""
    _steps.beat()


def cluster_name() -> str:
    return os.environ.get(CLUSTER_NAME_VARIABLE, f"cluster {settings.HOST_NAME}")


def last_beat(name: str) -> datetime.datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()


def silence() -> list[str]:
    """Which parts have been silent too long: [] | 'queue' | 'dispatcher'. What people are told of."""
    now = timezone.now()
    # A beat in the future was made before the clock was put back: it says nothing of now.
    heard = {
        name for name, at in Heartbeat.objects.values_list("name", "beat_at") if abs(now - at) <= SILENT_AFTER
    }
    silent = []
    if not heard - NO_CLUSTERS or (STEPS not in heard and _is_left_alone(now)):
        silent.append(QUEUE)
    if DISPATCHER not in heard:
        silent.append(DISPATCHER)
    return silent


def _is_left_alone(now: datetime.datetime) -> bool:
    """Has a session been due for too long, and nobody works on it? Tasks may run all the same, and wait."""
    return leases.due().filter(next_step_at__lte=now - SILENT_AFTER).exists()


def words(silent: list[str]) -> str:
    """What is silent, in the words that pages, `doctor` and /healthz have for it; '' if nothing is."""
    return next((str(SENTENCES[part]) for part in (QUEUE, DISPATCHER) if part in silent), "")


SENTENCES = {
    QUEUE: gettext_lazy(
        "Nothing is being worked on at the moment: the queue has done nothing for over half a minute. "
        "New orders are kept and go on when it is back."
    ),
    DISPATCHER: gettext_lazy(
        "The dispatcher is silent: results still arrive by webhook, but nothing is looked at by time."
    ),
}
