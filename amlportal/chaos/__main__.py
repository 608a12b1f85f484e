"""`./portal chaos`: choose a folder, a database and a key of its own, and become `manage.py chaos` with them."""

import os
import secrets
import sys
import tempfile
from pathlib import Path

from amlportal import env
from amlportal.chaos import options, postgresql
from amlportal.processes import MANAGE

# Families of settings that somebody may have set for a portal of theirs.
OTHERS = (
    "AML_",
    "FILES_",
    "DATABASE_",
    "QUEUE_",
    "SECRET_",
    "ALLOWED_",
    "BEHIND_",
    "PROXY_",
    "LEASE_",
    "HOST",
    "PORT",
)


def settings(folder: Path, database: str) -> dict[str, str]:
    """What the portal's settings are made of."""
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
    """Become the command; what is wrong with the words is said before anything is made."""
    chosen = options.complete(options.parser().parse_args(words))
    folder = Path(tempfile.mkdtemp(prefix="portal-chaos-"))
    env.forget(OTHERS)
    os.environ.update(settings(folder, chosen.database))
    os.execv(MANAGE[0], [*MANAGE, "chaos", *options.words(chosen)])  # noqa: S606 - our own program


if __name__ == "__main__":
    main(sys.argv[1:])
