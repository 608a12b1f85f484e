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

Look = Callable[[], Iterator[Finding]]
LOOKS: dict[str, Look] = {
    "settings": environment.look,
    "database": database.look,
    "web": web.look,
    "queue": queue.look,
    "sign-in": signing_in.look,
    "provider": provider.look,
    "storage": storage.look,
    "evidence": verification.look,
    "signatures": signatures.look,
    "libraries": libraries.look,
}
NEED_A_DATABASE = ("queue", "sign-in")


def examine() -> Iterator[Finding]:
    """Look at everything, in an order in which the first thing that is wrong explains the most. Changes nothing."""
    usable = True
    for subject, look in LOOKS.items():
        if subject in NEED_A_DATABASE and not usable:
            yield wrong(subject, "Not looked at without a database.", "See to the database first.")
            continue
        for finding in _guarded(subject, look):
            usable = usable and not (subject == "database" and finding.verdict == Verdict.WRONG)
            yield finding


def _guarded(subject: str, look: Look) -> Iterator[Finding]:
    """A doctor who falls over one thing still looks at the others."""
    try:
        yield from look()
    except Exception as problem:
        frame = traceback.extract_tb(problem.__traceback__)[-1]
        says = (
            f"Could not be looked at: {type(problem).__name__} at {Path(frame.filename).name}:{frame.lineno}."
        )
        yield wrong(subject, says, "This is a fault of the portal: report that line.")
