"""`manage.py findings`: what a JSON result means, as JSON."""

import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.findings.as_json import json_text
from cases.findings.as_json.findings import plain
from cases.findings.result import read
from cases.findings.vocabulary.presence import OrderedParts
from cases.management import printing
from cases.provider.config import ProviderConfig
from cases.provider.contract import Contract
from cases.provider.errors import CannotUnderstand, Code
from cases.provider.result.parsing import parse_json

CONTRACT = Contract()
LIMIT = ProviderConfig.json_limit
WRONG = 2
PROBLEMS = {
    Code.INVALID_JSON: "is not JSON that can be read: broken, NaN or Infinity in it, or nested too deep",
    Code.NOT_AN_OBJECT: "is JSON, but not an object",
}


class Command(BaseCommand):
    """Read one JSON result of the provider and print what the portal finds in it."""

    help = (
        "Print what a JSON result of the provider means, as JSON: company, owners, roles, authority, hits, figures, "
        "which kind of nothing holds where, and warnings. Needs no database and no settings of the provider. "
        "Every key is explained in docs/findings.md. Exits 2 if the file cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and what the result had been ordered with."""
        parser.add_argument("file", metavar="FILE", help="the JSON result; - reads standard input")
        parser.add_argument(
            "--requested",
            metavar="WORDS",
            help="what had been ordered: expand words, parted by commas or spaces; a chapter's name means all of "
            "it, none means nothing but keyInformation. Default: everything",
        )
        parser.add_argument(
            "--scopes",
            metavar="WORDS",
            help="the scopes that had been granted, or their last parts: basic, OFAC. Default: both",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the result means, or say what is wrong and print nothing."""
        ordered = OrderedParts(
            expands=_requested(options["requested"]), reports=(), scopes=_scopes(options["scopes"])
        )
        document = _document(options["file"])
        printing.write(self.stdout, json_text.write(plain(read(document, ordered))))


def _document(name: str) -> dict[str, Any]:
    called = "Standard input" if name == "-" else name
    try:
        data = _bytes(name)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise CommandError(f"{called} cannot be read: {reason}.", returncode=WRONG) from problem
    if len(data) > LIMIT:
        raise CommandError(f"{called} is larger than {LIMIT // 2**20} MiB.", returncode=WRONG)
    try:
        data.decode("utf-8-sig")
        return parse_json(data)
    except UnicodeDecodeError as problem:
        raise CommandError(f"{called} is not UTF-8.", returncode=WRONG) from problem
    except CannotUnderstand as problem:
        raise CommandError(f"{called} {PROBLEMS[Code(problem.code)]}.", returncode=WRONG) from problem


def _bytes(name: str) -> bytes:
    """The file's bytes, at most one more than the limit allows."""
    if name == "-":
        return sys.stdin.buffer.read(LIMIT + 1)
    with Path(name).open("rb") as file:
        return file.read(LIMIT + 1)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", text) if word]


def _requested(text: str | None) -> tuple[str, ...]:
    """The expand words that the option names, in the contract's order."""
    if text is None:
        return CONTRACT.expands
    named = _words(text)
    if [word.lower() for word in named] == ["none"]:
        return ()
    unknown = [word for word in named if word != "keyInformation" and not _meant(word)]
    if unknown:
        known = ", ".join(CONTRACT.expands)
        raise CommandError(
            f"Nothing is ordered by {', '.join(unknown)}. The words are: {known}.", returncode=WRONG
        )
    meant = {finding for word in named if word != "keyInformation" for finding in _meant(word)}
    return tuple(word for word in CONTRACT.expands if word in meant)


def _meant(word: str) -> list[str]:
    return [expand for expand in CONTRACT.expands if expand == word or expand.startswith(f"{word}.")]


def _scopes(text: str | None) -> tuple[str, ...]:
    known = (CONTRACT.scope_basic, CONTRACT.scope_ofac)
    if text is None:
        return known
    short = {scope.rpartition("/")[2].lower(): scope for scope in known}
    return tuple(short.get(word.rpartition("/")[2].lower(), word) for word in _words(text))
