"""Elements that came more than once where one belongs: kept side by side, so that none hides another."""

from collections.abc import Iterable, Iterator
from typing import Any


class Variants(tuple[Any, ...]):
    """Different values under one name of one object, in the order they came."""

    __slots__ = ()


def one_or_variants(values: list[Any]) -> Any:
    """Give the value that came, or all of them if they differ."""
    first, *others = values
    return first if all(alike(first, other) for other in others) else Variants(values)


def versions(value: Any) -> tuple[Any, ...]:
    """Give every value that came under a name: the one, or all that differ."""
    return value if isinstance(value, Variants) else (value,)


def alike(one: Any, other: Any) -> bool:
    """Say whether two JSON values say the same; unlike Python, true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(value, other[name]) for name, value in one.items())
    if isinstance(one, list | Variants) and isinstance(other, list | Variants):
        return len(one) == len(other) and all(alike(*pair) for pair in zip(one, other, strict=True))
    return bool(one == other)


def as_object(value: Any) -> dict[str, Any] | None:
    """Give the object in a value, also one in a list; several as one that holds what each of them does."""
    if isinstance(value, dict):
        return value
    found = [*objects_in(value)]
    return _merged(found) if len(found) > 1 else next(iter(found), None)


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that stands where one belongs: itself, in a list, or beside others."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))
    elif isinstance(value, Variants):
        for variant in value:
            yield from objects_in(variant)


def as_list(value: Any) -> list[Any] | None:
    """Give a value as a list: a single one as a list of one, several lists as one; None stays None."""
    if value is None or isinstance(value, list):
        return value
    if not isinstance(value, Variants):
        return [] if value == {} else [value]
    return [*_each_once(as_list(variant) or [] for variant in value)]


def _merged(found: list[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for entry in found:
        for name, value in entry.items():
            values.setdefault(name, []).append(value)
    return {name: one_or_variants(came) for name, came in values.items()}


def _each_once(lists: Iterable[list[Any]]) -> Iterator[Any]:
    """Yield what each list adds to those before it."""
    seen: set[str] = set()
    for items in lists:
        written = [repr(item) for item in items]
        yield from (item for item, canonical in zip(items, written, strict=True) if canonical not in seen)
        seen.update(written)
