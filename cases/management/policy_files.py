"""Policy documents from files, for commands: read, or refused in words with every problem."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cases.assessment.policy.problems import PolicyRefused
from cases.provider.errors import CannotUnderstand
from cases.provider.result.parsing import parse_json

WRONG = 2
LIMIT = 2**20  # bytes of a document


def read_document(name: str) -> dict[str, Any]:
    """The JSON object of a file. Raises CommandError if it holds none."""
    try:
        with Path(name).open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise CommandError(f"{name} cannot be read: {reason}.", returncode=WRONG) from problem
    if len(data) > LIMIT:
        raise CommandError(f"{name} is larger than {LIMIT // 2**20} MiB.", returncode=WRONG)
    try:
        return parse_json(data)
    except CannotUnderstand as problem:
        raise CommandError(f"{name} is not a JSON object that can be read.", returncode=WRONG) from problem


def refusal(name: str, refused: PolicyRefused, what: str = "policy document") -> CommandError:
    """Say everything that is wrong with a document."""
    problems = "".join(f"\n  {problem.place or 'document'}: {problem.words}" for problem in refused.problems)
    return CommandError(f"{name} is no {what} that can be used:{problems}", returncode=WRONG)
