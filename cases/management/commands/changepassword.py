"""`manage.py changepassword`: set somebody's password, and record that in the portal's audit chain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.management import passwords
from cases.management.database import require_database
from cases.models import User
from cases.workflows.people import people


class Command(BaseCommand):
    """Set somebody's password; they must change it when they sign in."""

    help = (
        "Set somebody's password. It is typed at the terminal, never given as a word of the command. That it was set, "
        "and by which account of this machine, is an event that auditors see; its owner must change it at the first "
        "sign-in."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username", help="what the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password, twice, and set it."""
        require_database()
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['username']!r}.")
        people.set_password(
            user, passwords.typed_twice(user, self.stderr), people.by_command("changepassword")
        )
        self.stdout.write(f"The password of {user.username} is set. It must be changed at the first sign-in.")
