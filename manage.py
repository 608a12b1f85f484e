#!/usr/bin/env python3
import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amlportal.settings")
    if sys.argv[1:2] == ["findings"]:
        # Reads a file and prints: it signs nothing and asks nobody, so it must not want a portal that has been set up.
        for name in [name for name in os.environ if name.startswith(("AML_", "SECRET_KEY"))]:
            del os.environ[name]
        os.environ.update(PORTAL_ENV_FILE="", SECRET_KEY=secrets.token_hex(32))
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"Settings: {problem}")
