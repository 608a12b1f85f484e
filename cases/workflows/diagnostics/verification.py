"""Whether trail, rows and files were verified lately, and what the last run found."""

from collections.abc import Iterator

from cases.models import Case, Verification, VerificationKind
from cases.workflows.diagnostics import database
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "evidence"
COMMANDS = {VerificationKind.AUDIT: "verify_audit", VerificationKind.EVIDENCE: "verify_evidence"}
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
    for kind in VerificationKind:
        yield _last(kind)


def _last(kind: VerificationKind) -> Finding:
    command = COMMANDS[kind]
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
