"""The option `--case`, of commands that walk every case or only one."""

from django.core.management.base import CommandError, CommandParser

from cases.models import Case


def add_option(parser: CommandParser) -> None:
    """Take the case's reference."""
    parser.add_argument("--case", metavar="REFERENCE", help="only this case, such as C-2026-000123")


def require(reference: str | None, returncode: int = 1) -> None:
    """Stop with a clear message if a case is asked for that is not there; None asks for every case."""
    if reference is not None and not Case.objects.filter(reference=reference).exists():
        raise CommandError(f"There is no case {reference!r}.", returncode=returncode)
