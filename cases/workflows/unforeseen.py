"""What to say of an exception nobody foresaw: its kind and its place, never its text, which may hold a name."""

import traceback
from pathlib import Path


def described(problem: Exception) -> str:
    """Say what kind it is and where it came from: 'LookupError at results.py:42'."""
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__} at {Path(frame.filename).name}:{frame.lineno}"
