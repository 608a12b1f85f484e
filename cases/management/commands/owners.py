"""`manage.py owners`: who may be a beneficial owner of a case's organisation, and what people concluded, as JSON."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from cases.findings.as_json import json_text
from cases.management import one_case, printing
from cases.management.database import require_database
from cases.management.policy_files import WRONG
from cases.models import Case
from cases.workflows.casework.owners import case_owners

LANGUAGE = "en"


class Command(BaseCommand):
    """Print the candidates of a case with what is reckoned of each and what was concluded; nothing is kept."""

    help = (
        "Print who may be a beneficial owner as JSON: each candidate with why, the answer of each rule set, family "
        "questions, and the conclusion that counts. docs/casework.md explains every key. Exits 2 if there "
        "is no such case."
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
            case = Case.objects.get(reference=options["case"])
            found = case_owners.of_case(case, timezone.localdate())
            printing.write(self.stdout, json_text.write(found.as_json()))
