"""`manage.py verify_evidence`: hash every stored file."""

from typing import Any

from cases.management.verifying import Verifying
from cases.workflows.verification.verify import EvidenceRun, Run


class Command(Verifying):
    """Hash every stored file, and exit 1 if one is missing, changed, swapped with another, or extra."""

    help = (
        "Read every stored file – results, PDFs, answers that could not be read, reports – and hold it against its "
        "hash: missing, changed, swapped, or extra. Each is one line. Exits 1 if there is any. How to read it: "
        "docs/audit.md."
    )

    def runs(self, options: dict[str, Any]) -> list[type[Run]]:
        """Only the run over the stored files."""
        return [EvidenceRun]
