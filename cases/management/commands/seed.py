"""`manage.py seed`: invented people and cases."""

import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.management.database import require_database
from cases.management.sandbox_organisations import SandboxOrganisations
from cases.models import Case
from cases.workflows import demo_data
from cases.workflows.demo_data import assessed, bulk, decided, in_every_state, judged, people, suspected
from cases.workflows.diagnostics.environment import is_local

MOST, MOST_IN_BULK = 100_000, 2_000_000
SECONDS_BETWEEN_LINES = 10.0  # of progress, where nobody watches
NOT_WRITTEN = (
    "The files of these cases are not written, so their results and documents cannot be opened, and `verify_evidence` "
    "names every one: only lists, search, My work and the timeline are real."
)


class Command(BaseCommand):
    """Add invented people and cases, for a demonstration or a measurement."""

    help = (
        "Add invented people and cases. The same --seed gives the same cases, seen from today; what is there already "
        "stays as it is, so running it again adds only what is missing. No session is left that the portal would go on "
        "with, so nothing is ordered. Evidence can never be removed again: where the provider is not a sandbox on this "
        "machine, --anyway is needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to add."""
        parser.add_argument("--people", action="store_true", help="somebody to sign in as for each role")
        parser.add_argument(
            "--password", help="their password; without it each gets one of their own, shown once"
        )
        parser.add_argument("--cases", type=int, metavar="N", help="see that there are N invented cases")
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="very many, to measure lists and search: copies with rows and audit chains, without files",
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which invented cases [1]")
        parser.add_argument(
            "--anyway", action="store_true", help="also where the provider is not on this machine"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the people, then the cases."""
        number = options["cases"] or 0
        if not options["people"] and not number:
            raise CommandError("Say what to add: --people, --cases N, or both.")
        most = MOST_IN_BULK if options["bulk"] else MOST
        if not 0 <= number <= most:
            raise CommandError(f"--cases: give a number up to {most}.")
        if options["bulk"] and not number:
            raise CommandError("--bulk is about --cases N.")
        if options["password"] is not None and not options["people"]:
            raise CommandError("--password is that of --people.")
        if not options["anyway"] and not is_local(settings.AML_ISSUER):
            raise CommandError(
                "The provider in the settings is not a sandbox on this machine, so people may work with this portal, "
                "and what is seeded cannot be removed again. Add --anyway if that is what you want."
            )
        require_database()
        try:
            if options["people"]:
                self._people(options["password"], is_shown=options["verbosity"] > 0)
            if number:
                add = self._in_bulk if options["bulk"] else self._cases
                add(number, options["seed"], is_shown=options["verbosity"] > 0)
        except bulk.NoNumbersLeft as problem:
            raise CommandError(
                "There are too many organisations for the numbers that --bulk makes up."
            ) from problem
        except people.NameTaken as problem:
            raise CommandError(
                f"Somebody who was not seeded is called {problem} already. Nothing was changed for them."
            ) from problem
        except ValidationError as problem:
            raise CommandError(f"--password: {' '.join(problem.messages)}") from problem

    def _people(self, password: str | None, *, is_shown: bool) -> None:
        for login in people.let_sign_in(password):
            if not (is_shown or login.password):
                continue  # a password made here is shown in any case: nobody could learn it later
            person = login.person
            own = f"  password {login.password}" if login.password else ""
            self.stdout.write(f"{person.username:<14} {person.first_name} {person.last_name:<10}{own}")

    def _cases(self, number: int, seed: int, *, is_shown: bool) -> None:
        began, added, is_watched = time.monotonic(), 0, self.stderr.isatty()
        for some in demo_data.cases(number, seed, SandboxOrganisations(), timezone.now()):
            added += some
            if is_watched:
                self.stderr.write(f"\r{added} cases", ending="")
        if is_watched:
            self.stderr.write("")
        cast = people.ensure()
        in_every_state.see_every_state(demo_data.submissions(seed, number), cast)
        hits = judged.judge_some(demo_data.submissions(seed, number), cast)
        classes = assessed.assess_some(demo_data.submissions(seed, number), cast)
        decisions = decided.decide_some(demo_data.submissions(seed, number), cast)
        suspected.suspect_one(demo_data.submissions(seed, number), cast)
        assessed.work_out_columns()
        seconds = time.monotonic() - began
        if is_shown:
            self.stdout.write(f"{added} cases added, {number - added} were there already ({seconds:.1f} s).")
            if hits:
                self.stdout.write(f"{hits} hits judged.")
            if classes:
                self.stdout.write(f"Questions of {classes} cases answered.")
            if decisions:
                self.stdout.write(f"Decisions of {decisions} cases proposed.")

    def _in_bulk(self, number: int, seed: int, *, is_shown: bool) -> None:
        if is_shown:
            self.stdout.write(NOT_WRITTEN)
        began, counts = time.monotonic(), bulk.Counts()
        progress = _Progress(self, number)
        try:
            for added in bulk.cases(number, seed, SandboxOrganisations(), timezone.now()):
                counts += added
                progress.tell(counts[Case])
        except KeyboardInterrupt as interrupt:
            raise CommandError(
                f"Broken off: {counts[Case]:,} cases were added, each with all its rows. "
                "The same command goes on from there."
            ) from interrupt
        finally:
            progress.end()
        seconds = time.monotonic() - began
        if is_shown:
            for model, rows in counts.items():
                self.stdout.write(f"{rows:>12,} {model._meta.db_table}")
            there = number - counts[Case]
            self.stdout.write(f"{counts[Case]} cases added, {there} were there already ({seconds:.1f} s).")


class _Progress:
    """How far it is, and how fast it went since it began to write."""

    def __init__(self, command: Command, number: int) -> None:
        self._stderr, self._number = command.stderr, number
        self._is_watched = self._stderr.isatty()
        self._began, self._first, self._last = time.monotonic(), 0, 0.0

    def tell(self, done: int) -> None:
        """So many are done."""
        now = time.monotonic()
        if not self._first:  # what they are copied from took its time
            self._began, self._first = now, done
        if not self._is_watched and now - self._last < SECONDS_BETWEEN_LINES:
            return
        self._last = now
        rate = (done - self._first) / (now - self._began) if now > self._began else 0
        line = f"{done:,} of {self._number:,} cases" + (f", {rate:,.0f} a second" if rate else "")
        self._stderr.write(f"\r{line}" if self._is_watched else line, ending="" if self._is_watched else "\n")

    def end(self) -> None:
        """Leave the line."""
        if self._is_watched:
            self._stderr.write("")
