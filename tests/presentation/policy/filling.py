"""Filling in the form of a policy document as a browser does: every input, with what stands in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from cases.presentation.policy.cell_values import as_sent
from cases.presentation.policy.drawing import draw, offer
from cases.presentation.policy.drawn import Cell, Part, Row, Table, within
from cases.presentation.policy.parts import Kind
from cases.presentation.policy.shapes import SECTIONS


def drawn(kind: str, document: Mapping[str, Any]) -> list[Part]:
    parts = draw(SECTIONS[kind], document)
    offer(parts, document)
    return parts


def sent(parts: Sequence[Part], **changes: str | list[str]) -> QueryDict:
    """What a browser sends of a drawing; `changes` name inputs with `_` for `-`, a list for ticks."""
    form = QueryDict(mutable=True)
    for place in within(parts):
        if isinstance(place, Cell):
            _send(form, place)
        elif isinstance(place, Table):
            form[f"{place.name}-more"] = str(place.more)
        elif isinstance(place, Row) and place.is_removed:
            form[f"{place.name}-remove"] = "on"
    for name, value in changes.items():
        form.setlist(name, [value] if isinstance(value, str) else value)
    return form


def _send(form: QueryDict, cell: Cell) -> None:
    if cell.column.kind in (Kind.YES_NO, Kind.TICKS):
        if cell.content:
            form.setlist(cell.name, list(cell.content))
        return
    # A browser sends the ends of lines in a form of its own.
    form[cell.name] = as_sent(cell.text).replace("\n", "\r\n")
    if cell.column.kind is Kind.CONDITION:
        form[f"{cell.name}-on"] = cell.rests_on


def cell(parts: Sequence[Part], *trail: str) -> Cell:
    """The one cell whose place in words ends so."""
    (found,) = [
        place
        for place in within(parts)
        if isinstance(place, Cell) and place.trail.split(" › ")[-len(trail) :] == list(trail)
    ]
    return found
