"""Asking for a password at the terminal."""

import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper

from cases.models import User

TRIES = 3


def typed_twice(user: User, output: OutputWrapper) -> str:
    """Give a password that was typed twice alike and that the portal accepts for this person. Raises CommandError."""
    for _ in range(TRIES):
        typed = getpass.getpass("Password: ")
        if not typed:
            raise CommandError("Nothing was typed, and nothing was changed.")
        if typed != getpass.getpass("Password (again): "):
            output.write("The two were not alike.")
            continue
        try:
            validate_password(typed, user)
        except ValidationError as problem:
            output.write("\n".join(problem.messages))
            continue
        return typed
    raise CommandError(f"No password after {TRIES} tries; nothing was changed.")
