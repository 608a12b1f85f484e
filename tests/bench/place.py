"""Where a benchmark works: a folder and a migrated database of its own."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests import databases


@contextmanager
def of_its_own() -> Iterator[Path]:
    """Give an empty folder; Django talks to an empty database meanwhile, and all of it is gone afterwards."""
    logging.disable(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    name = databases.make_migrated(folder)
    try:
        with databases.talking_to(name):
            yield folder
    finally:
        databases.drop(name)
        shutil.rmtree(folder)
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
