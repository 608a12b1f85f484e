"""`manage.py hits`: the hits of a case and what people judged them to be, as JSON."""

from typing import Any

from cases.management.case_command import CaseCommand, wrong
from cases.models import Case
from cases.presentation import hits_json
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


class Command(CaseCommand):
    """Print every hit of the capture that is read."""

    help = (
        "Print the hits of a case as JSON: each with the entry, the compared lines, its newest judgement, and why that "
        "does not hold any more. docs/casework.md explains every key. Exits 2 if there is no such case, or its result "
        "cannot be read or is about another organisation."
    )

    def about(self, case: Case, options: dict[str, Any]) -> dict[str, Any]:
        """The hits, in the order of the screening."""
        sessions = sessions_of(case.pk)
        reading = read_session(to_read(sessions), sessions)
        if reading.is_about_another:
            raise wrong("The result is about another organisation.")
        if reading.spoiled:
            raise wrong(str(reading.spoiled))
        return {"hits": hits_json.hits_of(reading)}
