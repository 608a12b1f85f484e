"""`manage.py doctor`: what is wrong here, and what to do about it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.workflows.diagnostics import Finding, Verdict, examine


class Command(BaseCommand):
    """Examine everything the portal depends on; exit 1 if anything is wrong."""

    help = (
        "Look at settings, database, the web that runs, queue, the provider's token, API and clock, storage, trust "
        "roots and libraries: what is wrong, and what to do. Warnings are for you to weigh. Exits 1 if anything is "
        "wrong. Changes nothing and orders nothing; prints no secret."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to print JSON."""
        parser.add_argument(
            "--json", action="store_true", help="print JSON: ok, and findings with verdict and advice"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each finding as it is made."""
        found: list[Finding] = []
        for finding in examine():
            found.append(finding)
            if not options["json"]:
                self._print(finding)
        is_wrong = any(finding.verdict == Verdict.WRONG for finding in found)
        if options["json"]:
            answer = {"ok": not is_wrong, "findings": [_as_json(finding) for finding in found]}
            self.stdout.write(json.dumps(answer, indent=2))
        else:
            self.stdout.write(_summary(found))
        if is_wrong:
            raise SystemExit(1)

    def _print(self, finding: Finding) -> None:
        style = {
            Verdict.OK: self.style.SUCCESS,
            Verdict.WARNING: self.style.WARNING,
            Verdict.WRONG: self.style.ERROR,
        }[finding.verdict]
        self.stdout.write(f"{style(f'{finding.verdict:<8}')} {finding.subject:<10} {finding.message}")
        if finding.advice:
            self.stdout.write(f"{'':<19} To do: {finding.advice}")
        self.stdout.flush()


def _as_json(finding: Finding) -> dict[str, str]:
    """A finding as JSON; its keys stay as they are, because programs read them."""
    return {
        "subject": finding.subject,
        "verdict": finding.verdict,
        "says": finding.message,
        "advice": finding.advice,
    }


def _summary(found: list[Finding]) -> str:
    wrong = sum(finding.verdict == Verdict.WRONG for finding in found)
    warnings = sum(finding.verdict == Verdict.WARNING for finding in found)
    return f"{wrong} wrong, {warnings} warnings." if wrong or warnings else "All is well."
