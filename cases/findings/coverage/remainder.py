"""What of the result no chapter shows, as it came, so that nothing is ever missing on the page."""

from dataclasses import dataclass
from typing import Any

from cases.provider.result.coverage import leaves, left_over
from cases.provider.result.scalars import Single, as_it_came
from cases.provider.result.wire import Organization


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of the JSON with its path; an empty list reads `[]`, an empty object `{}`."""

    path: str
    text: str


def read(document: dict[str, Any], read: Organization) -> tuple[Leaf, ...]:
    """List every leaf that no chapter took up."""
    return tuple(Leaf(path, _text(value)) for path, value in left_over(document, read))


def of_anything(value: Any) -> tuple[Leaf, ...]:
    """List every leaf of a JSON value that is no object."""
    return tuple(Leaf(path or "$", _text(leaf)) for path, leaf in leaves(value, ""))


def _text(value: Any) -> str:
    if value is None:
        return "null"
    return as_it_came(value) if isinstance(value, Single) else str(value)
