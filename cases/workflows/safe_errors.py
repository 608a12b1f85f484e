"""What to do with an exception nobody foresaw: say its kind and its place, never its text, which may hold a name."""

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

P = ParamSpec("P")
log = logging.getLogger(__name__)


def described(problem: Exception) -> str:
    """Describe an exception by its kind and its place: 'LookupError at results.py:42'."""
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__} at {Path(frame.filename).name}:{frame.lineno}"


def contained(task: Callable[P, None]) -> Callable[P, None]:
    """Let no exception out of a task: the queue would keep its text, and what it was called with, in clear."""

    @wraps(task)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            task(*args, **kwargs)
        except Exception as problem:
            log.error("task %s: %s", task.__name__, described(problem))

    return run
