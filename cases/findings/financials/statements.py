"""Years side by side, and what changed from each to the next, said only where it can be said honestly."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.formats import WIDE, change_words, exact_words, signed_words
from cases.findings.vocabulary.wording import Words

Amount = Decimal | str | None

YEARS_ABREAST = 3  # more do not fit a phone or a sheet; the older ones follow below
NOT_IN_BOTH = _("not stated in both years")
NO_NUMBER = _("not a number in both years")
NOT_CONSECUTIVE = _("the two are not consecutive years")
FROM_ZERO = _("from zero")
FROM_BELOW_ZERO = _("from a negative amount")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement: an amount for each year, None where it is not stated."""

    name: Word
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one year to the next, in per cent or as an amount, if any; `why` says why not in per cent.

    There are per cent only of what was above zero before: of a loss they would have a misleading sign.
    """

    percent: Decimal | None = None
    amount: Decimal | None = None
    why: Words = ""

    @property
    def text(self) -> str:
        """What a reader sees: '+8.7 %', '+4 500 000' or '–'."""
        if self.percent is not None:
            return change_words(self.percent)
        return "–" if self.amount is None else signed_words(self.amount)

    @property
    def exact(self) -> str:
        """The change for machines: per cent to four decimals, or the exact amount; '' if there is neither."""
        if self.percent is not None:
            return exact_words(self.percent)
        return "" if self.amount is None else format(self.amount, "f")


@dataclass(frozen=True, slots=True)
class Column:
    """One year; `older` is the year its changes start from, None if there is none, `missing` the years between."""

    year: Amount
    older: Amount = None
    missing: tuple[int, ...] = ()
    has_older: bool = False

    @property
    def is_consecutive(self) -> bool:
        """Is the next column the year before?"""
        return are_consecutive(self.year, (self.older,))


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount, and what changed from the column after it; None in the oldest."""

    amount: Amount
    change: Change | None

    @property
    def is_wide(self) -> bool:
        """Would it stretch the table?"""
        written = self.amount if isinstance(self.amount, str) else format(self.amount or Decimal(0), "f")
        return len(written) > 18


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    name: Word
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a statement: as many years as fit side by side."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def blocks(years: tuple[Amount, ...], lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """Lay a statement out as tables; the oldest year of each is compared with the first year of the next."""
    columns = tuple(_columns(years))
    rows = [
        Row(line.name, tuple(_cells(columns, line.amounts)))
        for line in lines  # every line has as many amounts as there are years
    ]
    return tuple(
        Block(
            columns[start : start + YEARS_ABREAST],
            tuple(Row(row.name, row.cells[start : start + YEARS_ABREAST]) for row in rows),
        )
        for start in range(0, len(columns), YEARS_ABREAST)
    )


def are_consecutive(year: Amount, older: tuple[Amount, ...]) -> bool:
    """Is the first of the older ones, if there is one, the year before?"""
    before = older[0] if older else None
    return isinstance(year, Decimal) and isinstance(before, Decimal) and WIDE.subtract(year, before) == 1


def change(newer: Amount, older: Amount) -> Change:
    """What changed from one amount to the next."""
    if newer is None or older is None:
        return Change(why=NOT_IN_BOTH)
    if isinstance(newer, str) or isinstance(older, str):
        return Change(why=NO_NUMBER)
    difference = WIDE.subtract(newer, older)
    if older > 0:
        return Change(percent=WIDE.divide(WIDE.multiply(difference, 100), older))
    if not difference:
        return Change(percent=Decimal(0))
    return Change(amount=difference, why=FROM_BELOW_ZERO if older else FROM_ZERO)


def _columns(years: tuple[Amount, ...]) -> Iterator[Column]:
    for place, year in enumerate(years):
        if place + 1 == len(years):
            yield Column(year)
        else:
            older = years[place + 1]
            yield Column(year, older, _between(year, older), has_older=True)


def _between(newer: Amount, older: Amount) -> tuple[int, ...]:
    if not isinstance(newer, Decimal) or not isinstance(older, Decimal) or not 1 < newer - older <= 5:
        return ()
    return tuple(range(int(newer) - 1, int(older), -1))


def _cells(columns: tuple[Column, ...], amounts: tuple[Amount, ...]) -> Iterator[Cell]:
    for place, column in enumerate(columns):
        if not column.has_older:
            yield Cell(amounts[place], None)
        elif not column.is_consecutive:
            yield Cell(amounts[place], Change(why=NOT_CONSECUTIVE))
        else:
            yield Cell(amounts[place], change(amounts[place], amounts[place + 1]))
