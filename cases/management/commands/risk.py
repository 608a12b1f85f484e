"""`manage.py risk`: the risk class of a case, as JSON."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cases.assessment.policy import risk_model
from cases.assessment.policy.problems import PolicyRefused
from cases.assessment.policy.risk_terms import RiskModel
from cases.management.case_command import CaseCommand, wrong
from cases.management.policy_files import read_document, refusal
from cases.models import Case
from cases.workflows.casework import risk, risk_in_force
from cases.workflows.policy.versions import NothingInForce


class Command(CaseCommand):
    """Work out the risk class of a case and print it with every factor."""

    help = (
        "Print the risk class of a case as JSON: gates, groups and every factor with its state, points and what it "
        "rests on. By the model in force, or by the one given. It is provisional while a question is not answered or a "
        "hit is open. docs/policy.md explains every key. Exits 2 if there is no such case, its result cannot be read "
        "or is about another organisation, or the model cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case, and by which model."""
        super().add_arguments(parser)
        parser.add_argument("--model", metavar="FILE", help="a risk model as JSON. Default: the one in force")

    def about(self, case: Case, options: dict[str, Any]) -> dict[str, Any]:
        """The class that counts, with everything that it comes from."""
        try:
            model = _model(options["model"]) if options["model"] else risk_in_force.model_of(case)
            return risk_in_force.of_case(case, model, timezone.localdate()).as_json()
        except NothingInForce as problem:
            raise wrong("No risk model is in force: run migrate.") from problem
        except risk.CannotAssess as problem:
            raise wrong(f"No class of {case} can be worked out. {problem.words}") from problem


def _model(name: str) -> RiskModel:
    """The risk model of a file."""
    try:
        return risk_model.read(read_document(name))
    except PolicyRefused as refused:
        raise refusal(name, refused, "risk model") from refused
