"""The dispatcher: wakes everything that is due by time. Of those of several machines one has the turn to wake."""

import logging
import signal
import threading
import time
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from cases.evidence import evidence_files
from cases.workflows import heartbeat
from cases.workflows.background import jobs
from cases.workflows.capture import advancing
from cases.workflows.locks import leases
from cases.workflows.locks.turn import Turn
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
        stop, rounds = threading.Event(), Rounds()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.wait(options["every"]):
            try:
                close_old_connections()
                rounds.take()
            except advancing.DATABASE_TROUBLE as problem:
                log.warning("no database for now: %s", type(problem).__name__)
                connection.close()
        with suppress(*advancing.DATABASE_TROUBLE):
            rounds.turn.give_back()


class Rounds:
    """The rounds of one dispatcher. What concerns this machine alone it does always, the rest when it has the turn."""

    def __init__(self) -> None:
        self.turn = Turn()
        self._next_beat = self._next_sweep = self._next_prune = 0.0

    def take(self) -> None:
        """Do what is to be done now. Raises DatabaseError or InterfaceError while the database is away."""
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_SECONDS
            _sweep()
        leases.free_what_the_dead_hold()
        if not self.turn.is_ours():
            return
        if now >= self._next_beat:
            heartbeat.beat(heartbeat.DISPATCHER)  # that somebody wakes, not that somebody could
            self._next_beat = now + heartbeat.BEAT_SECONDS
        if now >= self._next_prune:
            self._next_prune = now + SWEEP_SECONDS
            pruning.prune()
        advancing.wake_due()
        jobs.wake_due()


def _sweep() -> None:
    """Sweep the folder for downloads; one that is out of reach keeps nothing else from being done."""
    try:
        evidence_files.sweep_incoming()
    except OSError as problem:
        log.warning("the folder for downloads cannot be swept: %s", type(problem).__name__)
