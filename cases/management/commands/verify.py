"""`manage.py verify`: verify_audit and verify_evidence, one after the other."""

from typing import Any

from django.core.management.base import CommandParser

from cases.management.verifying import Verifying
from cases.workflows.verification.suspicion import SuspicionRun
from cases.workflows.verification.verify import AuditRun, EvidenceRun, Run


class Command(Verifying):
    """Verify trail, rows and files, or some of them; exit 1 if anything does not hold."""

    help = (
        "Walk the audit trail, hold every row against it, and read every stored file against its hash: what "
        "verify_audit and verify_evidence do. Run it every night. Exits 1 if anything does not hold."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which of the two, the case's reference, and the form of the answer."""
        super().add_arguments(parser)
        parser.add_argument("--audit", action="store_true", help="only the trail and the rows")
        parser.add_argument("--evidence", action="store_true", help="only the files")

    def runs(self, options: dict[str, Any]) -> list[type[Run]]:
        """The runs that the options name; all if they name none."""
        wanted = {
            AuditRun: options["audit"],
            SuspicionRun: options["audit"],
            EvidenceRun: options["evidence"],
        }
        return [run for run, is_wanted in wanted.items() if is_wanted] or list(wanted)
