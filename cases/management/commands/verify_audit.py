"""`manage.py verify_audit`: walk the audit trail, and hold every row against it."""

from typing import Any

from cases.management.verifying import Verifying
from cases.workflows.verification.suspicion import SuspicionRun
from cases.workflows.verification.verify import AuditRun, Run


class Command(Verifying):
    """Walk the chain of every case, hold every row against its events, and exit 1 if anything does not hold."""

    help = (
        "Walk the audit trail of every case, and the portal's own, and recompute its hashes; then hold every order, "
        "result, hit, signature check, report and note, and the case itself, against the events that tell of it; then "
        "look for gaps in the references of cases, and verify the notes of suspicion. Each place that does not hold is "
        "one line. Exits 1 if there is any. How to read it: docs/audit.md."
    )

    def runs(self, options: dict[str, Any]) -> list[type[Run]]:
        """The run over the audit trail and the rows, and that over notes of suspicion, which is kept apart."""
        return [AuditRun, SuspicionRun]
