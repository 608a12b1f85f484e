"""`manage.py owners`: who may be a beneficial owner of a case's organisation, and what people concluded, as JSON."""

from typing import Any

from django.utils import timezone

from cases.management.case_command import CaseCommand
from cases.models import Case
from cases.workflows.casework.owners import case_owners
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.policy.versions import NothingInForce


class Command(CaseCommand):
    """Print the candidates of a case with what is reckoned of each and what was concluded."""

    help = (
        "Print who may be a beneficial owner as JSON: each candidate with why, the answer of each rule set, family "
        "questions, the conclusion that counts, and searches elsewhere. docs/casework.md explains every key. Exits 2 "
        "if there is no such case."
    )

    def about(self, case: Case, options: dict[str, Any]) -> dict[str, Any]:
        """The owners of the capture that is read, with searches of them if a requirement set is in force."""
        today = timezone.localdate()
        try:
            searches = requirement_status.of_case(case, today).searches_by_party
        except NothingInForce:
            searches = {}
        return case_owners.of_case(case, today).as_json(searches)
