"""The queue's cluster, with a watchdog outside it that is fed by tasks that ran, not by processes that exist."""

import logging
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from amlportal.file_lock import file_lock
from amlportal.processes import MANAGE, Child, keep, kill_leftovers
from cases.evidence import evidence_files
from cases.queue import Job, enqueue
from cases.workflows import heartbeat
from cases.workflows.capture import advancing

log = logging.getLogger(__name__)

GRACE_SECONDS = 8.0


class Watchdog:
    """Sends a job round the queue every few seconds, and replaces a cluster that lives but runs none."""

    def __init__(self, cluster: Child, name: str) -> None:
        self.cluster = cluster
        self.name = name
        self._next_round = 0.0

    def check(self) -> None:
        if time.monotonic() < self._next_round:
            return
        self._next_round = time.monotonic() + heartbeat.BEAT_SECONDS
        try:
            close_old_connections()
            silent = self._silent_seconds()
            enqueue(Job.HEARTBEAT)
        except advancing.DATABASE_TROUBLE as problem:
            # Without the database nobody can beat: that is no fault of the cluster.
            log.warning("the watchdog cannot see: %s", type(problem).__name__)
            self.cluster.started_at = time.monotonic()
            return
        if silent > settings.QUEUE_PATIENCE_SECONDS:
            log.error("the queue has run no task for %.0f s; its cluster is replaced", silent)
            self.cluster.kill_group()

    def _silent_seconds(self) -> float:
        since_start = time.monotonic() - self.cluster.started_at
        beat = heartbeat.last_beat(self.name)
        return since_start if beat is None else min(since_start, abs((timezone.now() - beat).total_seconds()))


class Command(BaseCommand):
    help = "Run the queue's workers, and replace them when they live but do no work. Stop with SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.VAR_DIR)
        with file_lock(folder / "worker.lock") as is_ours:
            if not is_ours:
                raise CommandError(
                    f"A worker runs here already ({folder}). For more workers set QUEUE_WORKERS."
                )
            name = f"{settings.HOST_NAME}:{folder.resolve()}"
            kill_leftovers(heartbeat.CLUSTER_NAME_VARIABLE, name)
            try:
                evidence_files.sweep_at_start()
            except OSError as problem:
                log.warning("the folder for downloads cannot be swept: %s", type(problem).__name__)
            cluster = Child("queue", [*MANAGE, "qcluster"], {heartbeat.CLUSTER_NAME_VARIABLE: name})
            keep([cluster], Watchdog(cluster, name).check, grace_seconds=GRACE_SECONDS)
