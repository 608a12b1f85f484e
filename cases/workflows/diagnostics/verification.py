"""Whether trail, rows and files were verified lately, and what the last run found."""

from collections.abc import Iterator

from cases.models import Case, Verification, VerificationKind
from cases.workflows.diagnostics import database
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "evidence"
COMMANDS = {VerificationKind.AUDIT: "verify_audit", VerificationKind.EVIDENCE: "verify_evidence"}
# Done with the audit trail, and told only when something is wrong: that there are notes is nobody's business.
SEALED = VerificationKind.SEALED
HOW = "Run `./portal manage verify` every night (docs/operations.md)."


def check() -> Iterator[Finding]:
    """Report the last runs even if the database is not as it should be: then it matters the most."""
    try:
        database.require()
    except database.NotUsable:
        yield wrong(SUBJECT, "Not looked at without a database.", "See to the database first.")
        return
    if not Case.objects.exists():
        yield ok(SUBJECT, "Nothing to verify yet.")
        return
    for kind, command in COMMANDS.items():
        yield _last(kind, command)
    sealed = Verification.last(SEALED)
    if sealed is not None and sealed.problems:
        yield _last(SEALED, "verify_audit")


def _last(kind: VerificationKind, command: str) -> Finding:
    last = Verification.last(kind)
    if last is None:
        return warning(SUBJECT, f"`{command}` has never been run over everything.", HOW)
    at = f"{last.ended_at:%Y-%m-%d %H:%M} UTC"
    if last.problems:
        message = f"`{command}` found {last.problems} places that do not hold, on {at}."
        return wrong(
            SUBJECT, message, "Run it again, and read docs/audit.md on what it prints. Repair nothing."
        )
    if last.is_overdue:
        return warning(SUBJECT, f"`{command}` was last run on {at}, more than 36 hours ago.", HOW)
    return ok(SUBJECT, f"`{command}` found everything as it should be, on {at}.")
