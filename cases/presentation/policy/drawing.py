"""Draws a policy document as cells and rows, with what was filled in for it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from cases.assessment.policy.checked_values import MOST_ENTRIES
from cases.presentation.policy.cell_values import GONE, TICKED, Content, Gone, written
from cases.presentation.policy.drawn import Cell, Part, Place, Row, Table, within
from cases.presentation.policy.parts import (
    KEY,
    Column,
    Inside,
    Kind,
    Option,
    Options,
    Path,
    Rows,
    Section,
    Shape,
)

MOST_DIGITS = 6  # of a number of rows


class Sent(Protocol):
    """What a form sent, by the names of its inputs."""

    def getlist(self, key: str) -> list[str]:
        """Everything that was sent under a name."""

    def __contains__(self, key: object) -> bool:
        """Was anything sent under a name?"""


def draw(
    sections: Sequence[Section], document: Mapping[str, Any], sent: Sent | None = None, adds: str = ""
) -> list[Part]:
    """Draw a document, with what was sent for it if anything was, and a row more in the table that `adds` names."""
    pen = _Pen(sent, adds)
    return [pen.part(section, document) for section in sections]


def offer(parts: Sequence[Part], document: Mapping[str, Any]) -> None:
    """Give the cells what may be chosen in them, by a document."""
    found: dict[Options, Sequence[Option]] = {}

    def of_column(column: Column | None) -> Sequence[Option]:
        if column is None or column.options is None:
            return ()
        if column.options not in found:
            found[column.options] = column.options(document)
        return found[column.options]

    for place in within(parts):
        if isinstance(place, Cell):
            place.offered = of_column(place.column)
            place.named = place.column.rests_on(document) if place.column.rests_on else ()
        elif isinstance(place, Table):
            place.offered = of_column(place.spec.split_by)


def at(holder: Any, path: Path, key: str = "") -> Any:
    """What lies at a path below an object; GONE if nothing does."""
    for step in path:
        name = key if step == KEY else step
        is_there = name in holder if isinstance(holder, Mapping) else _has(holder, name)
        if not is_there:
            return GONE
        holder = holder[name]
    return holder


def _has(holder: Any, place: str | int) -> bool:
    return isinstance(holder, list) and isinstance(place, int) and place < len(holder)


class _Pen:
    """Draws, from a document and what was sent for it."""

    def __init__(self, sent: Sent | None, adds: str) -> None:
        self.sent, self.adds = sent, adds

    def part(self, section: Section, document: Mapping[str, Any]) -> Part:
        part = Part(name=section.name, section=section)
        part.cells = [
            self.cell(column, f"{section.name}-{column.name}", document, part) for column in section.columns
        ]
        part.tables = [
            self.table(spec, f"{section.name}-{spec.name}", document, part) for spec in section.rows
        ]
        return part

    def cell(self, column: Column, name: str, holder: Any, up: Place, key: str = "") -> Cell:
        before = at(holder, column.path, key)
        return self.of_value(column, name, before, up)

    def of_value(self, column: Column, name: str, before: Any, up: Place) -> Cell:
        content = written(column, before)
        if self.sent is not None:
            content = self._sent(column, name, content)
        return Cell(name=name, up=up, column=column, before=before, content=content)

    def _sent(self, column: Column, name: str, content: Content) -> Content:
        assert self.sent is not None  # noqa: S101 - asked by the caller
        if column.kind is Kind.YES_NO:
            return (TICKED,) if name in self.sent else ()
        if column.kind is Kind.TICKS:
            return tuple(self.sent.getlist(name))
        if name not in self.sent:
            return content
        rest = self.sent.getlist(f"{name}-on")[-1:] or [""] if column.kind is Kind.CONDITION else []
        return (self.sent.getlist(name)[-1], *rest)

    def table(self, spec: Rows, name: str, holder: Any, up: Place, blank: int = 0) -> Table:
        table = Table(name=name, up=up, spec=spec, more=self._more(name, blank))
        befores: list[tuple[str, Any]]
        if spec.shape is Shape.MAP:
            maps = [found for path in spec.paths if isinstance(found := at(holder, path), Mapping)]
            keys = [key for found in maps for key in found if key not in spec.not_rows]
            befores = [(key, holder) for key in dict.fromkeys(keys)]
        else:
            listed = at(holder, spec.paths[0])
            befores = [("", entry) for entry in listed] if isinstance(listed, list) else []
        befores += [("", GONE)] * table.more
        table.rows = [
            self.row(table, f"{name}-{number}", before, key) for number, (key, before) in enumerate(befores)
        ]
        return table

    def _more(self, name: str, blank: int) -> int:
        found = self.sent.getlist(f"{name}-more")[-1:] if self.sent is not None else []
        is_number = found and found[0].isascii() and found[0].isdecimal() and len(found[0]) <= MOST_DIGITS
        stated = int(found[0]) if is_number else blank
        return min(stated + (self.adds == name), MOST_ENTRIES)

    def row(self, table: Table, name: str, before: Any, key: str = "") -> Row:
        spec, is_new = table.spec, isinstance(before, Gone)
        row = Row(name=name, up=table.up, spec=spec, before=before, key_before=key)
        row.is_removed = self.sent is not None and f"{name}-remove" in self.sent
        if spec.key:
            row.key = self.of_value(spec.key, f"{name}-key", GONE if is_new else key, row)
        if spec.split_by:
            row.split = self._split(spec.split_by, table, row)
        if is_new and spec.begins and row.split:
            before = spec.begins(row.split.text)
        inside = spec.inside(before if isinstance(before, Mapping) else {}) if spec.inside else Inside()
        row.cells = [
            self.cell(column, f"{name}-{column.name}", before, row, key)
            for column in (*spec.columns, *inside.columns)
        ]
        row.tables = [
            self.table(below, f"{name}-{below.name}", before, row, blank=int(is_new)) for below in inside.rows
        ]
        return row

    def _split(self, column: Column, table: Table, row: Row) -> Cell:
        """What kind of row it is: as it was kept, or as it was chosen for a new row."""
        where = f"{row.name}-{column.name}"
        if not row.is_new:
            kept = at(row.before, column.path)
            return Cell(name=where, up=row, column=column, before=kept, content=written(column, kept))
        chosen = self.sent.getlist(where) or self.sent.getlist(f"{table.name}-kind") if self.sent else []
        return Cell(name=where, up=row, column=column, before=GONE, content=tuple(chosen[-1:]) or ("",))
