"""Reading a result that may hold anything."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

MOST_LETTERS = 600
_GLYPHS = frozenset(TTFont("SandboxGlyphs", "Vera.ttf").face.charToGlyph)


def node(value: Any, *names: str) -> dict[str, Any]:
    """Return the object under the first of the names that holds one, else an empty one."""
    if not isinstance(value, Mapping):
        return {}
    for name in names:
        if isinstance(value.get(name), Mapping):
            return dict(value[name])
    return {}


def nodes(value: Any, *names: str) -> list[dict[str, Any]]:
    """Return the objects in the first list that one of the names holds."""
    if isinstance(value, Mapping):
        for name in names:
            if isinstance(value.get(name), list):
                return [dict(one) for one in value[name] if isinstance(one, Mapping)]
    return []


def text(value: Any) -> str:
    """Return a value as words the font can write, a dash when there is none."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool | list | dict):
        value = str(value)
    if isinstance(value, float):
        value = f"{value:.2f}".rstrip("0").rstrip(".")
    return "".join(_written(letter) for letter in str(value)[:MOST_LETTERS].strip())


def _written(letter: str) -> str:
    if ord(letter) in _GLYPHS or letter in "\n\t ":
        return letter
    plain = unicodedata.normalize("NFKD", letter)[0]
    return plain if ord(plain) in _GLYPHS else "?"


def word(value: Any) -> str:
    """Return an enum word as one reads it: LIMITED_COMPANY becomes Limited company."""
    shown = text(value)
    return shown.replace("_", " ").capitalize() if re.fullmatch(r"[A-Z0-9_]+", shown) else shown


def day(value: Any) -> str:
    """Return the day of a date-time, or the value as it came."""
    shown = text(value)
    return shown[:10] if re.match(r"\d{4}-\d{2}-\d{2}", shown) else shown


def per_cent(value: Any) -> str:
    """Return a percentage with its sign."""
    return "–" if value is None else f"{text(value)} %"


def money(value: Any) -> str:
    """Return a sum with its thousands apart."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text(value)
    return f"{value:,.0f}".replace(",", "\u00a0").replace("-", "−")


def role_holders(roles: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the key of each role with its holder, in the order of the result."""
    for key, value in roles.items():
        if key in {"metadata", "metaData", "others"}:
            continue
        holders = value if isinstance(value, list) else [value]
        yield from ((key, dict(one)) for one in holders if isinstance(one, Mapping) and one.get("name"))
    yield from ((str(one.get("role")), one) for one in nodes(roles, "others"))
