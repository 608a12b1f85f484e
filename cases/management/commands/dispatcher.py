"""The dispatcher: wakes everything that is due by time."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from cases.evidence import evidence_files
from cases.workflows import heartbeat
from cases.workflows.background import jobs
from cases.workflows.capture import advancing
from cases.workflows.locks import leases
from cases.workflows.people import pruning

log = logging.getLogger(__name__)

SWEEP_SECONDS = 3600.0


class Command(BaseCommand):
    help = "Wake every session that is due by time. Stop with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, default=1.0, metavar="SECONDS", help="how often to look (1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        next_beat = next_sweep = 0.0
        while not stop.wait(options["every"]):
            now = time.monotonic()
            try:
                close_old_connections()
                if now >= next_beat:
                    heartbeat.beat(heartbeat.DISPATCHER)
                    next_beat = now + heartbeat.BEAT_SECONDS
                if now >= next_sweep:
                    next_sweep = now + SWEEP_SECONDS
                    _sweep()
                    pruning.prune()
                leases.free_what_the_dead_hold()
                advancing.wake_due()
                jobs.wake_due()
            except advancing.DATABASE_TROUBLE as problem:
                log.warning("no database for now: %s", type(problem).__name__)
                connection.close()


def _sweep() -> None:
    """Sweep the folder for downloads; one that is out of reach keeps nothing else from being done."""
    try:
        evidence_files.sweep_incoming()
    except OSError as problem:
        log.warning("the folder for downloads cannot be swept: %s", type(problem).__name__)
