"""Plain values as JSON text that loses no digit: Decimals are written as they are, never by way of a float."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

INDENT = "  "


def write(value: Any) -> str:
    """Write objects, lists, texts, numbers, booleans and None, indented, keys in their order, as UTF-8 wants it."""
    return "".join(_written(value, "\n"))


def _written(value: Any, line: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield from _between("{", ((f"{_text(name)}: ", below) for name, below in value.items()), "}", line)
    elif isinstance(value, list) and value:
        yield from _between("[", (("", below) for below in value), "]", line)
    elif isinstance(value, Decimal):
        yield _number(value)
    else:
        yield _text(value)


def _between(first: str, parts: Iterator[tuple[str, Any]], last: str, line: str) -> Iterator[str]:
    inner = line + INDENT
    mark = first
    for head, value in parts:
        yield f"{mark}{inner}{head}"
        yield from _written(value, inner)
        mark = ","
    yield f"{line}{last}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _number(value: Decimal) -> str:
    """Without exponent and without zeros at the end: 182400000, 22500000.5."""
    written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
