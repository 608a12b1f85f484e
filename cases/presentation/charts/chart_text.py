"""How wide a text will be in a chart, and what of it fits: nothing is asked of fonts, so the page decides nothing."""

import unicodedata
from functools import lru_cache

# Advance widths in em by character, the wider of Inter SemiBold and DejaVu Sans where they are near each other.
_WIDTHS = {
    **dict.fromkeys(" ijl", 0.30),
    **dict.fromkeys("!,.:I", 0.32),
    **dict.fromkeys("'();[]`t|", 0.39),
    **dict.fromkeys("/1\\fr", 0.43),
    **dict.fromkeys('-_{}"^', 0.50),
    **dict.fromkeys("*?Laksxz", 0.58),
    **dict.fromkeys("257EFJbcdehnopquvy", 0.63),
    **dict.fromkeys("#$&+034689<=>BPRSTZg~", 0.68),
    **dict.fromkeys("DKXY", 0.74),
    **dict.fromkeys("ACGHNOQUV", 0.79),
    "w": 0.86,
    **dict.fromkeys("Mm", 0.95),
    **dict.fromkeys("%@W", 1.02),
    "\N{NO-BREAK SPACE}": 0.30,
    "\N{NARROW NO-BREAK SPACE}": 0.22,
    "\N{HORIZONTAL ELLIPSIS}": 0.95,
}
_ORDINARY, _WIDE = 0.70, 1.1
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_KEEPING = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
LONGEST = 400  # characters that are looked at: no line of a chart is longer


def width(text: str, size: float) -> float:
    """The width of a text at a font size, rather too wide than too narrow."""
    return sum(map(_em, text)) * size


def cut(text: str, size: float, room: float) -> str:
    """The text if it fits, else as much as does, with an ellipsis."""
    text = _one_line(text)
    if width(text, size) <= room:
        return text
    room -= width(ELLIPSIS, size)
    kept = ""
    for letter in text:
        room -= _em(letter) * size
        if room < 0:
            break
        kept += letter
    while kept and (unicodedata.combining(kept[-1]) or kept[-1] in "\u200d\ufe0f "):
        kept = kept[:-1]
    return kept + ELLIPSIS


def wrapped(text: str, size: float, room: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most `most` lines, broken at spaces, the last one cut."""
    lines: list[str] = []
    words = _one_line(text).split(" ")
    while words and len(lines) < most - 1:
        taken = _fitting(words, size, room)
        lines.append(cut(" ".join(words[:taken]), size, room))
        words = words[taken:]
        if lines[-1].endswith(ELLIPSIS):
            words = []
    if words:
        lines.append(cut(" ".join(words), size, room))
    return tuple(line.removesuffix(" ·") for line in lines if line)


def _fitting(words: list[str], size: float, room: float) -> int:
    """How many of the words fit into a line; one at least."""
    taken = 1
    while taken < len(words) and width(" ".join(words[: taken + 1]), size) <= room:
        taken += 1
    return taken


def _one_line(text: str) -> str:
    kept = "".join(" " if char.isspace() and char not in _KEEPING else char for char in text[: LONGEST + 1])
    return " ".join(part for part in kept.split(" ") if part)


@lru_cache(4096)
def _em(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn", "Me"}:
        return 0.0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _WIDTHS:
        return _WIDTHS[plain]
    wide = unicodedata.east_asian_width(letter) in {"W", "F"} or ord(letter) > 0xFFFF
    return _WIDE if wide else _ORDINARY
