"""Signs of life: which parts of the portal have done work, and when."""

import datetime
import os
import time

from django.conf import settings
from django.utils import timezone

from cases.models import Pulse

DISPATCHER = "dispatcher"
CLUSTER_NAME_VARIABLE = "PORTAL_CLUSTER"
SILENT_AFTER = datetime.timedelta(seconds=30)


BEAT_SECONDS = 5.0


def beat(name: str) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def beat_of_this_cluster() -> None:
    """Called by a task, so that it proves that tasks run, not that processes exist."""
    beat(cluster_name())


class Heart:
    """Beats for this cluster while a long task runs, not more often than needed."""

    def __init__(self) -> None:
        self._next = 0.0

    def beat(self) -> None:
        if time.monotonic() >= self._next:
            beat_of_this_cluster()
            self._next = time.monotonic() + BEAT_SECONDS


def cluster_name() -> str:
    return os.environ.get(CLUSTER_NAME_VARIABLE, f"cluster {settings.HOST_NAME}")


def last_beat(name: str) -> datetime.datetime | None:
    return Pulse.objects.filter(name=name).values_list("beat_at", flat=True).first()


def silence() -> list[str]:
    """Which parts have been silent too long: [] | 'queue' | 'dispatcher'. What people are told of."""
    now = timezone.now()
    # A beat in the future was made before the clock was put back: it says nothing of now.
    heard = {
        name for name, at in Pulse.objects.values_list("name", "beat_at") if abs(now - at) <= SILENT_AFTER
    }
    silent = []
    if not heard - {DISPATCHER}:
        silent.append("queue")
    if DISPATCHER not in heard:
        silent.append(DISPATCHER)
    return silent
