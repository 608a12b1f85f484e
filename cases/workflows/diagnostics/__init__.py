"""What is wrong with this installation, and what to do about it."""

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from cases.workflows.diagnostics import (
    database,
    environment,
    libraries,
    provider,
    queue,
    signatures,
    signing_in,
    storage,
    verification,
    web,
)
from cases.workflows.diagnostics.finding import Finding, Verdict, wrong

__all__ = ["Finding", "Verdict", "examine"]

Check = Callable[[], Iterator[Finding]]
CHECKS: dict[str, Check] = {
    "settings": environment.check,
    "database": database.check,
    "web": web.check,
    "queue": queue.check,
    "sign-in": signing_in.check,
    "provider": provider.check,
    "storage": storage.check,
    "evidence": verification.check,
    "signatures": signatures.check,
    "libraries": libraries.check,
}
NEED_A_DATABASE = ("queue", "sign-in")


def examine() -> Iterator[Finding]:
    """Look at everything, in an order in which the first thing that is wrong explains the most. Changes nothing."""
    usable = True
    for subject, check in CHECKS.items():
        if subject in NEED_A_DATABASE and not usable:
            yield wrong(subject, "Not looked at without a database.", "See to the database first.")
            continue
        for finding in _guarded(subject, check):
            usable = usable and not (subject == "database" and finding.verdict == Verdict.WRONG)
            yield finding


def _guarded(subject: str, check: Check) -> Iterator[Finding]:
    """Make one check; a fault in it becomes a finding, so that the other checks are made all the same."""
    try:
        yield from check()
    except Exception as problem:
        frame = traceback.extract_tb(problem.__traceback__)[-1]
        message = (
            f"Could not be looked at: {type(problem).__name__} at {Path(frame.filename).name}:{frame.lineno}."
        )
        yield wrong(subject, message, "This is a fault of the portal: report that line.")
