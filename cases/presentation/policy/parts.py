"""What a policy document is made of, as a person sees it: sections of cells, and tables of rows, each with words.

One description for each kind of document serves the form, the page of a version and the comparison of two. It names
where a value lies; what may stand there the readers of `cases.assessment.policy` say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cases.findings.vocabulary.wording import Words

# In the path of a column: the name of the row's own entry.
KEY = "*"
# Where a value lies below an object: names of entries, places in a pair, or KEY.
Path = tuple[str | int, ...]
Option = tuple[str, Words]
# What may be chosen, by the document as it stands: a list added above can be chosen below.
Options = Callable[[Mapping[str, Any]], Sequence[Option]]


class Kind(StrEnum):
    """What is put into a cell."""

    TEXT = "text"
    WORDS = "words"  # sentences
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"  # one of the options
    SUGGESTED = "suggested"  # a word, with the options to pick from
    TICKS = "ticks"  # any of the options
    CODES = "codes"  # codes with commas between
    LINES = "lines"  # texts, one a line
    DAY = "day"
    CONDITION = "condition"  # one of the options, a colon, and what it rests on


class Emptied(StrEnum):
    """What becomes of a value whose cell was emptied."""

    LEFT_OUT = "left out"
    NULL = "null"
    EMPTY_LIST = "empty list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A value of a row or section.

    absent: what a document that leaves it out means by that
    rests_on: of a condition words for what it may rest on
    """

    path: Path
    label: Words
    kind: Kind = Kind.TEXT
    options: Options | None = None
    absent: Any = None
    emptied: Emptied = Emptied.LEFT_OUT
    rests_on: Options | None = None
    help: Words = ""

    @property
    def name(self) -> str:
        """Its name among the columns of its row, in names of inputs."""
        return "_".join(str(step) for step in self.path if step != KEY) or "value"


class Shape(StrEnum):
    """In which form a document keeps rows."""

    LIST = "list"  # of objects
    PAIRS = "pairs"  # a list of lists of two
    MAP = "map"  # entries with names, of one object or of several with the same names


@dataclass(frozen=True, slots=True)
class Inside:
    """What a row holds beside its columns: further columns, and tables of its own."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Rows, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """A table: what it is called and where it lies.

    paths: of a list that list; of entries with names every object that has them, the leading one first
    key: of entries with names the column of their name
    known_by: the columns that say which row it is, where names do not
    inside: what a row holds beside its columns, by the row
    split_by: the column by which rows differ in what they hold; it is chosen when a row is added, and stays
    begins: what a new row holds before anything is filled in, by what was chosen for `split_by`
    are_fixed: rows neither come nor go
    is_wide: each row is drawn by itself, with labels, and not as a line of a table
    in_order_of: the name of a number by which rows are put in order, those without it last
    not_rows: names that are no rows
    vanishes: an object that lost its last row is left out
    gist: the columns that tell in short what a row says
    """

    name: str
    title: Words
    paths: tuple[Path, ...]
    shape: Shape
    columns: tuple[Column, ...]
    key: Column | None = None
    known_by: tuple[str, ...] = ()
    inside: Callable[[Mapping[str, Any]], Inside] | None = None
    split_by: Column | None = None
    begins: Callable[[str], dict[str, Any]] | None = None
    are_fixed: bool = False
    is_wide: bool = False
    in_order_of: str = ""
    not_rows: tuple[str, ...] = ()
    vanishes: bool = False
    gist: tuple[str, ...] = ()
    add: Words = ""
    help: Words = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with a heading."""

    name: str
    title: Words
    help: Words = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Rows, ...] = ()
