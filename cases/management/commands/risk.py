"""`manage.py risk`: the risk class of a case, as JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from cases.assessment.policy import risk_model
from cases.assessment.policy.problems import PolicyRefused
from cases.assessment.policy.risk_terms import RiskModel
from cases.findings.as_json import json_text
from cases.management import one_case, printing
from cases.management.database import require_database
from cases.models import Case
from cases.provider.errors import CannotUnderstand
from cases.provider.result.parsing import parse_json
from cases.workflows.casework import risk
from cases.workflows.policy.versions import NothingInForce

WRONG = 2
LANGUAGE = "en"
LIMIT = 2**20  # bytes of a risk model


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
                assessment = risk.assessed(case, model, timezone.localdate())
            except NothingInForce as problem:
                raise CommandError("No risk model is in force: run migrate.", returncode=WRONG) from problem
            except risk.CannotAssess as problem:
                words = f"No class of {case} can be worked out. {problem.words}"
                raise CommandError(words, returncode=WRONG) from problem
            printing.write(self.stdout, json_text.write(assessment.as_json()))


def _model(name: str) -> RiskModel:
    """The risk model of a file."""
    try:
        return risk_model.read(_document(name))
    except PolicyRefused as refused:
        problems = "".join(
            f"\n  {problem.place or 'document'}: {problem.words}" for problem in refused.problems
        )
        raise CommandError(
            f"{name} is no risk model that can be used:{problems}", returncode=WRONG
        ) from refused


def _document(name: str) -> object:
    try:
        with Path(name).open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise CommandError(f"{name} cannot be read: {reason}.", returncode=WRONG) from problem
    if len(data) > LIMIT:
        raise CommandError(f"{name} is larger than {LIMIT // 2**20} MiB.", returncode=WRONG)
    try:
        return parse_json(data)
    except CannotUnderstand as problem:
        raise CommandError(f"{name} is not a JSON object that can be read.", returncode=WRONG) from problem
