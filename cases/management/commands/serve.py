"""Everything the portal needs, in the foreground."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from amlportal import env
from amlportal.processes import MANAGE, Child, keep


def web(host: str, port: int) -> Child:
    """The web server. It writes no access log: addresses of webhooks hold tokens."""
    return Child(
        "web",
        [
            *(sys.executable, "-m", "gunicorn", "amlportal.wsgi", "--bind", f"{host}:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
            *("--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning"),
        ],
    )


class Command(BaseCommand):
    help = "Run web, queue worker and dispatcher in the foreground. HOST and PORT: the web's address (127.0.0.1, 8000)."

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = env.text("HOST", "127.0.0.1"), env.text("PORT", "8000")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT: {port!r} is not a port number")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"AML portal on http://{host}:{port} (Ctrl-C stops everything)")
        keep(
            [
                web(host, int(port)),
                Child("worker", [*MANAGE, "worker"]),
                Child("dispatcher", [*MANAGE, "dispatcher"]),
            ],
            grace_seconds=15,
        )
