"""Running a command as a person would, in this process."""

import io
from contextlib import redirect_stderr
from dataclasses import dataclass

from django.core.management import CommandError, call_command


@dataclass(frozen=True)
class Outcome:
    """What the command printed, and the status that the shell would see."""

    status: int
    out: str
    err: str


def run(name: str, *words: str) -> Outcome:
    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stderr(err):
            call_command(name, *words, stdout=out, stderr=err)
    except SystemExit as end:
        return Outcome(end.code if isinstance(end.code, int) else 1, out.getvalue(), err.getvalue())
    except CommandError as problem:
        return Outcome(problem.returncode, out.getvalue(), f"{err.getvalue()}{problem}")
    return Outcome(0, out.getvalue(), err.getvalue())
