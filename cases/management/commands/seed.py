"""`manage.py seed`: invented people and cases."""

import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.management.database import require_database
from cases.management.sandbox_organisations import SandboxOrganisations
from cases.workflows import demo_data
from cases.workflows.demo_data import people
from cases.workflows.diagnostics.environment import is_local

MOST = 100_000


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
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which invented cases [1]")
        parser.add_argument(
            "--anyway", action="store_true", help="also where the provider is not on this machine"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the people, then the cases."""
        number = options["cases"] or 0
        if not options["people"] and not number:
            raise CommandError("Say what to add: --people, --cases N, or both.")
        if not 0 <= number <= MOST:
            raise CommandError(f"--cases: give a number up to {MOST}.")
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
                self._cases(number, options["seed"], is_shown=options["verbosity"] > 0)
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
        seconds = time.monotonic() - began
        if is_shown:
            self.stdout.write(f"{added} cases added, {number - added} were there already ({seconds:.1f} s).")
