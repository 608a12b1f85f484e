"""Every name and number in a result that somebody may search for, wherever it stands."""

from collections.abc import Iterator
from typing import Any

from cases.provider.result.element_names import folded
from cases.provider.result.variants import Variants

# Field names of the wire (A, docs/provider/organization.schema.json).
SEARCHED = frozenset({"name", "organizationnumber", "dunsnumber", "leinumber"})  # folded


def searched(document: Any) -> Iterator[str]:
    """Give the texts under the names SEARCHED, in order; the document nests no deeper than `parse_json` lets."""
    if isinstance(document, dict):
        for key, value in document.items():
            is_searched = folded(key) in SEARCHED
            if is_searched and isinstance(value, str):
                yield value
            elif is_searched and isinstance(value, Variants):
                yield from (variant for variant in value if isinstance(variant, str))
            else:
                yield from searched(value)
    elif isinstance(document, list | Variants):
        for value in document:
            yield from searched(value)
