"""`./portal chaos`: choose a folder, a database and a key of its own, and become `manage.py chaos` with them."""

import os
import secrets
import signal
import sys
import tempfile
from pathlib import Path

from amlportal import env
from amlportal.chaos import options, postgresql
from amlportal.processes import MANAGE


def settings(folder: Path, database: str) -> dict[str, str]:
    """The environment of the portal under load, from which its settings are read."""
    own = postgresql.Server(Path()) if database == options.POSTGRESQL else None
    return {
        options.OWN_FOLDER: str(folder),
        "DJANGO_SETTINGS_MODULE": "amlportal.settings",
        "PORTAL_ENV_FILE": "",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "VAR_DIR": str(folder),
        "DATABASE_URL": own.address if own else f"sqlite://{folder / 'portal.sqlite3'}",
        "LOG_LEVEL": "ERROR",
    }


def main(words: list[str]) -> None:
    """Become `manage.py chaos`; wrong options are reported before anything is made."""
    chosen = options.complete(options.parser().parse_args(words))
    signal.pthread_sigmask(signal.SIG_BLOCK, options.STOPS)
    folder = Path(tempfile.mkdtemp(prefix="portal-chaos-"))
    env.forget(env.OF_ANOTHER_PORTAL)
    os.environ.update(settings(folder, chosen.database))
    os.execv(MANAGE[0], [*MANAGE, "chaos", *options.words(chosen)])  # noqa: S606 - our own program


if __name__ == "__main__":
    main(sys.argv[1:])
