"""`manage.py requirements`: what a complete case must show, and how far this one does, as JSON."""

from typing import Any

from django.utils import timezone

from cases.management.case_command import CaseCommand, wrong
from cases.models import Case
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.policy.versions import NothingInForce


class Command(CaseCommand):
    """Print every requirement of a case with its state."""

    help = (
        "Print the requirements of a case as JSON: each with its state, what it rests on, by whom it is met or waived, "
        "and from which day its evidence is too old. docs/casework.md explains every key. Exits 2 if there is no such "
        "case."
    )

    def about(self, case: Case, options: dict[str, Any]) -> dict[str, Any]:
        """The requirements of the set that the case has."""
        try:
            return requirement_status.of_case(case, timezone.localdate()).as_json()
        except NothingInForce as problem:
            raise wrong("No requirement set is in force: run migrate.") from problem
