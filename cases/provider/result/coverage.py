"""What stands where in a JSON result, and what of it the wire models did not take up (contract §7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from cases.provider.result.chapter import Metadata
from cases.provider.result.element_names import folded
from cases.provider.result.holders import LISTED, Roles, listed_holders
from cases.provider.result.nodes import Wire, tidy
from cases.provider.result.scalars import NOT_SINGLE, Day, Unfit, visible
from cases.provider.result.variants import Variants, alike, objects_in
from cases.provider.result.wire import Organization

DEEPEST_EMPTY_NODE = 4
EMPTY_ENTRIES: tuple[object, ...] = (None, "", {})
CHAPTER = re.compile(r"[^.\[#]*")  # what a path begins with


def chapter_of(place: str) -> str:
    """Name the chapter that a path such as `ownership.shareholders[0]` begins with; '' if it begins with none."""
    found = CHAPTER.match(place)
    return found[0] if found else ""


# Texts that may come as numbers: nothing of them is lost.
NUMERIC = re.compile(r"(number|code|id|year)(\[[0-9]+\])?$", re.IGNORECASE)


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
        raw = type(here).node(raw) or {}
        if depth and not _names(raw):
            return State.EMPTY
        raw = type(here).modern(raw)
        if name not in raw:
            return State.ABSENT
        here, raw = here.taken(raw)[name], raw[name]
    if raw is None:
        return State.NULL
    if here is None or here is NOT_SINGLE or (here == [None] and not isinstance(raw, dict | list | Variants)):
        return State.UNREADABLE
    return State.EMPTY if _is_empty(type(here).node(raw) if isinstance(here, Wire) else raw) else State.VALUE


class Coverage:
    """What of a document the models did not take up, or not as it came; the document is walked once."""

    def __init__(self, document: dict[str, Any], read: Organization) -> None:
        self._found = tuple(_left_over(document, read, ""))

    @property
    def left_over(self) -> Iterator[tuple[str, Any]]:
        """Path and value of every leaf (empty lists and objects too) that no model took up.

        Where several stand that differ, all leaves of each are there, also what was taken up: `sanction#2.status`.
        """
        return ((path, value) for path, value in self._found if not isinstance(value, _Noted))

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The path of every element that came more than once where one belongs, in versions that differ."""
        return tuple(dict.fromkeys(self._marked(_Mark.CONTRADICTORY)))

    @property
    def near_misses(self) -> Iterator[str]:
        """The path of each element whose unknown name differs from a declared one in singular and plural alone."""
        return (path for path, leaf in self._not_taken if leaf.is_near)

    @property
    def unplaced(self) -> Iterator[tuple[str, Any]]:
        """Topmost path and value of each element under an unknown name, near to a declared one or not."""
        return ((path, leaf.value) for path, leaf in self._not_taken)

    @property
    def misshapen(self) -> Iterator[str]:
        """The path of what came in another form than it is read in, so that something of it was not taken up."""
        return self._marked(_Mark.MISSHAPEN)

    @property
    def _not_taken(self) -> Iterator[tuple[str, "_NotTaken"]]:
        return ((_of_chapter(path), value) for path, value in self._found if isinstance(value, _NotTaken))

    def _marked(self, mark: "_Mark") -> Iterator[str]:
        return (_of_chapter(path) for path, value in self._found if value is mark)


def _of_chapter(path: str) -> str:
    """Write a path with the present name of its chapter."""
    name = chapter_of(path)
    return f"{Organization.present_name(name) or name}{path[len(name) :]}"


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield path and value of every leaf of any JSON value, however deep, in its order."""
    return ((at, leaf) for at, leaf in _leaves(value, path) if not isinstance(leaf, _Noted))


class _Mark(Enum):
    """A remark on a place of the document, beside the values that stand there."""

    CONTRADICTORY = "contradictory"
    MISSHAPEN = "misshapen"


@dataclass(frozen=True, slots=True)
class _NotTaken:
    """What stands under an unknown name; `is_near`: a declared name may be meant."""

    value: Any
    is_near: bool


_Noted = _Mark | _NotTaken


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict) and value:
            waiting += [(_under(path, name), below) for name, below in reversed(value.items())]
        elif isinstance(value, list) and value:
            waiting += [(f"{path}[{place}]", below) for place, below in reversed([*enumerate(value)])]
        elif isinstance(value, Variants):
            waiting += [(f"{path}#{turn}", below) for turn, below in reversed([*enumerate(value, 1)])]
            yield path, _Mark.CONTRADICTORY
        else:
            yield path, value


def _left_over(raw: Any, read: Any, path: str) -> Iterator[tuple[str, Any]]:
    if _is_misshapen(raw, read, path):
        yield path, _Mark.MISSHAPEN
    listed = listed_holders(raw) if isinstance(read, Roles) else None
    if listed is not None:
        yield from _left_over(listed, read.extras[LISTED], path)
    elif isinstance(read, Wire):
        yield from _of_object(raw, read, path)
    elif isinstance(raw, Variants):
        yield from _leaves(raw, path)
    elif isinstance(read, list):
        came = raw if isinstance(raw, list) else [raw] * len(read)
        for place, (value, item) in enumerate(zip(came, read, strict=True)):
            if item is None:
                if value not in (None, ""):
                    yield f"{path}[{place}]", _Mark.MISSHAPEN
                yield from _leaves(value, f"{path}[{place}]")
            else:
                yield from _left_over(value, item, f"{path}[{place}]")
    elif isinstance(raw, dict | list):
        if read is not None and isinstance(raw, list) and not _are_alike(raw):
            yield path, _Mark.CONTRADICTORY
        yield from _leaves(raw, path)
    elif read is None and raw is not None:
        yield path, raw


def _of_object(raw: Any, read: Wire, path: str) -> Iterator[tuple[str, Any]]:
    """Yield what was not taken up of an object; if several stand in its place, all of each."""
    if isinstance(raw, Variants) or (isinstance(raw, list) and not _are_alike([*objects_in(raw)])):
        if isinstance(raw, list):
            yield path, _Mark.CONTRADICTORY
        yield from _leaves(raw, path)
        return
    if isinstance(raw, list):
        at = next(place for place, item in enumerate(raw) if isinstance(item, dict))
        for place, item in enumerate(raw):
            if place != at:
                if not isinstance(item, dict) and item is not None:
                    yield f"{path}[{place}]", _Mark.MISSHAPEN
                yield from _leaves(item, f"{path}[{place}]")
        raw, path = raw[at], f"{path}[{at}]"
    raw = tidy(raw)
    taken = read.taken(raw)
    for name in read.contradicted(raw):
        yield _under(path, name), _Mark.CONTRADICTORY
    for name, value in raw.items():
        if name in taken:
            yield from _empty_entries(type(read), name, value, path)
            yield from _left_over(value, taken[name], _under(path, name))
        else:
            if not read.present_name(name):
                yield _under(path, name), _NotTaken(value, _is_near_miss(read, name, value))
            yield from _leaves(value, _under(path, name))


def _empty_entries(kind: type[Wire], name: str, value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Mark the empty entries of a list of objects: each stands for something that did not come."""
    if isinstance(value, list) and kind.lists_objects(name):
        at = _under(path, name)
        empty = (place for place, item in enumerate(value) if item in EMPTY_ENTRIES)
        yield from ((f"{at}[{place}]", _Mark.MISSHAPEN) for place in empty)


def _is_misshapen(raw: Any, read: Any, path: str) -> bool:
    """Was a value not taken up whole, or not as what it is, because of its form? Contradictions do not count."""
    if raw is None or raw == "" or isinstance(raw, Variants):
        return False
    if read is None or isinstance(read, Unfit):
        return True
    if isinstance(read, Wire):
        return _is_wrapped(raw, read)
    if read is NOT_SINGLE or (isinstance(read, Day) and read.raw is NOT_SINGLE):
        return True
    if isinstance(raw, bool):
        return not isinstance(read, bool)
    is_number = isinstance(raw, int | float | Decimal)
    return is_number and isinstance(read, str | Day) and not NUMERIC.search(path)


def _is_wrapped(raw: Any, read: Wire) -> bool:
    """Does an object hold something, and nothing under a name that is read?"""
    if read.reads_every_name or isinstance(read, Metadata | Organization):
        return False
    present = read.node(raw) or {}
    holds = any(value not in (None, "", [], {}) for value in present.values())
    return holds and not any(read.present_name(name) for name in _names(present))


def _is_near_miss(read: Wire, name: str, value: Any) -> bool:
    """Does an unknown name hold something, and may a declared name be meant? In metadata that is never so."""
    return value not in (None, "", [], {}) and not isinstance(read, Metadata) and bool(read.near_name(name))


def _are_alike(values: list[Any]) -> bool:
    return all(alike(values[0], other) for other in values[1:])


def _under(path: str, name: str) -> str:
    return f"{path}.{visible(name)}" if path else visible(name)


def _names(node: dict[str, Any]) -> list[str]:
    """Give the names in a node except that of its own metadata."""
    return [name for name in node if folded(name) != "metadata"]


def _is_empty(value: Any, depth: int = 0) -> bool:
    """Does this hold nothing but empty nodes?"""
    if not isinstance(value, dict) or depth > DEEPEST_EMPTY_NODE:
        return isinstance(value, list) and not value
    return all(_is_empty(value[name], depth + 1) for name in _names(value))
