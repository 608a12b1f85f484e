"""What every command about one case has: the case is named, and one JSON object comes out, the same twice."""

from abc import abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cases.findings.as_json import json_text
from cases.management import one_case, printing
from cases.management.database import require_database
from cases.models import Case

WRONG = 2
LANGUAGE = "en"


class CaseCommand(BaseCommand):
    """Print one object about a case, or say what is wrong, print nothing and exit with 2. Nothing is kept."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case."""
        parser.add_argument("--case", required=True, metavar="REF", help="such as C-2026-000123")
        parser.add_argument("--json", action="store_true", help="as JSON, which is the only form there is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the case and print what is said of it."""
        with translation.override(LANGUAGE):
            require_database()
            one_case.require(options["case"], WRONG)
            case = Case.objects.select_related("organisation").get(reference=options["case"])
            printing.write(self.stdout, json_text.write(self.about(case, options)))

    @abstractmethod
    def about(self, case: Case, options: dict[str, Any]) -> dict[str, Any]:
        """What is said of the case, in plain values. Raises CommandError."""


def wrong(words: str) -> CommandError:
    """The error of a command that has nothing to say."""
    return CommandError(words, returncode=WRONG)
