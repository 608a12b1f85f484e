"""`manage.py decision`: what was decided of a case, by whom, and what it rests on, as JSON."""

from typing import Any

from cases.management.case_command import CaseCommand
from cases.models import Case
from cases.presentation import decision_json
from cases.workflows.casework.decisions import proposals


class Command(CaseCommand):
    """Print the newest decision of a case with what it rests on."""

    help = (
        "Print the decision of a case as JSON: its state, who proposed and who approved it, its digest, what it rests "
        "on, and why it is void. docs/casework.md explains every key. Exits 2 if there is no such case."
    )

    def about(self, case: Case, options: dict[str, Any]) -> dict[str, Any]:
        """The newest decision, whatever became of it."""
        return decision_json.of_decision(proposals.newest_of(case, proposals.of_case(case)))
