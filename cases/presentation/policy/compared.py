"""Two versions of a policy document beside each other, line by line, in the words of the form."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.differences import differences
from cases.presentation.policy.cell_values import Gone
from cases.presentation.policy.drawing import at, draw, offer
from cases.presentation.policy.drawn import SEPARATOR, Cell, Part, Row, Table
from cases.presentation.policy.parts import KEY, Path, Section, Shape

Steps = tuple[str, ...]
ROW = 3  # steps by which a row is known: section, table, name


@dataclass(frozen=True)
class Line:
    """What differs: where, in words, and what it says in either version; '' for nothing.

    `place`: where in the document, of what is drawn nowhere.
    """

    where: str
    was: str
    now: str
    place: str = ""


def drawn(sections: Sequence[Section], document: Mapping[str, Any]) -> list[Part]:
    """A version as people read it."""
    parts = draw(sections, document)
    offer(parts, document)
    return parts


def compare(sections: Sequence[Section], was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Line]:
    """Tell everything in which two versions differ, in the order of the form, then what is drawn nowhere."""
    before, after = (dict(_said(drawn(sections, document))) for document in (was, now))
    found: list[Line] = []
    whole: set[Steps] = set()  # rows that came or went: one line says all
    for steps in _in_order(before, after):
        old, new = before.get(steps), after.get(steps)
        shown = new or old
        if shown is None or any(steps[:size] in whole for size in range(len(steps))):
            continue
        if shown.is_row and not (old and new):
            whole.add(steps)
        found += _line_of(shown, old, new)
    found += [
        Line("", _text(difference.was), _text(difference.now), difference.place)
        for difference in differences(_rest(sections, was), _rest(sections, now))
    ]
    return found


def _line_of(shown: "_Said", old: "_Said | None", new: "_Said | None") -> list[Line]:
    """The line of one place, if the two differ there; where both read the same, as it is written."""
    if shown.is_row and old and new:
        return _line_of_order(shown.where, old.names, new.names)  # all else its cells tell
    was, now = (side.text if side else "" for side in (old, new))
    if was != now or not (old and new):
        return [Line(shown.where, was, now)] if was or now else []
    return [] if old.written == new.written else [Line(shown.where, old.written, new.written)]


def _line_of_order(where: str, was: Sequence[str], now: Sequence[str]) -> list[Line]:
    """The line of a table whose rows stand in another order, without those that came or went."""
    before, after = [name for name in was if name in now], [name for name in now if name in was]
    return [] if before == after else [Line(where, ", ".join(before), ", ".join(after))]


def _in_order(before: Mapping[Steps, Any], after: Mapping[Steps, Any]) -> list[Steps]:
    """The lines of both, those of a row together."""
    every = list(dict.fromkeys((*before, *after)))
    ranks = {steps[:ROW]: rank for rank, steps in reversed(list(enumerate(every)))}
    return sorted(every, key=lambda steps: ranks[steps[:ROW]])


@dataclass(frozen=True)
class _Said:
    where: str
    text: str
    written: str = ""
    is_row: bool = False
    names: tuple[str, ...] = ()  # of a table: those of its rows, in their order


def _said(parts: Sequence[Part]) -> Iterator[tuple[Steps, _Said]]:
    for part in parts:
        yield from _of(part.cells, part.tables, (part.name,))


def _of(cells: Sequence[Cell], tables: Sequence[Table], steps: Steps) -> Iterator[tuple[Steps, _Said]]:
    for cell in cells:
        yield (*steps, cell.column.name), _Said(cell.trail, cell.words, ", ".join(cell.content))
    for table in tables:
        below = (*steps, table.spec.name)
        if table.spec.shape is Shape.PAIRS:
            yield below, _Said(table.trail, table.in_words)
            continue
        names = tuple(name for name, _row in _named(table))
        order = SEPARATOR.join((table.trail, str(_("order"))))
        yield (*below, "", "order"), _Said(order, "", is_row=True, names=names)
        for name, row in _named(table):
            here = (*below, name)
            if row.is_entry:
                yield here, _Said(row.trail, row.in_words, ", ".join(row.cells[0].content))
            else:
                yield here, _Said(row.trail, row.in_words or str(_("there")), is_row=True)
                yield from _of(row.own_cells, row.tables, here)


def _named(table: Table) -> Iterator[tuple[str, Row]]:
    """The rows by what they are known by; a second one of a name by its place too."""
    seen: set[str] = set()
    for number, row in enumerate(table.rows):
        name = row.known_by
        yield (f"{name} ({number})" if name in seen else name), row
        seen.add(name)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _rest(sections: Sequence[Section], document: Mapping[str, Any]) -> Any:
    """What of a document is drawn nowhere."""
    rest = copy.deepcopy(dict(document))
    for part in draw(sections, document):
        _take_away(rest, part.cells, part.tables)
    return _without_empty(rest)


def _without_empty(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    found = {name: _without_empty(below) for name, below in value.items()}
    return {name: below for name, below in found.items() if below != {}}


def _take_away(holder: Any, cells: Sequence[Cell], tables: Sequence[Table], key: str = "") -> None:
    for cell in cells:
        _drop(holder, cell.column.path, key)
    for table in tables:
        if table.spec.shape is Shape.PAIRS:
            _drop(holder, table.spec.paths[0])
        elif table.spec.shape is Shape.MAP:
            for row in table.rows:
                _take_away(holder, row.cells, (), row.key_before)
        else:
            _take_away_rows(holder, table)


def _take_away_rows(holder: Any, table: Table) -> None:
    """Of rows that are known by a name what is left of each stays under it; the others are compared as they are."""
    listed = at(holder, table.spec.paths[0])
    if not isinstance(listed, list):
        return
    for row, entry in zip(table.rows, listed, strict=True):
        _take_away(entry, row.cells, row.tables)
        if row.split:
            _drop(entry, row.split.column.path)
    left = {name: entry for (name, _row), entry in zip(_named(table), listed, strict=True) if entry}
    _put_back(holder, table.spec.paths[0], left)


def _put_back(holder: Any, path: Path, value: Any) -> None:
    *way, last = path
    inside = at(holder, tuple(way))
    inside[last] = value


def _drop(holder: Any, path: Path, key: str = "") -> None:
    *way, last = path
    inside = at(holder, tuple(way), key)
    name = key if last == KEY else last
    if not isinstance(inside, Gone) and isinstance(inside, dict):
        inside.pop(name, None)
