"""`manage.py createsuperuser`: add the first person who may sign in, and record that in the portal's chain."""

import os
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from cases.management import passwords
from cases.management.database import require_database
from cases.models import User
from cases.workflows.people import people

VARIABLE = "DJANGO_SUPERUSER_"


class Command(BaseCommand):
    """Add somebody who may do everything; the password must be changed at the first sign-in."""

    help = (
        "Add somebody who may do everything in Django's admin. That they were added, and by which account of this "
        "machine, is an event that auditors see; they must change the password at the first sign-in. With --noinput "
        "what is missing is read from DJANGO_SUPERUSER_USERNAME, _EMAIL and _PASSWORD; without a password they cannot "
        "sign in before one is set."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take user name and address, and whether to ask for what is missing."""
        parser.add_argument("--username", help="what the person signs in with")
        parser.add_argument("--email", help="their address")
        parser.add_argument("--noinput", "--no-input", action="store_false", dest="interactive")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what is missing, and add the person."""
        require_database()
        is_interactive = options["interactive"]
        user = User(
            username=_word("username", options, is_interactive), email=_word("email", options, is_interactive)
        )
        try:
            user.clean_fields(exclude=["password"])
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        if User.objects.filter(username=user.username).exists():
            raise CommandError(f"Somebody signs in as {user.username!r} already.")
        password = (
            passwords.typed_twice(user, self.stderr)
            if is_interactive
            else os.environ.get(f"{VARIABLE}PASSWORD")
        )
        by = people.by_command("createsuperuser")
        try:
            people.add_superuser(user.username, user.email, password, by)
        except IntegrityError as problem:
            raise CommandError(f"Somebody signs in as {user.username!r} already.") from problem
        if options["verbosity"]:
            self.stdout.write("Superuser created. The password must be changed at the first sign-in.")


def _word(name: str, options: dict[str, Any], is_interactive: bool) -> str:
    """A value given as an option, typed, or in the environment. Raises CommandError without a username."""
    answer = options[name]
    if answer is None:
        answer = (
            input(f"{name.capitalize()}: ")
            if is_interactive
            else os.environ.get(f"{VARIABLE}{name.upper()}", "")
        )
    answer = str(answer).strip()
    if not answer and name == "username":
        raise CommandError("Say who signs in: --username.")
    return answer
