"""Names of elements that say what a number counts."""

import re

from cases.provider.result.element_names import folded

# In names of elements, folded: what says that they count, in front or behind.
COUNTING = re.compile(
    r"(?:total)?(?:numberof|numof|noof|countof|antall|antal|total|count)(?P<behind>.+)"
    r"|(?P<before>.+?)(?:count|total|antall|antal)"
)


def counted_by(name: str) -> str:
    """Name what an element counts, folded; '' if it counts nothing."""
    found = COUNTING.fullmatch(folded(name))
    return (found["behind"] or found["before"]) if found else ""
