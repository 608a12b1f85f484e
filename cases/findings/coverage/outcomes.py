"""Elements under names nobody knows that tell how something ended: a status, an error, a message, a warning."""

import re

from cases.provider.result.coverage import leaves
from cases.provider.result.element_names import folded
from cases.provider.result.scalars import Single, as_it_came

# In names of elements, folded.
FAILURE = re.compile(
    "error|fault|fail|warning|incomplete|partial|truncat|time(d)?out|exception|problem|missing|notfound|unavailable"
)
OUTCOME = re.compile("status|state$|outcome|message|complete|success|ready")
GOOD = frozenset({"true", "active", "ok", "okay", "success", "successful", "succeeded", "complete", "completed", "done",
                  "finished", "ready", "200"})  # fmt: skip
NO_FAILURE = frozenset({"false", "0", "no", "none", "nei", "nej", "ei"})


def holds(value: object) -> bool:
    """Does a value hold anything, however deep?"""
    return any(_is_something(leaf) for _path, leaf in leaves(value, ""))


def tells_of_trouble(name: str, value: object) -> bool:
    """Is an element an outcome that is not known to be good, or does it hold one?"""
    return any(_is_something(leaf) and _is_trouble(path, leaf) for path, leaf in leaves(value, name))


def is_known_good(name: str, value: object) -> bool:
    """Does an element hold nothing but outcomes that are known to be good?"""
    return all(
        _is_outcome(path) and not _is_trouble(path, leaf)
        for path, leaf in leaves(value, name)
        if _is_something(leaf)
    )


def _is_trouble(path: str, leaf: object) -> bool:
    name, outcome = folded(path), _said(leaf)
    if FAILURE.search(name):
        return outcome not in NO_FAILURE | GOOD - {"true"}
    return OUTCOME.search(name) is not None and outcome not in GOOD


def _is_outcome(path: str) -> bool:
    return FAILURE.search(folded(path)) is not None or OUTCOME.search(folded(path)) is not None


def _said(leaf: object) -> str:
    return as_it_came(leaf).casefold().rstrip(".!") if isinstance(leaf, Single) else ""


def _is_something(leaf: object) -> bool:
    return leaf not in (None, [], {}) and not (isinstance(leaf, str) and not leaf.strip())
