"""`manage.py database_roles`: let the portal run as a role that cannot switch the guards off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.management.database import require_database
from cases.workflows.diagnostics import database_roles


class Command(BaseCommand):
    """Give a role of PostgreSQL just the rights that the portal needs."""

    help = (
        "Give a role of PostgreSQL just what the portal needs to run: rows of its tables, and of evidence no more than "
        "to read and add. Run it as the owner of the tables (DATABASE_OWNER_URL) after every migrate; done again it "
        "changes nothing. Makes no role and knows no password: createuser --pwprompt NAME. See docs/operations.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the role, and whether anything is to be done."""
        parser.add_argument("--run-as", metavar="NAME", required=True, help="the role in DATABASE_URL")
        parser.add_argument("--print", action="store_true", help="print the statements and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant the rights, or print the statements that would grant them."""
        require_database()
        try:
            statements = database_roles.grant(options["run_as"], dry_run=options["print"])
        except database_roles.CannotGrant as problem:
            raise CommandError(str(problem)) from problem
        if options["print"]:
            for statement in statements:
                self.stdout.write(f"{statement};")
            return
        self.stdout.write(f"{options['run_as']} has the rights that the portal needs, and no others.")
