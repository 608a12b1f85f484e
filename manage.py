#!/usr/bin/env python3
import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

READER_GONE = 141  # as of a program that the signal SIGPIPE ends

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amlportal.settings")
    command, words = sys.argv[1:2], sys.argv[2:]
    only_reads = command in (["findings"], ["signature"])
    if command == ["signature"] and not any(word.startswith("--root") for word in words):
        # The portal's own roots are asked for, and nothing else of its settings.
        os.environ.update(SECRET_KEY=secrets.token_hex(32), SECRET_KEY_FILE="")
    elif only_reads:
        # Reads a file and prints: it signs nothing and asks nobody, so it must not want a portal that has been set up.
        for name in [name for name in os.environ if name.startswith(("AML_", "SECRET_KEY"))]:
            del os.environ[name]
        os.environ.update(PORTAL_ENV_FILE="", SECRET_KEY=secrets.token_hex(32))
    try:
        try:
            execute_from_command_line(sys.argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # who read what is printed has gone (`| head`): what was begun goes on by itself
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_GONE)
    except ImproperlyConfigured as problem:
        sys.stderr.write(f"Settings: {problem}\n")
        sys.exit(2 if only_reads else 1)
