"""Whatever the portal's processes write is for their owner alone, whoever started them and with whatever umask."""

import os

NOT_FOR_OTHERS = 0o077


def make_private() -> None:
    """Let nobody else read what this process and its children write from now on: files 0600, folders 0700 at most."""
    os.umask(NOT_FOR_OTHERS)
