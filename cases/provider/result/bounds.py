"""How much of a JSON result is read: nine megabytes of empty lists would become gigabytes.

Entries of one list are compared with those of others, which takes time too: a list has a limit of its own. One letter
of a rare script makes Python keep four bytes for each letter of its text, and texts are copied: so these have limits.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, AnyStr

DEPTH_LIMIT = 100  # no result nests as deep; what recurses over it later must not run out of stack
MOST_OF_A_LIST = 5_000  # entries of one list
MOST_OF_A_CHAPTER = 60_000  # values, lists and objects below one name of the result
MOST_IN_ALL = 100_000
MOST_OF_A_STRING = 1_000_000  # characters, as they are written
MOST_CHARACTERS = 8_000_000  # of all that is taken up
LONGEST_REPEATED = 200  # characters of an entry that is looked for again
EVERYTHING_AFTER = ""  # in place of a chapter's name: no more chapters are taken up

_STRING = r'"(?:[^"\\]++|\\.)*+"'
_TOKEN = re.compile(rf'{_STRING}|["\[\]{{}},]', re.DOTALL)
# The same where nothing is kept: what holds neither strings nor others is passed over at once.
_PASSED_OVER = re.compile(rf'{_STRING}|\{{[^"\[\]{{}}]*+\}}|\[[^"\[\]{{}}]*+\]|["\[\]{{}},]', re.DOTALL)
# As much of a string as ends behind a whole letter.
_BEGINNING = re.compile(r'"(?:[^"\\]++|\\u[0-9a-fA-F]{4}|\\[^u])*+', re.DOTALL)


class Document(dict[str, Any]):
    """A result; `cut` names the chapters of which something was left out, with how many entries or values those were.

    EVERYTHING_AFTER stands for the chapters that were not read.
    """

    def __init__(self, held: Mapping[str, Any] | None = None, cut: Mapping[str, int] | None = None) -> None:
        super().__init__(held or {})
        self.cut = dict(cut or {})


def bounded(text: str) -> tuple[str, dict[str, int]]:
    """Leave out what is beyond the limits, and say where and how much.

    What is left out is not looked at closer: only its strings and brackets are followed, and what repeats itself not
    even that. Raises NotJson where they show that all of it is no JSON, or nests too deep: parsing such a text whole
    would take the memory that the limits spare.
    """
    is_short = len(text) <= min(MOST_OF_A_STRING, MOST_CHARACTERS)
    if is_short and elements(text) <= min(MOST_OF_A_LIST, MOST_OF_A_CHAPTER):
        return text, {}
    scan = _Scan()
    kept = [text[start:end] for start, end in scan.kept(text)]
    return "".join(kept) if scan.cut else text, scan.cut


def elements(text: AnyStr) -> int:
    """Reckon, without reading it, how many elements a JSON text has at most."""
    marks = ",[{" if isinstance(text, str) else b",[{"
    return sum(text.count(marks[at : at + 1]) for at in range(len(marks)))


def concerns(cut: Collection[str], chapter: str) -> bool:
    """Say whether something of a chapter may have been left out."""
    return chapter in cut or EVERYTHING_AFTER in cut


class NotJson(ValueError):
    """The brackets and strings do not fit, or nest too deep."""


@dataclass(slots=True)
class _Open:
    """A list or object whose end has not come: how many entries it has, and where the comma of the last is."""

    is_list: bool
    entries: int = 1
    comma: int = -1


@dataclass
class _Scan:
    """One walk over the strings and brackets of a text, counting elements and characters."""

    at: int = 0  # where the walk goes on
    left_out: int = 0  # characters
    cut: dict[str, int] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    in_all: int = 0
    of_chapter: int = 0
    chapter: str | None = None  # the name at the top that was read last; None until it is

    def kept(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the pieces to keep begin and end."""
        start: int | None = 0
        while start is not None:
            end, start_of_next = self._piece(text)
            yield start, end
            self.left_out += (start_of_next or end) - end
            start = start_of_next
        if self.open:
            raise NotJson

    def _piece(self, text: str) -> tuple[int, int | None]:
        """Give the end of the piece that is walked over, and where the next begins; None if nothing was left out."""
        for token in _TOKEN.finditer(text, self.at):
            if token.end() - token.start() > MOST_OF_A_STRING + len('""'):
                return self._shorten(text, token.start(), token.end())
            match token[0][0]:
                case "[" | "{":
                    self._begin(is_list=token[0] == "[")
                case "]" | "}":
                    if not self.open:
                        raise NotJson
                    self.open.pop()
                case ",":
                    if self._is_full(token.start()):
                        return token.start(), self._pass_over(text, token.start())
                    self._note_comma(token.start())
                case _:
                    self._name(token[0])
        return len(text), None

    def _begin(self, *, is_list: bool) -> None:
        self.open.append(_Open(is_list))
        if len(self.open) > DEPTH_LIMIT:
            raise NotJson
        self._count()

    def _note_comma(self, at: int) -> None:
        if self.open:
            self.open[-1].entries += 1
            self.open[-1].comma = at

    def _is_full(self, comma: int) -> bool:
        """Count the element that begins behind a comma, and say whether it is one too many."""
        self._count()
        is_full = self.in_all > MOST_IN_ALL or comma - self.left_out > MOST_CHARACTERS
        if len(self.open) == 1:
            self.chapter, self.of_chapter = None, 0
            return is_full
        inmost = self.open[-1] if self.open else _Open(is_list=False)
        is_long = inmost.is_list and inmost.entries >= MOST_OF_A_LIST
        return is_full or is_long or self.of_chapter > MOST_OF_A_CHAPTER

    def _pass_over(self, text: str, comma: int) -> int:
        """Leave out the rest of the list or object; give where its end stands."""
        before = self.open[-1].comma if self.open else -1
        self.at, entries = _end_of(text, comma, text[before:comma] if before >= 0 else "")
        self._note_cut(entries)
        return self.at

    def _shorten(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Leave out the end of a string; give where that begins, and where the quote behind it stands."""
        beginning = _BEGINNING.match(text, start, start + 1 + MOST_OF_A_STRING)
        if beginning is None:
            raise NotJson
        self._name(beginning[0] + '"')
        self._note_cut(1)
        self.at = end
        return beginning.end(), end - 1

    def _note_cut(self, entries: int) -> None:
        chapter = EVERYTHING_AFTER if self.chapter is None else self.chapter
        self.cut[chapter] = self.cut.get(chapter, 0) + entries

    def _count(self) -> None:
        self.in_all += 1
        self.of_chapter += 1

    def _name(self, written: str) -> None:
        if len(written) == 1:
            raise NotJson  # a string without an end
        if len(self.open) == 1 and self.chapter is None:
            self.chapter = json.loads(written, strict=False)


def _end_of(text: str, comma: int, last: str) -> tuple[int, int]:
    """Find the end of the list or object in which a comma stands, and count its entries from there on.

    `last` is the entry before, with its own comma: those that repeat it are counted without being looked at.
    """
    entries = 0
    if 0 < len(last) <= LONGEST_REPEATED:
        same = re.compile(f"(?:{re.escape(last)})*+").match(text, comma)
        repeated = len(same[0]) // len(last) if same else 0
        # The last that is the same may go on otherwise, as 1 in 1,1,12.
        entries = max(0, repeated - 1)
    depth = 0
    for token in _PASSED_OVER.finditer(text, comma + entries * len(last)):
        match token[0]:
            case ",":
                entries += not depth
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case '"':
                raise NotJson
        if depth < 0:
            return token.start(), entries
        if depth > DEPTH_LIMIT:
            raise NotJson
    raise NotJson
