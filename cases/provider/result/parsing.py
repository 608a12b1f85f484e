"""Read fetched JSON, and check that a fetched file looks like a PDF. Pure: no network, no database."""

import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from decimal import Decimal, InvalidOperation
from pathlib import Path
from threading import Lock
from typing import Any

from cases.provider.errors import CannotUnderstand, Code
from cases.provider.result.bounds import DEPTH_LIMIT, Document, bounded
from cases.provider.result.nodes import tidy
from cases.provider.result.scalars import MOST_PLACES
from cases.provider.result.variants import Variants, one_or_variants

LARGE_BYTES = 2 * 2**20
DIGIT_LIMIT = 30
DECIMAL_LIMIT = MOST_PLACES + 100  # characters; no amount is written with more
_UNSTORABLE_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parse_json(data: bytes) -> Document:
    """Read a JSON object; CannotUnderstand for anything else.

    Refused: other encodings than UTF-8, NaN and Infinity, nesting deeper than 100. What came under one name more
    than once is there once, or as Variants if it differs. Decimals keep their digits. Numbers too long to mean
    anything (over 30 digits before the point, or 1000 behind it) come as text. NUL and lone surrogates, which no
    database stores, come as U+FFFD; the bytes as fetched stay what they are.

    Large ones are read one at a time: while it is read, a text may be in memory five times over.
    """
    with _one_at_a_time if len(data) > LARGE_BYTES else nullcontext():
        return _parsed(data)


def _parsed(data: bytes) -> Document:
    try:
        text, cut = bounded(data.decode("utf-8-sig"))
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_int=_whole,
            parse_float=_decimal,
        )
    except (ValueError, RecursionError):
        value = _NOTHING
    if value is _NOTHING or _too_deep(value):
        raise CannotUnderstand(Code.INVALID_JSON)
    if not isinstance(value, dict):
        raise CannotUnderstand(Code.NOT_AN_OBJECT)
    if _UNSTORABLE_ESCAPE.search(text):
        value = _storable(value)
    return Document(value, cut)


def looks_like_pdf(path: Path) -> bool:
    """Say whether a file begins and ends like a complete PDF; the inside is not looked at."""
    with path.open("rb") as file:
        head = file.read(1024)
        size = file.seek(0, 2)
        file.seek(max(0, size - 2048))
        return b"%PDF-" in head and b"%%EOF" in file.read()


_NOTHING = object()
_one_at_a_time = Lock()


def _refuse(word: str) -> None:
    """Refuse NaN, Infinity and -Infinity, which are not JSON."""
    raise ValueError("not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its names and values; a name that is repeated hides nothing."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    values: dict[str, list[Any]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: one_or_variants(came) for name, came in values.items()}


def _whole(digits: str) -> int | str:
    """Read a whole number, or keep it as text if its length alone is an attack."""
    return int(digits) if len(digits) <= DIGIT_LIMIT else digits


def _decimal(digits: str) -> Decimal | str:
    """Read a decimal number with all its digits, or keep it as text if its size alone is an attack."""
    try:
        number = Decimal(digits) if len(digits) <= DECIMAL_LIMIT else None
    except InvalidOperation:
        number = None
    return digits if number is None or not -MOST_PLACES <= number.adjusted() <= DIGIT_LIMIT else number


def _too_deep(value: object) -> bool:
    """Say whether lists and objects nest beyond the limit, without recursing."""
    level = [value]
    for _ in range(DEPTH_LIMIT):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: object) -> Iterator[object]:
    """Give the lists and objects directly inside one."""
    inside: Any = (
        node.values() if isinstance(node, dict) else node if isinstance(node, list | Variants) else ()
    )
    return (child for child in inside if isinstance(child, dict | list | Variants))


def _storable(value: Any) -> Any:
    """Replace what no database stores in every string of a tree no deeper than the limit."""
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, list):
        return [_storable(child) for child in value]
    if isinstance(value, Variants):
        return Variants(_storable(child) for child in value)
    if isinstance(value, dict):
        return {name: _storable(child) for name, child in tidy(value, _storable_text).items()}
    return value


def _storable_text(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)
