"""What stands where in a JSON result, and what of it the wire models did not take up (contract §7)."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from cases.provider.nodes import Wire, tidy
from cases.provider.scalars import UNREAD, visible
from cases.provider.wire import Organization

DEEPEST_EMPTY_NODE = 4


class State(Enum):
    """What stands at a place of the document; an empty node says something else than none."""

    ABSENT = "absent"
    NULL = "null"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    VALUE = "value"


def state(document: dict[str, Any], read: Organization, path: str) -> State:
    """Say what stands at a dotted path of present names; below an empty node everything is EMPTY."""
    raw: Any = document
    here: Any = read
    for depth, name in enumerate(path.split(".")):
        if not isinstance(here, Wire):
            break
        if depth and not _names(raw):
            return State.EMPTY
        raw = type(here).modern(raw)
        if name not in raw:
            return State.ABSENT
        here, raw = here.taken(raw)[name], raw[name]
    if raw is None:
        return State.NULL
    if here is None or here is UNREAD:
        return State.UNREADABLE
    return State.EMPTY if _is_empty(raw) else State.VALUE


def left_over(document: dict[str, Any], read: Organization) -> Iterator[tuple[str, Any]]:
    """Yield path and value of every leaf (empty lists and objects too) that no model took up."""
    yield from _left_over(document, read, "")


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield path and value of every leaf of any JSON value, however deep, in its order."""
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict) and value:
            waiting += [(_under(path, name), below) for name, below in reversed(value.items())]
        elif isinstance(value, list) and value:
            waiting += [(f"{path}[{place}]", below) for place, below in reversed([*enumerate(value)])]
        else:
            yield path, value


def _left_over(raw: Any, read: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(read, Wire):
        raw = tidy(raw)
        taken = read.taken(raw)
        for name, value in raw.items():
            if name in taken:
                yield from _left_over(value, taken[name], _under(path, name))
            else:
                yield from leaves(value, _under(path, name))
    elif isinstance(read, list):
        for place, (value, item) in enumerate(
            zip(raw if isinstance(raw, list) else [raw], read, strict=True)
        ):
            if item is None:
                yield from leaves(value, f"{path}[{place}]")
            else:
                yield from _left_over(value, item, f"{path}[{place}]")
    elif isinstance(raw, dict | list):
        yield from leaves(raw, path)
    elif read is None and raw is not None:
        yield path, raw


def _under(path: str, name: str) -> str:
    return f"{path}.{visible(name)}" if path else visible(name)


def _names(node: dict[str, Any]) -> list[str]:
    """Name what a node holds beside its own sources."""
    return [name for name in node if name not in ("metadata", "metaData")]


def _is_empty(value: Any, depth: int = 0) -> bool:
    """Does this hold nothing but empty nodes?"""
    if not isinstance(value, dict) or depth > DEEPEST_EMPTY_NODE:
        return isinstance(value, list) and not value
    return all(_is_empty(value[name], depth + 1) for name in _names(value))
