"""`manage.py verify_audit`: walk the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from cases.management import one_case
from cases.management.database import require_database
from cases.workflows import audit
from cases.workflows.audit import Break


class Command(BaseCommand):
    """Walk every chain, name every place where it does not hold, and exit 1 if there is one."""

    help = (
        "Walk the audit trail of every case, and the portal's own, and recompute its hashes. Each place where a chain "
        "does not hold is one line: case (or portal), number of the event in its chain, id of its row, what is wrong. "
        "Exits 1 if there is any. How to read it: docs/audit.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case's reference."""
        one_case.add_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the breaks as they are found, then how much was walked."""
        require_database()
        reference = options["case"]
        one_case.require(reference)
        try:
            broken = self._walk(reference)
        except DatabaseError as problem:
            raise CommandError(
                f"A row of the audit trail cannot be read ({type(problem).__name__}). Walk the cases one by one with "
                "--case to find it."
            ) from problem
        if broken:
            raise SystemExit(1)

    def _walk(self, reference: str | None) -> bool:
        cases = events = erased = 0
        and_portal = ""
        broken: list[str] = []
        for walked in audit.walk(reference):
            if walked.reference == audit.OF_PORTAL:
                and_portal = " and the portal"
            else:
                cases += 1
            events, erased = events + walked.events, erased + walked.erased
            for place in walked.breaks:
                self.stdout.write(_line(place))
            if walked.breaks:
                broken.append(walked.reference)
        verdict = f"{len(broken)} DO NOT HOLD" if broken else "every chain holds"
        self.stdout.write(f"{cases} cases{and_portal}, {events} events, {erased} details erased: {verdict}.")
        return bool(broken)


def _line(place: Break) -> str:
    if place.event is None and place.problem.startswith(("the case", "the portal")):
        return f"{place.reference}: {place.problem}"
    row = "" if place.event is None else f" (row {place.event})"
    return f"{place.reference}: event {place.sequence}{row} {place.problem}"
