"""What of the result no chapter shows, as it came, so that nothing is ever missing on the page."""

from dataclasses import dataclass
from typing import Any

from cases.provider.result.coverage import Coverage, leaves
from cases.provider.result.scalars import Single, as_it_came


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of the JSON with its path; an empty list reads `[]`, an empty object `{}`."""

    path: str
    text: str


def read(document: Any, coverage: Coverage) -> tuple[Leaf, ...]:
    """List every leaf that no chapter took up; all of a document that is no object, nothing if there is none."""
    if document is None:
        return ()
    if isinstance(document, dict):
        return tuple(Leaf(path, _text(value)) for path, value in coverage.left_over)
    return tuple(Leaf(path or "$", _text(leaf)) for path, leaf in leaves(document, ""))


def _text(value: Any) -> str:
    if value is None:
        return "null"
    return as_it_came(value) if isinstance(value, Single) else str(value)
