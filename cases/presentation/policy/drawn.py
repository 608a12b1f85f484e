"""A policy document drawn as cells and rows: as it was kept, or as a person filled it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.findings.vocabulary.wording import Words
from cases.presentation.policy.cell_values import Content, Gone, is_unchanged, value_of
from cases.presentation.policy.parts import Column, Kind, Option, Rows, Section, Shape

LONG = 60  # characters from which on a text gets more than one line
FEW_LINES = 5  # that are told in short
SEPARATOR = " › "


@dataclass(kw_only=True)
class Place:
    """A part of the drawing at which something may be wrong."""

    name: str
    up: Place | None = None  # what it is a part of
    problems: list[str | Promise] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def label(self) -> Words:
        """What it is called."""
        raise NotImplementedError

    @property
    def trail(self) -> str:
        """Where it is, in words, from the section on."""
        return SEPARATOR.join(part for part in (self.up.trail if self.up else "", str(self.label)) if part)


@dataclass(kw_only=True)
class Cell(Place):
    """One value: what it was, what is written in its cell, and the words of what may be chosen."""

    column: Column
    before: Any
    content: Content
    offered: Sequence[Option] = ()
    named: Sequence[Option] = ()  # words of what a condition may rest on

    @property
    def label(self) -> Words:
        return self.column.label

    @property
    def kind(self) -> str:
        """The kind of input; a long text gets lines of its own."""
        is_long = self.column.kind is Kind.TEXT and (len(self.text) > LONG or "\n" in self.text)
        return Kind.WORDS if is_long else self.column.kind

    @property
    def text(self) -> str:
        return self.content[0] if self.content else ""

    @property
    def rests_on(self) -> str:
        """Of a condition what stands after its colon."""
        return self.content[1] if len(self.content) > 1 else ""

    @property
    def is_ticked(self) -> bool:
        return bool(self.content)

    @property
    def value(self) -> Any:
        """What the document is to hold; GONE if nothing."""
        return value_of(self.column, self.content, self.before)

    @property
    def is_as_it_was(self) -> bool:
        return is_unchanged(self.column, self.content, self.before)

    @cached_property
    def choices(self) -> list[tuple[str, Words, bool]]:
        """Word, words and whether it is chosen; with what is chosen and not known."""
        known = {word for word, _words in self.offered}
        chosen = [*(self.content[:1] if self.column.kind is not Kind.TICKS else self.content)]
        odd = [(word, word) for word in chosen if word and word not in known]
        return [(word, words, word in chosen) for word, words in (*self.offered, *odd)]

    @property
    def words(self) -> str:
        """What it holds as a person reads it; '' for nothing."""
        match self.column.kind:
            case Kind.YES_NO:
                return str(_("Yes") if self.content else _("No"))
            case Kind.CHOICE | Kind.TICKS | Kind.SUGGESTED:
                return "; ".join(self._in_words(word) for word in self.content if word)
            case Kind.CODES:
                return ", ".join(
                    self._in_words(code.strip()) for code in self.text.split(",") if code.strip()
                )
            case Kind.CONDITION:
                words = {name: str(known) for name, known in self.named}
                rest = ", ".join(words.get(name, name) for name in self.rests_on.split(","))
                return ": ".join(part for part in (self._in_words(self.text), rest) if part)
            case _:
                return self.text

    def _in_words(self, word: str) -> str:
        return next((str(words) for known, words in self.offered if known == word and words), word)


def _in_short(cell: Cell) -> str:
    is_bare = cell.column.kind in (Kind.NUMBER, Kind.DAY) or cell.column.path[0] == "when"
    return f"{cell.label}: {cell.words}" if is_bare and cell.words else cell.words


@dataclass(kw_only=True)
class Row(Place):
    """One row. `before`: its object, GONE if it is new; `key_before`: its name, of entries with names."""

    spec: Rows
    before: Any
    key_before: str = ""
    key: Cell | None = None
    split: Cell | None = None
    cells: list[Cell] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    is_removed: bool = False
    made: Any = None  # its object, once it is assembled

    @property
    def is_new(self) -> bool:
        return isinstance(self.before, Gone)

    @property
    def is_blank(self) -> bool:
        """Is it new, and was nothing filled in?"""
        own = [cell for cell in (self.key, *self.cells) if cell]
        nothing = all(cell.is_as_it_was for cell in own)
        return self.is_new and nothing and all(row.is_blank for table in self.tables for row in table.rows)

    @property
    def is_kept(self) -> bool:
        return not self.is_removed and not self.is_blank

    @property
    def known_by(self) -> str:
        """By what the row is known: its name, or the leading one of the columns that say which it is."""
        named = self.key or next(iter(self._naming()), None)
        return named.text if named else ""

    def _naming(self) -> Iterator[Cell]:
        for name in self.spec.known_by:
            yield from (cell for cell in self.cells if cell.column.name == name)

    @property
    def label(self) -> Words:
        if self.key:
            return self.key.words or _("new line")
        named = [cell.words for cell in self._naming() if cell.words]
        return " ".join(named) or _("new line")

    @property
    def is_open(self) -> bool:
        """Is there anything in it that was not there before, or is wrong?"""
        touched = any(not cell.is_as_it_was for cell in self.all_cells)
        inside = any(table.more or any(row.is_open for row in table.rows) for table in self.tables)
        return self.is_new or self.is_removed or self.is_wrong or touched or inside

    @property
    def gist(self) -> list[str]:
        """What it says, in short."""
        named = {cell.column.name: cell for cell in self.cells}
        found = [self.split.words] if self.split else []
        found += [_in_short(named[name]) for name in self.spec.gist if name in named]
        found += [table.in_short for table in self.tables]
        return [words for words in found if words]

    @property
    def is_entry(self) -> bool:
        """Is it no more than a word with a value?"""
        return bool(self.key) and len(self.cells) == 1 and not self.tables

    @property
    def in_words(self) -> str:
        """All that it says, on one line."""
        if self.is_entry:
            return self.cells[0].words
        cells = [f"{cell.label}: {cell.words}" for cell in self.cells if cell.words]
        return "; ".join(
            [*cells, *(f"{table.label}: {table.in_words}" for table in self.tables if table.rows)]
        )

    @property
    def all_cells(self) -> list[Cell]:
        return [self.key, *self.own_cells] if self.key else self.own_cells

    @property
    def own_cells(self) -> list[Cell]:
        """Its cells but that of its name."""
        return [self.split, *self.cells] if self.split else self.cells

    @property
    def is_wrong(self) -> bool:
        """Is anything in it wrong?"""
        inside = (row for table in self.tables for row in table.rows)
        return bool(
            self.problems
            or any(cell.problems for cell in self.all_cells)
            or any(table.problems for table in self.tables)
            or any(row.is_wrong for row in inside)
        )


@dataclass(kw_only=True)
class Table(Place):
    """The rows of a table, with how many of them are new."""

    spec: Rows
    more: int
    rows: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)  # in the order of the document, once it is assembled
    offered: Sequence[Option] = ()  # kinds of rows that may be added

    @property
    def label(self) -> Words:
        return self.spec.title

    @property
    def trail(self) -> str:
        """Where it is; the only table of a section is what that is called."""
        return self.up.trail if isinstance(self.up, Part) and self.up.is_one_table else super().trail

    @property
    def known(self) -> Sequence[Option]:
        """The words that may stand for the name of a line, to pick from."""
        row = self.rows[0] if self.rows else None
        is_suggested = row and row.key and row.key.column.kind is Kind.SUGGESTED
        return row.key.offered if row and row.key and is_suggested else ()

    @property
    def next_row(self) -> str:
        """The id of the row that would be added."""
        return f"id_{self.name}-{len(self.rows)}"

    @property
    def is_narrow(self) -> bool:
        """Is it no more than words or numbers with one value each?"""
        return self.spec.shape is Shape.PAIRS or (self.spec.key is not None and len(self.spec.columns) == 1)

    @property
    def in_words(self) -> str:
        """All that it says, on one line; of steps each with its end."""
        if self.spec.shape is not Shape.PAIRS:
            return ", ".join(f"{row.label} {row.in_words}" for row in self.rows)
        ends = [(row.cells[0].words, row.cells[1].words) for row in self.rows]
        return ", ".join(f"≤ {end}: {points}" if end else f"…: {points}" for end, points in ends)

    @property
    def in_short(self) -> str:
        """What it says, or of many lines how many there are."""
        number = len(self.rows)
        if number > FEW_LINES:
            return ngettext("%(n)d line", "%(n)d lines", number) % {"n": number}
        return self.in_words


@dataclass(kw_only=True)
class Part(Place):
    """A section with its cells and tables."""

    section: Section
    cells: list[Cell] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def label(self) -> Words:
        return self.section.title

    @property
    def is_one_table(self) -> bool:
        """Is there nothing in it but one table, so that its heading says what that is?"""
        return not self.cells and len(self.tables) == 1

    @property
    def wrong(self) -> int:
        """How many places in it are wrong."""
        return sum(bool(place.problems) for place in within([self]))


def within(parts: Sequence[Part]) -> Iterator[Place]:
    """Every place of a drawing, in its order."""
    for part in parts:
        yield part
        yield from part.cells
        for table in part.tables:
            yield from _in_table(table)


def _in_table(table: Table) -> Iterator[Place]:
    yield table
    for row in table.rows:
        yield row
        yield from row.all_cells
        for below in row.tables:
            yield from _in_table(below)
