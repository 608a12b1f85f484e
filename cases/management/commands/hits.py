"""`manage.py hits`: the hits of a case and what people judged them to be, as JSON."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cases.findings.as_json import json_text
from cases.management import one_case, printing
from cases.management.database import require_database
from cases.models import Case
from cases.presentation import hits_json
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read

WRONG = 2
LANGUAGE = "en"


class Command(BaseCommand):
    """Print every hit of the capture that is read; nothing is kept."""

    help = (
        "Print the hits of a case as JSON: each with the entry, the compared lines, its newest judgement, and why that "
        "does not hold any more. docs/casework.md explains every key. Exits 2 if there is no such case, or its result "
        "cannot be read or is about another organisation."
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
            sessions = sessions_of(Case.objects.get(reference=options["case"]).pk)
            reading = read_session(to_read(sessions), sessions)
            if reading.is_about_another:
                raise CommandError("The result is about another organisation.", returncode=WRONG)
            if reading.spoiled:
                raise CommandError(str(reading.spoiled), returncode=WRONG)
            printing.write(self.stdout, json_text.write({"hits": hits_json.hits_of(reading)}))
