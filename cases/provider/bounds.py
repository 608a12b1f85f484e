"""How much of a JSON result is taken up: elements, for nine megabytes of empty lists would become gigabytes."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

DEPTH_LIMIT = 100  # no result nests as deep; what recurses over it later must not run out of stack
MOST_OF_A_CHAPTER = 200_000  # values, lists and objects below one name of the result
MOST_IN_ALL = 250_000
EVERYTHING_AFTER = ""  # in place of a chapter's name: no more chapters are taken up

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|["\[\]{},]', re.DOTALL)


class Document(dict[str, Any]):
    """A result; `cut` names the chapters of which the end was left out, EVERYTHING_AFTER if no more were read."""

    def __init__(self, held: Mapping[str, Any] | None = None, cut: tuple[str, ...] = ()) -> None:
        super().__init__(held or {})
        self.cut = cut


def bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """Leave out what is beyond the limits, and name where; text that is no JSON comes back as it is.

    What is left out is not looked at closer: only its strings and brackets are followed.
    """
    if text.count(",") + text.count("[") + text.count("{") <= MOST_OF_A_CHAPTER:
        return text, ()
    scan = _Scan()
    try:
        kept = [text[start:end] for start, end in scan.kept(text)]
    except _NotJson:
        return text, ()
    return "".join(kept), tuple(scan.cut)


def concerns(cut: tuple[str, ...], chapter: str) -> bool:
    """Say whether something of a chapter may have been left out."""
    return chapter in cut or EVERYTHING_AFTER in cut


class _NotJson(Exception):
    """The brackets and strings do not fit."""


class _Scan:
    """One walk over the strings and brackets of a text, counting elements."""

    def __init__(self) -> None:
        self.cut: dict[str, None] = {}
        self.depth = 0
        self.in_all = 0
        self.of_chapter = 0
        self.chapter: str | None = None  # the name at the top that was read last; None until it is
        self.skipped_at: int | None = None  # how deep that lies whose end is being left out

    def kept(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the pieces to keep begin and end."""
        start = 0
        for token in _TOKEN.finditer(text):
            match token[0][0]:
                case "[" | "{":
                    self._open()
                case "]" | "}":
                    if self._close():
                        start = token.start()
                case ",":
                    if self.skipped_at is None and self._is_full():
                        self.skipped_at = self.depth
                        yield start, token.start()
                case _:
                    self._name(token[0])
        if self.depth or self.skipped_at is not None:
            raise _NotJson
        yield start, len(text)

    def _open(self) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise _NotJson
        if self.skipped_at is None:
            self._count()

    def _close(self) -> bool:
        """Say whether what was left out ends here."""
        is_end = self.skipped_at == self.depth
        if is_end:
            self.skipped_at = None
        self.depth -= 1
        if self.depth < 0:
            raise _NotJson
        return is_end

    def _is_full(self) -> bool:
        """Count the element that begins behind a comma, and say whether it is one too many."""
        self._count()
        if self.depth == 1:
            self.chapter, self.of_chapter = None, 0
            is_full = self.in_all > MOST_IN_ALL
        else:
            is_full = self.of_chapter > MOST_OF_A_CHAPTER or self.in_all > MOST_IN_ALL
        if is_full:
            self.cut[EVERYTHING_AFTER if self.chapter is None else self.chapter] = None
        return is_full

    def _count(self) -> None:
        self.in_all += 1
        self.of_chapter += 1

    def _name(self, written: str) -> None:
        if len(written) == 1:
            raise _NotJson  # a string without an end
        if self.depth == 1 and self.chapter is None and self.skipped_at is None:
            self.chapter = json.loads(written, strict=False)
