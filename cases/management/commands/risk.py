"""`manage.py risk`: the risk class of a case, as JSON."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from cases.assessment.policy import risk_model
from cases.assessment.policy.problems import PolicyRefused
from cases.assessment.policy.risk_terms import RiskModel
from cases.findings.as_json import json_text
from cases.management import one_case, printing
from cases.management.database import require_database
from cases.management.policy_files import WRONG, read_document, refusal
from cases.models import Case
from cases.workflows.casework import risk, risk_in_force
from cases.workflows.policy.versions import NothingInForce

LANGUAGE = "en"


class Command(BaseCommand):
    """Work out the risk class of a case and print it with every factor; nothing is kept."""

    help = (
        "Print the risk class of a case as JSON: gates, groups and every factor with its state, points and what it "
        "rests on. By the model in force, or by the one given. It is provisional while a question is not answered or a "
        "hit is open. docs/policy.md explains every key. Exits 2 if there is no such case, its result cannot be read "
        "or is about another organisation, or the model cannot be used."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case, and by which model."""
        parser.add_argument("--case", required=True, metavar="REF", help="such as C-2026-000123")
        parser.add_argument("--model", metavar="FILE", help="a risk model as JSON. Default: the one in force")
        parser.add_argument("--json", action="store_true", help="as JSON, which is the only form there is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one object, or say what is wrong and print nothing."""
        with translation.override(LANGUAGE):
            given = _model(options["model"]) if options["model"] else None
            require_database()
            one_case.require(options["case"], WRONG)
            case = Case.objects.get(reference=options["case"])
            try:
                model = given or risk.model_in_force()
                found = risk_in_force.of_case(case, model, timezone.localdate())
            except NothingInForce as problem:
                raise CommandError("No risk model is in force: run migrate.", returncode=WRONG) from problem
            except risk.CannotAssess as problem:
                words = f"No class of {case} can be worked out. {problem.words}"
                raise CommandError(words, returncode=WRONG) from problem
            printing.write(self.stdout, json_text.write(found.as_json()))


def _model(name: str) -> RiskModel:
    """The risk model of a file."""
    try:
        return risk_model.read(read_document(name))
    except PolicyRefused as refused:
        raise refusal(name, refused, "risk model") from refused
