"""`manage.py chaos`, which `./portal chaos` starts: the whole portal under load and faults."""

import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from amlportal.chaos import options as known
from amlportal.chaos import plan as plans
from amlportal.chaos import postgresql, stack
from amlportal.chaos.blows import Blows
from amlportal.chaos.plan import Plan
from amlportal.chaos.postgresql import Server
from amlportal.chaos.stack import Stack
from cases.management import under_load

ROUND_SECONDS = 0.5
PROGRESS_EVERY_SECONDS = 10.0
# What is under way when the last blow fell has so long to end.
END_SECONDS = 240.0
PACE = ("--json-seconds", "1", "--report-seconds", "2")
# Patience that fits minutes, not days: a queue that does no work is replaced soon, and an order in doubt is sent again
# more often than the portal does by itself, as a person would decide.
PATIENCE = {
    "QUEUE_PATIENCE_SECONDS": "20",
    "LEASE_SECONDS": "60",
    "AML_CREATE_RETRIES": "3",
    "LOG_LEVEL": "WARNING",
}


class Stopped(Exception):
    """Ctrl-C, or SIGTERM."""


class Command(BaseCommand):
    """Run the portal under load and faults, and print what was lost."""

    help = "Load the portal, break what runs, and count what is lost. Start it with ./portal chaos."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the options of `./portal chaos`."""
        known.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, load, break, wait, count, and stop all that was started."""
        folder = Path(settings.VAR_DIR)
        if os.environ.get(known.OWN_FOLDER) != str(folder):
            raise CommandError(
                "This breaks what it runs on: start it with ./portal chaos, in a folder of its own."
            )
        for number in known.STOPS:
            signal.signal(number, _stop)
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, known.STOPS)
            is_good = self._run(folder, options)
        except Stopped:
            raise SystemExit(130) from None
        except TimeoutError as problem:
            raise CommandError(f"It did not start: {problem}") from problem
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if not is_good:
            raise SystemExit(1)

    def _run(self, folder: Path, options: dict[str, Any]) -> bool:
        seconds = 60 * options["minutes"]
        numbers = (options["sessions"], options["kills"], options["restarts"])
        plan = plans.drawn(options["seed"], seconds, *numbers)
        self.stdout.write(
            f"seed {options['seed']}, {options['minutes']:g} min, {options['database']}: {numbers[0]} sessions whose "
            f"results live {options['life']:g} s, {numbers[1]} kills, {numbers[2]} crashes of the database"
        )
        sandbox = (*PACE, "--lifetime-seconds", str(options["life"]))
        with ExitStack() as all_of_it:
            server = all_of_it.enter_context(_server()) if options["database"] == known.POSTGRESQL else None
            running = all_of_it.enter_context(stack.running(folder, sandbox_options=sandbox, more=PATIENCE))
            all_of_it.callback(_stop_listening)
            blows = Blows(running, server)
            self._load(plan, running, blows)
            at_provider = Counter(one["organisation"] for one in running.stats()["by_session"].values())
            account = under_load.accounted(plan, at_provider)
            connection.close()
        struck = ", ".join(f"{kind} {times}" for kind, times in sorted(blows.struck.items()))
        self.stdout.write("\n".join((f"{'struck':<12}{struck}", *account.lines())))
        if not account.is_good:
            self.stdout.write(f"struck at: {', '.join(blows.times)}")
        return account.is_good

    def _load(self, plan: Plan, running: Stack, blows: Blows) -> None:
        began, left = time.monotonic(), list(plan.blows)
        next_word = began + PROGRESS_EVERY_SECONDS
        with _opening(plan, running, began) as orders:
            ends = began + END_SECONDS
            while orders.is_alive() or left or under_load.under_way() != 0:
                now = time.monotonic()
                if orders.is_alive() or left:
                    ends = now + END_SECONDS
                elif now > ends:
                    return
                running.keep_serving()
                if left and now >= began + left[0].at:
                    blows.strike(left.pop(0))
                if now >= next_word:
                    next_word = now + PROGRESS_EVERY_SECONDS
                    self.stderr.write(
                        f"{now - began:4.0f} s: {under_load.under_way()} under way, {len(left)} blows to come"
                    )
                time.sleep(ROUND_SECONDS)


@contextmanager
def _opening(plan: Plan, running: Stack, began: float) -> Iterator[threading.Thread]:
    """Open the cases of the plan in a thread while the block runs."""
    stop = threading.Event()
    orders = threading.Thread(target=under_load.open_all, args=(plan, running, began, stop))
    orders.start()
    try:
        yield orders
    finally:
        stop.set()
        orders.join()


@contextmanager
def _server() -> Iterator[Server]:
    """Run the PostgreSQL server that the settings name while the block runs."""
    named = connection.settings_dict
    with postgresql.running(port=int(named["PORT"]), password=named["PASSWORD"]) as server:
        yield server


def _stop(_number: int, _frame: object) -> None:
    _stop_listening()
    raise Stopped


def _stop_listening() -> None:
    """Ignore SIGTERM and SIGINT from now on, so that all that was started is stopped."""
    for number in known.STOPS:
        signal.signal(number, signal.SIG_IGN)
