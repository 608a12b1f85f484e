"""How a command prints: in UTF-8, whatever the terminal's encoding, and without error once the reader is gone."""

import os
import sys

from django.core.management.base import OutputWrapper


def write(out: OutputWrapper, text: str) -> None:
    """Print a text in UTF-8; a reader who has closed the pipe is no error."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        out.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
