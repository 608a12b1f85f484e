"""The document that a drawing makes, and at which of its places each value lies.

What the drawing does not show is kept as it was. The readers of `cases.assessment.policy` read what comes of it; what
they refuse is said at the cell.
"""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import MOST_POINTS, below
from cases.assessment.policy.problems import Problem
from cases.presentation.policy.cell_values import GONE, Gone
from cases.presentation.policy.drawing import at
from cases.presentation.policy.drawn import Cell, Part, Place, Row, Table, within
from cases.presentation.policy.parts import KEY, Path, Shape

LAST_STEP = re.compile(r"(\.[^.\[\]]*|\[[^\[\]]*\])$")


def assemble(parts: Sequence[Part], document: Mapping[str, Any]) -> dict[str, Any]:
    """Give the document with everything that is written in the drawing; what cannot be kept is said at its place."""
    made = copy.deepcopy(dict(document))
    for part in parts:
        _fill(made, part.cells, part.tables)
    return made


def place_problems(parts: Sequence[Part], problems: Sequence[Problem]) -> list[tuple[Place | None, Problem]]:
    """Say each problem at the place of the drawing that it is about, the nearest above it if none is."""
    known: dict[str, Place] = {}
    for part in parts:
        for where, drawn in _places(part.cells, part.tables, ""):
            known.setdefault(where, drawn)
    found = [(_nearest(known, problem.place), problem) for problem in problems]
    for at_fault, problem in found:
        if at_fault is not None:
            at_fault.problems.append(problem.words)
    return found


def _nearest(known: Mapping[str, Place], place: str) -> Place | None:
    while place and place not in known:
        shorter = LAST_STEP.sub("", place)
        place = shorter if shorter != place else ""
    return known.get(place)


def own_problems(parts: Sequence[Part]) -> list[tuple[Place, str]]:
    """Say what only the drawing knows: names that are given twice, or not at all."""
    found: list[tuple[Place, str]] = []
    for place in within(parts):
        if isinstance(place, Table) and place.spec.key:
            taken: set[str] = set()
            for row in place.rows:
                if row.key is None or not row.is_kept:
                    continue
                name = _key(row)
                if not name:
                    found.append((row.key, str(_("Say what the line is for, or remove it."))))
                elif name in taken:
                    found.append((row.key, str(_("There is a line for this already: change that one."))))
                taken.add(name)
    for drawn, words in found:
        drawn.problems.append(words)
    return found


def _fill(holder: Any, cells: Sequence[Cell], tables: Sequence[Table], key: str = "") -> None:
    for cell in cells:
        if not cell.is_as_it_was:
            _put(holder, cell.column.path, cell.value, key)
    for table in tables:
        if table.spec.shape is Shape.MAP:
            _fill_map(holder, table)
        else:
            _fill_list(holder, table)


def _put(holder: Any, path: Path, value: Any, key: str = "") -> None:
    """Set what lies at a path, or take it away; objects on the way are made."""
    *way, last = [key if step == KEY else step for step in path]
    for step in way:
        if isinstance(holder, list):
            holder = holder[int(step)]
        elif isinstance(value, Gone) and step not in holder:
            return
        else:
            holder = holder.setdefault(step, {})
    if isinstance(value, Gone) and isinstance(holder, dict):
        holder.pop(last, None)
    else:
        holder[last] = None if isinstance(value, Gone) else value


def _fill_list(holder: Any, table: Table) -> None:
    table.kept = [row for row in table.rows if row.is_kept]
    for row in table.kept:
        row.made = _begun(row)
        _fill(row.made, row.cells, row.tables)
    if table.spec.in_order_of and any(row.is_new for row in table.kept):
        table.kept.sort(key=_place_in_order)
    is_as_it_was = not isinstance(at(holder, table.spec.paths[0]), list) and not table.kept
    if not is_as_it_was:
        _put(holder, table.spec.paths[0], [row.made for row in table.kept])


def _begun(row: Row) -> Any:
    if not row.is_new:
        return copy.deepcopy(row.before)
    if row.spec.shape is Shape.PAIRS:
        return [None, None]
    return row.spec.begins(row.split.text) if row.spec.begins and row.split else {}


def _place_in_order(row: Row) -> tuple[bool, Decimal]:
    """By its number; what has none, or none that can be read, comes last."""
    value = next((cell.value for cell in row.cells if cell.column.name == row.spec.in_order_of), None)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return (not is_number, Decimal(str(value)) if is_number else Decimal(0))


def _key(row: Row) -> str:
    found = row.key.value if row.key else ""
    return found if isinstance(found, str) else ""


def _fill_map(holder: dict[str, Any], table: Table) -> None:
    """Rename and take away the entries of every object that has them, then fill the rows in."""
    table.kept = [row for row in table.rows if row.is_kept and _key(row)]
    was_empty = [at(holder, path) == {} for path in table.spec.paths]
    renamed = {row.key_before: _key(row) for row in table.kept if not row.is_new}
    for path in table.spec.paths:
        entries = at(holder, path)
        if isinstance(entries, dict):
            kept: dict[str, Any] = {}
            for name, value in entries.items():
                if name in table.spec.not_rows:
                    kept[name] = value
                elif name in renamed:
                    kept.setdefault(renamed[name], value)
            _put(holder, path, kept)
    for row in table.kept:
        for cell in row.cells:
            if row.is_new or not cell.is_as_it_was:
                _put(holder, cell.column.path, cell.value, _key(row))
    if table.spec.vanishes:
        for path, was in zip(table.spec.paths, was_empty, strict=True):
            if at(holder, path) == {} and not was:
                _put(holder, path, GONE)


def _places(cells: Sequence[Cell], tables: Sequence[Table], place: str) -> Iterator[tuple[str, Place]]:
    """Every place of the document that is drawn, with where it is drawn."""
    for cell in cells:
        yield _below(place, cell.column.path), cell
    for table in tables:
        for path in table.spec.paths:
            yield _below(place, path), table
        for number, row in enumerate(table.kept):
            if table.spec.shape is Shape.MAP:
                yield from _places_of_entry(row, place)
            else:
                here = f"{_below(place, table.spec.paths[0])}[{number}]"
                yield here, row
                yield from _places(row.cells, row.tables, here)
                if row.split:
                    yield _below(here, row.split.column.path), row.split


def _places_of_entry(row: Row, place: str) -> Iterator[tuple[str, Place]]:
    """Where an entry with a name is drawn: a fault of its own value at that, any other at its name."""
    for cell in row.cells:
        where = _below(place, cell.column.path, _key(row))
        yield where, cell if row.key is None or row.spec.are_fixed or not _is_well(cell) else row.key
    for path in row.spec.paths:
        yield below(_below(place, path), _key(row)), row.key or row


def _is_well(cell: Cell) -> bool:
    """Is the value such that only its name can be wrong?"""
    found = cell.value
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= MOST_POINTS


def _below(place: str, path: Path, key: str = "") -> str:
    for step in path:
        name = key if step == KEY else step
        place = f"{place}[{name}]" if isinstance(name, int) else below(place, name)
    return place
