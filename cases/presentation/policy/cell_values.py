"""A value of a policy document as what is written in a cell, and back.

What a cell holds is a tuple of texts: one, or those that are ticked, or a condition and what it rests on. A text that
cannot be read as a number stays a text, for the reader of the document to refuse at its place.
"""

import json
import re
from typing import Any

from cases.findings.vocabulary.plain_text import without_turning
from cases.presentation.policy.parts import Column, Emptied, Kind

TICKED = "on"
WHOLE, DECIMAL = re.compile(r"-?[0-9]{1,18}"), re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")
BETWEEN_CODES = re.compile(r"[,;\n]")


class Gone:
    """That a document does not have the value."""


GONE = Gone()
Content = tuple[str, ...]


def written(column: Column, value: Any) -> Content:
    """What stands in the cell of a value; of GONE what the document means by leaving it out."""
    if isinstance(value, Gone):
        value = column.absent
    if column.kind is Kind.YES_NO:
        return (TICKED,) if value is True else ()
    if column.kind is Kind.TICKS:
        return tuple(_text(entry) for entry in value) if isinstance(value, list) else ()
    if column.kind is Kind.CONDITION:
        condition, _colon, rest = _text(value).partition(":")
        return (condition, rest)
    if isinstance(value, list):
        between = "\n" if column.kind is Kind.LINES else ", "
        return (between.join(_text(entry) for entry in value),)
    return (_text(value),)


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def as_sent(text: str) -> str:
    """A text with the ends of lines that a browser sends in one form."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_unchanged(column: Column, content: Content, value: Any) -> bool:
    """Does a cell still hold what was written in it?"""
    return [as_sent(text) for text in content] == [as_sent(text) for text in written(column, value)]


def value_of(column: Column, content: Content, before: Any) -> Any:
    """The value of a cell; the one before, however it was written, if nobody changed it. GONE if there is none."""
    if is_unchanged(column, content, before):
        return before
    found = _READ_BY.get(column.kind, _of_text)(column, content, before)
    if found in ("", []):
        return _emptied(column)
    return found


def _emptied(column: Column) -> Any:
    match column.emptied:
        case Emptied.NULL:
            return None
        case Emptied.EMPTY_LIST:
            return []
        case _:
            return GONE


def _plain(content: Content) -> str:
    return without_turning(as_sent(content[0] if content else "")).strip()


def _of_text(_column: Column, content: Content, _before: Any) -> str:
    return _plain(content)


def _of_number(_column: Column, content: Content, _before: Any) -> int | float | str:
    text = _plain(content)
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


def _of_yes_no(_column: Column, content: Content, _before: Any) -> bool:
    return bool(content)


def _of_ticks(_column: Column, content: Content, before: Any) -> list[str]:
    """Those that are ticked, in the order in which they stood, new ones last."""
    stood = before if isinstance(before, list) else []
    return [word for word in stood if word in content] + [word for word in content if word not in stood]


def _of_codes(_column: Column, content: Content, _before: Any) -> list[str]:
    codes = (code.strip() for code in BETWEEN_CODES.split(_plain(content)))
    return [code for code in codes if code]


def _of_lines(_column: Column, content: Content, before: Any) -> list[str] | str:
    lines = [line.strip() for line in _plain(content).split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 and not isinstance(before, list) else lines


def _of_condition(_column: Column, content: Content, _before: Any) -> str:
    condition, rest = (*content, "", "")[:2]
    names = ",".join(name.strip() for name in _plain((rest,)).split(","))
    return f"{condition}:{names}" if names else condition


_READ_BY = {
    Kind.NUMBER: _of_number,
    Kind.YES_NO: _of_yes_no,
    Kind.TICKS: _of_ticks,
    Kind.CODES: _of_codes,
    Kind.LINES: _of_lines,
    Kind.CONDITION: _of_condition,
}
