"""`manage.py erase_detail`: erase the detail of one event, as the law may demand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from cases.management import one_case
from cases.management.database import require_database
from cases.models import Case, User
from cases.workflows.audit import erasing
from cases.workflows.audit.chain_walk import OF_PORTAL


class Command(BaseCommand):
    """Erase the detail of an event, and record that in the timeline."""

    help = (
        "Erase the detail of one event of a case: names and words, for good. An event of its own tells who did it and "
        "why, and the chain holds as before. Needs the right to change details: where the portal has a role of its "
        "own, DATABASE_OWNER_URL. What reports and backups hold is not reached: docs/audit.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case, the event, the person and the reason."""
        parser.add_argument(
            "case",
            metavar="CASE",
            help="the case's reference, such as C-2026-000123; portal for what is of no case",
        )
        parser.add_argument("event", metavar="EVENT", type=int, help="the number of the event in its case")
        parser.add_argument("--by", metavar="USER", required=True, help="your user name in the portal")
        parser.add_argument("--reason", required=True, help="why; the timeline keeps it, so name nobody")

    def _case(self, reference: str) -> Case | None:
        if reference == OF_PORTAL:
            return None
        one_case.require(reference)
        return Case.objects.get(reference=reference)

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase the detail and print that it is gone, without what it was."""
        require_database()
        case = self._case(options["case"])
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("Give a reason: nothing is erased without one.")
        person = User.objects.filter(username=options["by"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active person with the user name {options['by']!r}.")
        try:
            event = erasing.erase(case, options["event"], reason, person)
        except erasing.NothingToErase as problem:
            raise CommandError(str(problem)) from problem
        except ProgrammingError as problem:
            raise CommandError(
                "This role may not erase details. Run the command with the owner's address: DATABASE_OWNER_URL."
            ) from problem
        self.stdout.write(
            f"{options['case']}: the detail of event {options['event']} is erased; event {event.sequence} tells of it."
        )
