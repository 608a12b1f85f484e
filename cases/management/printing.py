"""What a command prints: UTF-8, whatever the terminal's own encoding, to a reader who may have seen enough."""

import os
import sys

from django.core.management.base import OutputWrapper


def write(out: OutputWrapper, text: str) -> None:
    """Print it."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        out.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
