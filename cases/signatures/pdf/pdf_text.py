"""Does the text of a PDF name an organisation? Runs in the child process alone: the file is not trusted."""

import io
import re
import unicodedata
from itertools import accumulate

from pypdf import PdfReader

from cases.findings.names.folding import plain

MOST_PAGES = 40
MOST_CHARACTERS = 300_000
LEAST_LETTERS = 20  # less is a page number or a stamp, no text
LEAST_READABLE = 0.7  # of the characters; fonts that do not say which letters they hold give gibberish
LEAST_WITHOUT_SPACES = 10  # letters of a name that is looked for whatever its spaces


def names(data: bytes, number: str, name: str) -> bool | None:
    """Whether its text holds the number or the name; None if there is no text to read, or no name to look for.

    None too where the letters of the name are there, but it cannot be told whether as a name of its own. `number` is
    digits and letters alone ('317835337'). Raises whatever the library raises over a broken file.
    """
    text = _text(data)
    if holds_number(text, number):
        return True
    holds = holds_name(text, name)
    return holds if holds or (name and is_readable(text)) else None


def _text(data: bytes) -> str:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    pieces: list[str] = []
    for number, page in enumerate(reader.pages):
        if number == MOST_PAGES or sum(map(len, pieces)) > MOST_CHARACTERS:
            break
        pieces.append(page.extract_text())
    return "\n".join(pieces)[:MOST_CHARACTERS]


def is_readable(text: str) -> bool:
    seen = [letter for letter in text if not letter.isspace()]
    letters = sum(letter.isalnum() for letter in seen)
    printable = sum(
        letter.isprintable() and unicodedata.category(letter) not in {"Co", "Cn", "So"} for letter in seen
    )
    return letters >= LEAST_LETTERS and printable >= LEAST_READABLE * len(seen)


def holds_number(text: str, number: str) -> bool:
    """Does a text hold a number, however grouped ('317 835 337', '559657-0704'), not within a longer one?"""
    if len(number) < 6:
        return False
    groups = r"[\s.\-\u2010-\u2015]{0,2}".join(map(re.escape, number))
    return re.search(rf"(?<!\d)(?:16)?{groups}(?!\d)", unicodedata.normalize("NFKC", text)) is not None


def holds_name(text: str, name: str) -> bool | None:
    """Does a text hold a name, whatever its case, accents, signs, breaks of line, and spaces lost or gained within?

    None if its letters begin or end within a word, be it of another name or of a text that lost its spaces.
    """
    words = _folded(name)
    if not words:
        return False
    read = _folded(text)
    if f" {' '.join(words)} " in f" {' '.join(read)} ":
        return True
    together = "".join(words)
    if len(together) < LEAST_WITHOUT_SPACES or together not in "".join(read):
        return False
    return True if _is_of_whole_words(together, read) else None


def _is_of_whole_words(together: str, read: list[str]) -> bool:
    """Does one word, or several put together, of a text make up letters? Where each stands alone, no word is known."""
    ends = [0, *accumulate(map(len, read))]
    number_of = {end: number for number, end in enumerate(ends)}
    letters, start = "".join(read), -1
    while (start := letters.find(together, start + 1)) >= 0:
        first, behind = number_of.get(start), number_of.get(start + len(together))
        if first is None or behind is None:
            continue
        if not any(_are_single(read[place - 1 : place + 1]) for place in (first, behind) if place):
            return True
    return False


def _are_single(neighbours: list[str]) -> bool:
    return len(neighbours) == 2 and all(len(word) == 1 for word in neighbours)


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))
