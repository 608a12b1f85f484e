"""Which signatures earlier versions of a PDF held that it holds no longer.

Whoever signs a changed file anew first takes out what would tell. In the child process alone.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.sign.validation.pdf_embedded import extract_contents

from cases.signatures.pdf.pdf_history import END, Reader, entry
from cases.signatures.pdf_signatures import filled_in

MOST_REVISIONS = 60


class TooManyChanges(Exception):
    """The PDF has more versions than are read."""


def has_lost(reader: Reader, data: bytes, now: list[DictionaryObject]) -> bool:
    """Did an earlier version hold a signature that is not among those of now? Raises TooManyChanges."""
    kept = {_mark(dictionary) for dictionary in now}
    return any(
        _mark(dictionary) not in kept for before in _before(reader, data) for dictionary in _readable(before)
    )


def _before(reader: Reader, data: bytes) -> Iterator[Any]:
    """Every earlier version: those that the file names as such, and those that merely are its beginning."""
    revisions = reader.xrefs.total_revisions
    named = {reader.xrefs.get_startxref_for_revision(number) for number in range(revisions)}
    ends = [match.end() for match in END.finditer(data) if int(match[1]) not in named]
    if revisions + len(ends) > MOST_REVISIONS:
        raise TooManyChanges
    for revision in range(revisions - 1):
        yield reader.get_historical_resolver(revision)
    for end in ends:
        with _unless_unreadable():
            beginning = Reader(data[:end])
            if beginning.encrypted:
                beginning.decrypt("")
            yield beginning


def _readable(version: Any) -> list[DictionaryObject]:
    """The signatures of a version; none if it is no whole document, as the first part of a linearised file."""
    with _unless_unreadable():
        return list(filled_in(version))
    return []


@contextlib.contextmanager
def _unless_unreadable() -> Iterator[None]:
    try:
        yield
    except (MemoryError, PdfDecodeLimitError):
        raise
    except Exception:
        # The libraries raise anything over bytes that merely look like the end of a version. What is no readable
        # version held no signature that a reader could show, so there is none to miss.
        return


def _mark(signature: DictionaryObject) -> tuple[str, bytes]:
    """What tells a signature from any other, wherever in the file it is written anew."""
    content = b""
    with _unless_unreadable():
        content = extract_contents(signature).rstrip(b"\0")
    return str(entry(signature, "/ByteRange")), content
