"""`manage.py reread`: derive cases anew from their stored captures."""

from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.management import one_case
from cases.management.database import require_database
from cases.workflows.casework import assessed_columns
from cases.workflows.results import rederive
from cases.workflows.results.parsed_result import Unread
from cases.workflows.results.rederive import Reread


class Command(BaseCommand):
    """Derive columns, hits and search of cases anew, and exit 1 if a stored file is not what was captured."""

    help = (
        "Derive what lists and search know of each case, and its hits, anew from the stored results: after an upgrade "
        "that reads more of them. What is there already stays; done again it changes nothing. Each case that changed "
        "is one line, and so is each stored file that is not what was captured; its case keeps what was known. Exits 1 "
        "if there is such a file. Only JSON results are read: `verify_evidence` looks at every file."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case's reference."""
        one_case.add_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done as it is done, then how much was read."""
        require_database()
        reference = options["case"]
        one_case.require(reference)
        cases = captures = changed = spoiled = 0
        for read in rederive.reread(reference):
            assessed = () if read.spoiled else assessed_columns.again(read.reference)
            done = replace(read, columns=(*read.columns, *assessed))
            cases, captures = cases + 1, captures + done.captures
            changed, spoiled = changed + done.is_changed, spoiled + len(done.spoiled)
            if done.is_changed:
                self.stdout.write(f"{done.reference}: {_changes(done)}")
            for unread in done.unread:
                self.stdout.write(f"{done.reference}: {_why(unread)}")
        verdict = f"{spoiled} FILES NOT AS CAPTURED" if spoiled else "every result read is as captured"
        self.stdout.write(f"{cases} cases, {captures} results read, {changed} cases changed: {verdict}.")
        if spoiled:
            raise SystemExit(1)


def _changes(done: Reread) -> str:
    parts = []
    if done.new:
        parts.append(f"{done.new} hits new")
    if done.moved:
        parts.append(f"{done.moved} hits seen later than was known")
    if done.columns:
        parts.append(f"now told anew: {', '.join(done.columns)}")
    return "; ".join(parts)


def _why(unread: Unread) -> str:
    artefact = unread.artefact
    if not unread.is_spoiled:
        return f"the result of capture {artefact.session.number} is not readable, and left out"
    return f"the stored result of capture {artefact.session.number} is {unread.problem}: {artefact.file}"
