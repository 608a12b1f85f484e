"""`manage.py sandbox`: start the stand-in for the provider."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from amlportal.sandbox import cli


class Command(BaseCommand):
    """Start the sandbox provider in the foreground."""

    help = "Start a stand-in for the provider on this machine; its faults are listed on its front page."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sandbox's own arguments."""
        cli.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop."""
        status = cli.run(cli.options_from(argparse.Namespace(**options)))
        if status:
            raise SystemExit(status)
