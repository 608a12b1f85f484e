"""What `verify`, `verify_audit` and `verify_evidence` share: do the runs, print findings, keep the outcome."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from cases.management import one_case
from cases.management.database import require_database
from cases.workflows.verification.verify import Run

SHOWN_EVERY_SECONDS = 0.2


class Verifying(BaseCommand):
    """A command that does verification runs one after the other; exits 1 if anything does not hold."""

    requires_system_checks: list[str] = []

    def runs(self, options: dict[str, Any]) -> list[type[Run]]:
        """Which runs these options ask for."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case's reference, and the form of the answer."""
        one_case.add_option(parser)
        parser.add_argument(
            "--json", action="store_true", help="print JSON: ok, and of each run what was found"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what does not hold as it is found, then how much was looked at."""
        require_database()
        one_case.require(options["case"])
        done, answer = [], {}
        for kind in self.runs(options):
            run = kind(options["case"])
            try:
                answer[str(run.kind).lower()] = self._do(run, as_json=options["json"])
            except DatabaseError as problem:
                raise CommandError(
                    f"A row cannot be read or kept ({type(problem).__name__}). Verify the cases one by one "
                    "with --case to find it."
                ) from problem
            done.append(run)
        is_sound = all(run.is_sound for run in done)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": is_sound, **answer}, indent=2))
        if not is_sound:
            raise SystemExit(1)

    def _do(self, run: Run, *, as_json: bool) -> dict[str, Any]:
        found: list[dict[str, str]] = []
        with Progress(str(run.kind.label), run.steps) as progress:
            run.on_progress = progress.step
            for problem in run.problems():
                if as_json:
                    found.append({"case": problem.reference, "problem": problem.text})
                else:
                    progress.clear()
                    self.stdout.write(str(problem))
        run.keep()
        if not as_json:
            for line in run.summary():
                self.stdout.write(line)
        return {**run.counts(), "problems": found}


class Progress:
    """Shows how far a run is, now and then on a terminal's standard error; nothing where there is no terminal."""

    def __init__(self, title: str, steps: Callable[[], int]) -> None:
        self._title, self._is_shown = title, sys.stderr.isatty()
        self._steps = steps() if self._is_shown else 0
        self._done, self._next = 0, 0.0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def step(self, steps: int) -> None:
        self._done += steps
        if self._is_shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + SHOWN_EVERY_SECONDS
            print(
                f"\r\x1b[K{self._title}: {self._done:,} of {max(self._steps, self._done):,}",
                end="",
                file=sys.stderr,
            )

    def clear(self) -> None:
        if self._is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
