"""`manage.py signature`: what the signatures of any PDF prove."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from amlportal.env import certificates_in
from cases.management import printing
from cases.signatures import signature_plain
from cases.signatures.signature_process import USUAL, NotChecked, NotDone, Subject, checking
from cases.signatures.signature_result import SignatureResult

WRONG = 2
LIMIT = USUAL.largest_file
CHUNK = 2**20
TRIES = 2


class Command(BaseCommand):
    """Check the signatures of one PDF and print the verdict."""

    help = (
        "Tell what the signatures of a PDF prove: verified, not_trusted, altered, unsigned, not_a_pdf or cannot_tell, "
        "and why. Needs no database and no provider; the file is read in a process of its own with limits. Every key "
        "and word is explained in docs/signatures.md. Exits 0 whatever the verdict, 2 if file or roots cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the roots, and how to print."""
        parser.add_argument("file", nargs="?", metavar="FILE", help="the PDF; - reads standard input")
        parser.add_argument(
            "--root",
            nargs="+",
            action="extend",
            default=[],
            metavar="PEM",
            help="files with the only root certificates to trust. Default: those of AML_TRUST_ROOTS",
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines for people")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict, or say what is wrong and print nothing."""
        name, paths = options["file"], list(options["root"])
        if name is None and len(paths) > 1:  # --root A.pem FILE.pdf
            name = paths.pop()
        if name is None:
            raise CommandError("Name the PDF to check.", returncode=WRONG)
        roots = _roots(paths) if paths else settings.AML_TRUST_ROOTS
        called = "Standard input" if name == "-" else name
        with _copy(name, called) as path:
            result = _result(path, called, roots)
        facts = signature_plain.plain(result)
        text = (
            json.dumps(facts, ensure_ascii=False, indent=2)
            if options["json"]
            else "\n".join(signature_plain.lines(called, result))
        )
        printing.write(self.stdout, text)


def _roots(paths: list[str]) -> list[str]:
    found: list[str] = []
    for path in paths:
        try:
            found += certificates_in(path)
        except ValueError as problem:
            raise CommandError(f"--root: {path} {problem}.", returncode=WRONG) from problem
    return list(dict.fromkeys(found))


@contextmanager
def _copy(name: str, called: str) -> Iterator[Path]:
    """A copy of the PDF, so that what is checked stays the same and ends; gone when the block does."""
    with tempfile.NamedTemporaryFile(prefix="look-", suffix=".pdf") as copy:
        try:
            if name == "-":
                size = _copied(sys.stdin.buffer, copy)
            else:
                with Path(name).open("rb") as file:
                    size = _copied(file, copy)
            copy.flush()
        except (OSError, ValueError) as problem:
            reason = getattr(problem, "strerror", None) or type(problem).__name__
            raise CommandError(f"{called} cannot be read: {reason}.", returncode=WRONG) from problem
        if size > LIMIT:
            raise CommandError(f"{called} is larger than {LIMIT // 2**20} MiB.", returncode=WRONG)
        yield Path(copy.name)


def _copied(source: BinaryIO, target: Any) -> int:
    """Copy at most one byte more than the limit; give the number of bytes copied."""
    size = 0
    while size <= LIMIT and (piece := source.read(min(CHUNK, LIMIT + 1 - size))):
        target.write(piece)
        size += len(piece)
    return size


def _result(path: Path, called: str, roots: list[str]) -> SignatureResult:
    subject = Subject(path, number="", name="", had_since=timezone.now())
    for left in reversed(range(TRIES)):
        try:
            with checking(roots) as checker:
                return checker.check(subject)
        except NotDone as problem:
            if not left:
                raise CommandError(
                    f"{called} was not read in the time allowed; try again.", returncode=WRONG
                ) from problem
        except NotChecked as problem:
            raise CommandError(
                f"The process that reads PDFs does not start: {problem}.", returncode=WRONG
            ) from problem
    raise AssertionError
