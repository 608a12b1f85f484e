"""`manage.py requirements`: what a complete case must show, and how far this one does, as JSON."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from cases.findings.as_json import json_text
from cases.management import one_case, printing
from cases.management.database import require_database
from cases.management.policy_files import WRONG
from cases.models import Case
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.policy.versions import NothingInForce

LANGUAGE = "en"


class Command(BaseCommand):
    """Print every requirement of a case with its state; nothing is kept."""

    help = (
        "Print the requirements of a case as JSON: each with its state, what it rests on, by whom it is met or waived, "
        "and from which day its evidence is too old. docs/casework.md explains every key. Exits 2 if there is no such "
        "case."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case."""
        parser.add_argument("--case", required=True, metavar="REF", help="such as C-2026-000123")
        parser.add_argument("--json", action="store_true", help="as JSON, which is the only form there is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one object, or say what is wrong and print nothing."""
        with translation.override(LANGUAGE):
            require_database()
            one_case.require(options["case"], WRONG)
            case = Case.objects.select_related("organisation").get(reference=options["case"])
            try:
                found = requirement_status.of_case(case, timezone.localdate())
            except NothingInForce as problem:
                raise CommandError(
                    "No requirement set is in force: run migrate.", returncode=WRONG
                ) from problem
            printing.write(self.stdout, json_text.write(found.as_json()))
