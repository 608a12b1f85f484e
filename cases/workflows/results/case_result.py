"""What is read of a case: its captures, of which one is read and others stand in for what that did not order."""

from dataclasses import dataclass, field
from typing import Any

from cases.findings.result import Result


@dataclass(frozen=True)
class CaseResult:
    """What the captures mean together, and the document they make; that is empty if nothing can be read."""

    result: Result
    document: dict[str, Any] = field(default_factory=dict)
