"""Does the text of a PDF name an organisation? Runs in the child process alone: the file is not trusted."""

import io
import re
import unicodedata

from pypdf import PdfReader

from cases.findings.names.folding import plain

MOST_PAGES = 40
MOST_CHARACTERS = 300_000
LEAST_LETTERS = 20  # less is a page number or a stamp, no text
LEAST_READABLE = 0.7  # of the characters; fonts that do not say which letters they hold give gibberish


def names(data: bytes, number: str, name: str) -> bool | None:
    """Whether its text holds the number or the name; None if there is no text to read, or no name to look for.

    `number` is digits and letters alone ('317835337'). Raises whatever the library raises over a broken file.
    """
    text = _text(data)
    if holds_number(text, number) or holds_name(text, name):
        return True
    return False if name and is_readable(text) else None


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


def holds_name(text: str, name: str) -> bool:
    """Does a text hold a name, whatever its case, accents, signs and breaks of line?"""
    words = _folded(name)
    if not words:
        return False
    read = _folded(text)
    if f" {words} " in f" {read} ":
        return True
    together = words.replace(" ", "")
    return len(together) >= 10 and together in read.replace(" ", "")


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text)))
