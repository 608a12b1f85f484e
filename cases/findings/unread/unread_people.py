"""Everybody named in parts of the result that no chapter took up: they are compared with hits all the same."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from cases.findings.coverage.remainder import Leaf
from cases.findings.unread.unread_names import NAMES_STAND_IN
from cases.findings.unread.unread_parts import may_list_hits
from cases.provider.result.coverage import chapter_of
from cases.provider.result.element_names import folded
from cases.provider.result.scalars import Day, date
from cases.provider.result.wire import Organization

MOST = 10_000  # values that are looked at; the input is hostile
LAST = re.compile(r"(?:^|[.])([^.]*?)(?:[#\[][0-9]+\]?)*$")
# Where a text alone, or in a list, is somebody's name.
LISTS_OF_HOLDERS = re.compile(
    r"(?:ownership\.(?:shareholders?|beneficials?|subsidiar(?:y|ies))|roles(?:\.(?!metadata)[^.]*)?)(?:[#\[][0-9]+\]?)*"
)
FINANCIALS = "financials."
NAME, FIRST, LAST_NAME, NUMBER, BORN = "name", "firstname", "lastname", "organizationnumber", "dateofbirth"


@dataclass(slots=True)
class Entry:
    """The names, numbers and dates of birth in one object of the result, in each version it came in."""

    place: str
    names: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    births: list[Day] = field(default_factory=list)


def entries(leaves: Iterable[Leaf]) -> Iterator[Entry]:
    """Give every entry with a name, of chapters in which somebody is named or which nobody knows."""
    found: dict[str, Entry] = {}
    at_places = ((_present(leaf.path), leaf) for leaf in leaves if leaf.text not in ("null", "[]", "{}"))
    for path, leaf in islice(filter(lambda at_place: _may_name(at_place[0]), at_places), MOST):
        _add(found, path, leaf)
    for entry in found.values():
        entry.names += [" ".join(entry.parts)] if entry.parts and not entry.names else []
        if entry.names:
            yield entry


def _may_name(path: str) -> bool:
    is_declared = bool(Organization.present_name(chapter_of(path))) and not path.startswith(FINANCIALS)
    return NAMES_STAND_IN.match(path) is not None or not (is_declared or may_list_hits(path))


def _present(path: str) -> str:
    """Write a path with the present name of its chapter."""
    name = chapter_of(path)
    return (Organization.present_name(name) or Organization.near_name(name) or name) + path[len(name) :]


def _add(found: dict[str, Entry], path: str, leaf: Leaf) -> None:
    last = LAST.search(path)
    name = folded(last[1]) if last else ""
    above = path[: last.start()] if last else ""
    if LISTS_OF_HOLDERS.fullmatch(path):
        above, name = path, NAME
    if name not in {NAME, FIRST, LAST_NAME, NUMBER, BORN}:
        return
    entry = found.setdefault(above, Entry(above))
    if name == NAME:
        entry.names.append(leaf.text)
    elif name == NUMBER:
        entry.numbers.append(leaf.text)
    elif name == BORN:
        born = date(leaf.text)
        entry.births += [born] if born else []
    else:
        entry.parts.append(leaf.text)
