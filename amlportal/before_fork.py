"""What every process of the web needs, loaded once by the process they are forked from: they share its memory."""

import gc
from pathlib import Path

from django.db import connections
from django.template import engines
from django.urls import get_resolver


def load() -> None:
    """Load the addresses, with all that they lead to, and the templates; a connection opened meanwhile is closed."""
    get_resolver().url_patterns  # noqa: B018 - it is read to be loaded
    for engine in engines.all():
        for folder in map(Path, engine.template_dirs):
            for path in sorted(folder.rglob("*.html")):
                engine.get_template(str(path.relative_to(folder)))
    connections.close_all()


def freeze() -> None:
    """Keep the garbage collector from walking over what is loaded: that copies it, and takes time of every reading."""
    gc.collect()
    gc.freeze()
