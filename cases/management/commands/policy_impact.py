"""`manage.py policy_impact`: what a policy document would do to the stored cases, as JSON; nothing is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from cases.assessment.policy import hit_reasons, requirement_set, risk_model
from cases.assessment.policy.problems import PolicyRefused
from cases.findings.as_json import json_text
from cases.management import printing
from cases.management.database import require_database
from cases.management.policy_files import WRONG, read_document, refusal
from cases.models import Case
from cases.workflows.casework import impact
from cases.workflows.policy.versions import NothingInForce

LANGUAGE = "en"


class Command(BaseCommand):
    """Hold every open case against a document that is not in force."""

    help = (
        "Print what a policy document would do to the open cases: who would get another class, which requirements "
        "would stand otherwise, which "
        "judgements could not be made any more or would need a second person. docs/policy.md explains every key. "
        "Nothing is written. Exits 2 if the document cannot be used, or nothing is in force to compare with."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the document."""
        parser.add_argument("file", metavar="FILE", help="a policy document as JSON")
        parser.add_argument("--json", action="store_true", help="as JSON, which is the only form there is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one object, or say what is wrong and print nothing."""
        with translation.override(LANGUAGE):
            name = options["file"]
            document = read_document(name)
            require_database()
            cases = Case.objects.open().order_by("reference").iterator()
            try:
                kind, found = _impact(document, cases)
            except PolicyRefused as refused:
                raise refusal(name, refused) from refused
            except NothingInForce as problem:
                raise CommandError(
                    "Nothing is in force to compare with: run migrate.", returncode=WRONG
                ) from problem
            printing.write(
                self.stdout, json_text.write({"kind": kind, "file": Path(name).name, **found.as_json()})
            )


def _impact(document: dict[str, Any], cases: Iterator[Case]) -> tuple[str, impact.Impact]:
    """What kind of document it is, and what it would do."""
    if document.get("format") == requirement_set.FORMAT:
        draft = requirement_set.read(document)
        return "requirement_set", impact.of_requirement_set(draft, cases, timezone.localdate())
    if document.get("format") == hit_reasons.FORMAT:
        return "hit_reasons", impact.of_hit_reasons(hit_reasons.read(document), cases)
    return "risk_model", impact.of_risk_model(risk_model.read(document), cases, timezone.localdate())
