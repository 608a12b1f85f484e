"""Hold every stored file against its hash: which are missing, changed, swapped, and which no row names.

Rows and files are gone through side by side in the order of their names, so that memory does not grow with the store;
each file is read once, in pieces.
"""

import datetime
import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from cases.evidence import evidence_files
from cases.models import Artefact, Attachment, AuditEvent, CaseReport, UnreadableAnswer

# A file has its name before its row is.
RECORDED_AFTER = datetime.timedelta(hours=1)
BYTEWISE = {"sqlite": "BINARY", "postgresql": "C"}
LEFT_OVER = "whole, left by a process that died before its row was written, or a second copy"
# Bytes, which SQLite can be made to keep as a name, stand in its order behind whatever is text.
BEHIND_ALL_TEXT = "\U0010ffff"
NEW = "written within the hour, perhaps not recorded yet"
NOT_EVIDENCE = "hidden or of the doctor, which nobody reads"
ASIDE = (LEFT_OVER, NEW, NOT_EVIDENCE)
NAMED_BY_HASH = re.compile(
    r"(?:evidence|reports|attachments)/([0-9a-f]{2})/(\1[0-9a-f]{62})(?:-[0-9]+)?\.[a-z]+"
)
# What `doctor` wrote to try the store, and could not remove; what a killed writer left beside a name.
UNREAD = re.compile(r"doctor-[0-9a-f]{32}\.txt|(?:.*/)?\.[^/]+")


class Row(NamedTuple):
    """A row that names a file; `what` says which, in a sentence."""

    file: str
    sha256: str
    size: int
    reference: str
    what: str


@dataclass(frozen=True)
class CheckedFile:
    """What was learned of one stored file. `problem` is a sentence, '' if it is as it should be."""

    file: str
    size: int = 0
    problem: str = ""
    reference: str = ""
    # Why a file that no row names is none to be alarmed about: one of ASIDE; '' of all others.
    aside: str = ""


def check(reference: str | None = None) -> Iterator[CheckedFile]:
    """Check every stored file, and every file that a row names; of one case, those that its rows name."""
    named = ((row.file, row) for row in _rows(reference))
    there = ((file, None) for file in (_files_there() if reference is None else ()))
    both = heapq.merge(named, there, key=itemgetter(0))
    for file, found in groupby(both, key=itemgetter(0)):
        rows = [row for _file, row in found if row is not None]
        yield from _check_file(file, rows) if rows else _unnamed(file)


def count(reference: str | None = None) -> int:
    """How many rows name a file."""
    return sum(rows.count() for rows, _case in _named(reference))


# --- Rows that name files ------------------------------------------------------------------------------------


def _named(reference: str | None) -> list[tuple[QuerySet, str]]:
    """The rows that name a file, of each kind, and where their case is."""
    found: list[tuple[QuerySet, str]] = [
        (Artefact.objects.captured(), "session__case"),
        (UnreadableAnswer.objects.all(), "artefact__session__case"),
        (CaseReport.objects.made(), "case"),
        (Attachment.objects.all(), "case"),
    ]
    if reference is None:
        return found
    return [(rows.filter(**{f"{case}__reference": reference}), case) for rows, case in found]


def _rows(reference: str | None) -> Iterator[Row]:
    """Every row that names a file, in the order of the names' bytes."""
    return heapq.merge(*(_rows_of(rows, case) for rows, case in _named(reference)), key=attrgetter("file"))


def _rows_of(rows: QuerySet, case: str) -> Iterator[Row]:
    fields = ("file", "sha256", "size", f"{case}__reference", "pk")
    sorted_rows = rows.order_by(Collate("file", BYTEWISE[connection.vendor]), "pk")
    for file, sha256, size, reference, key in sorted_rows.values_list(*fields).iterator():
        name = file if isinstance(file, str) else f"{BEHIND_ALL_TEXT}{file!r}"
        yield Row(name, sha256, size, reference, f"{rows.model._meta.verbose_name} in row {key}")


# --- What is stored ------------------------------------------------------------------------------------------


def _files_there(folder: str = "") -> Iterator[str]:
    """Every file of the store, in the order of the names' bytes; of one folder at a time the names are kept."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted([*files, *(f"{inner}/" for inner in folders)]):
        if name.endswith("/"):
            yield from _files_there(folder + name)
        else:
            yield folder + name


def _check_file(file: str, rows: Iterable[Row]) -> Iterator[CheckedFile]:
    """Read a file once, and hold it against each row that names it."""
    try:
        sha256, size = evidence_files.digest_and_size(file)
    except FileNotFoundError:
        for row in rows:
            yield CheckedFile(file, 0, f"{file} is missing ({row.what})", row.reference)
        return
    except (OSError, SuspiciousFileOperation, ValueError) as problem:  # of a name that can be none
        for row in rows:
            problem_text = f"{file!r} cannot be read ({type(problem).__name__}, {row.what})"
            yield CheckedFile(file, 0, problem_text, row.reference)
        return
    others = [row for row in rows if row.sha256 != sha256]
    for row in others:
        yield CheckedFile(file, size, f"{file} {_changed(sha256)} ({row.what})", row.reference)
    if not others:
        wrong = next((row for row in rows if row.size != size), None)
        problem_text = f"{file} is as captured, and {wrong.what} tells another size" if wrong else ""
        yield CheckedFile(file, size, problem_text, wrong.reference if wrong else "")


def _changed(sha256: str) -> str:
    """Say how a file was changed: it holds the bytes of another, or others that nobody knows."""
    for rows, case in _named(None):
        other = rows.filter(sha256=sha256).values_list("file", f"{case}__reference").first()
        if other:
            return f"was swapped: it holds the bytes of {other[0]}, of {other[1]}"
    return "was changed"


def _unnamed(file: str) -> Iterator[CheckedFile]:
    """Check a file that no row names: in the making, left over, taken from its row, or put there."""
    if UNREAD.fullmatch(file):
        yield CheckedFile(file, aside=NOT_EVIDENCE)
        return
    try:
        if datetime.timedelta() <= timezone.now() - _written(file) < RECORDED_AFTER:
            yield CheckedFile(file, aside=NEW)
            return
        sha256, size = evidence_files.digest_and_size(file)
    except FileNotFoundError:
        return
    except OSError as problem:
        yield CheckedFile(file, 0, f"{file} cannot be read ({type(problem).__name__}), and no row names it")
        return
    named = NAMED_BY_HASH.fullmatch(file)
    if named is None or named[2] != sha256:
        yield CheckedFile(
            file, size, f"{file} is extra: no row names it, and it is not called after its hash"
        )
        return
    of_cases = AuditEvent.objects.filter(rests_on=sha256, chain__case__isnull=False)
    event = of_cases.values_list("sequence", "chain__case__reference").first()
    if event is None or _is_kept(sha256):
        yield CheckedFile(file, size, aside=LEFT_OVER)
        return
    sequence, reference = event
    problem_text = f"{file} is extra: no row names it, and event {sequence} of {reference} rests on it"
    yield CheckedFile(file, size, problem_text, reference)


def _written(file: str) -> datetime.datetime:
    """When it was written, as far as the store tells."""
    at: datetime.datetime = default_storage.get_modified_time(file)
    return at


def _is_kept(sha256: str) -> bool:
    return any(rows.filter(sha256=sha256).exists() for rows, _case in _named(None))
