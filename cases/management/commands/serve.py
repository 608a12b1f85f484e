"""`manage.py serve`: run everything the portal needs, in the foreground."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from amlportal.processes import MANAGE, Child, keep

WEB = [sys.executable, "-m", "gunicorn", "--config", "python:amlportal.gunicorn_conf"]

WITHOUT_A_PROXY = (
    "No proxy in front (BEHIND_PROXY is off): a few slow connections can stop the web. "
    "For anybody but yourself put one there: docs/operations.md, ‘A proxy in front’."
)


class Command(BaseCommand):
    help = "Run web, queue worker and dispatcher in the foreground. HOST and PORT: the web's address (127.0.0.1, 8000)."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(
            f"AML portal on http://{settings.WEB_HOST}:{settings.WEB_PORT} (Ctrl-C stops everything)"
        )
        if not settings.BEHIND_PROXY:
            self.stdout.write(WITHOUT_A_PROXY)
        keep(
            [
                Child("web", WEB),
                Child("worker", [*MANAGE, "worker"]),
                Child("dispatcher", [*MANAGE, "dispatcher"]),
            ],
            grace_seconds=15,
        )
