"""What differs between two policy documents, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.assessment.policy.checked_values import below

# By what entries of lists are known again when others come or go.
KNOWN_BY = ("id", "code")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place (`factors[C1].table.STATE`) with what stood there and what stands there; None: nothing."""

    place: str
    was: Any
    now: Any


def differences(was: Any, now: Any, place: str = "") -> Iterator[Difference]:
    """Tell every place at which two documents differ, in the order of the first, then of the second."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in dict.fromkeys((*was, *now)):
            yield from differences(was.get(name), now.get(name), below(place, str(name)))
    elif _are_known(was) and _are_known(now):
        before, after = _by_name(was), _by_name(now)
        for name in dict.fromkeys((*before, *after)):
            yield from differences(before.get(name), after.get(name), f"{place}[{name}]")
    elif was != now:
        yield Difference(place, was, now)


def _are_known(value: Any) -> bool:
    """Is it a list of objects, each with a name of its own?"""
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        return False
    names = [_name(entry) for entry in value]
    return bool(names) and None not in names and len(set(names)) == len(names)


def _by_name(value: list[dict[str, Any]]) -> dict[str | None, dict[str, Any]]:
    return {_name(entry): entry for entry in value}


def _name(entry: dict[str, Any]) -> str | None:
    return next((entry[name] for name in KNOWN_BY if isinstance(entry.get(name), str)), None)
