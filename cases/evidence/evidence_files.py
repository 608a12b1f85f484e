"""Stored evidence: a download is kept as a file under its hash, once, before anything in it is believed."""

import contextlib
import hashlib
import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from amlportal import storage
from cases.models import reasons
from cases.provider.client import Fetched
from cases.provider.http.download import PREFIX

log = logging.getLogger(__name__)

CHUNK = 2**20
MOST_COPIES = 3
ENDINGS = {"json": "json"}


class StorageTrouble(Exception):
    """The bytes could not be kept. `reason` is one of our safe words; the provider still has them."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def name_for(sha256: str, kind: str, copy: int = 1) -> str:
    further = "" if copy == 1 else f"-{copy}"
    return f"evidence/{sha256[:2]}/{sha256}{further}.{ENDINGS.get(kind, 'pdf')}"


def keep(fetched: Fetched, kind: str) -> str:
    """Store the download and read it back; give its name. The same bytes are stored once. Raises StorageTrouble."""
    return keep_file(fetched.path, fetched.sha256, partial(name_for, fetched.sha256, kind))


def keep_file(path: Path, sha256: str, name_of: Callable[[int], str]) -> str:
    """Store a file under the name of its first copy and read it back; give its name. Raises StorageTrouble.

    Only if what is stored of it was damaged since, it is stored again, under the name of a further copy.
    """
    try:
        for copy in range(1, MOST_COPIES + 1):
            name = name_of(copy)
            if not default_storage.exists(name):
                with path.open("rb") as source:
                    _write(name, source)
            if digest(name) == sha256:
                return name
            log.error("%s does not hold what its name says", name)
    except OSError as problem:
        raise trouble(problem) from problem
    raise StorageTrouble(reasons.STORAGE_TROUBLE)


def trouble(problem: Exception) -> StorageTrouble:
    return StorageTrouble(reasons.STORAGE_FULL if storage.is_full(problem) else reasons.STORAGE_TROUBLE)


def incoming_folder() -> Path:
    """The folder in which downloads are written before they are kept as evidence."""
    folder: Path = settings.VAR_DIR / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def sweep_at_start() -> None:
    """Remove what the last worker of the folder for downloads left: every download, for nobody else makes any.

    What the web or a report is at work on is younger than an hour.
    """
    sweep_incoming(0, PREFIX)
    sweep_incoming(3600)


def sweep_incoming(older_than_seconds: float = 24 * 3600, prefix: str = "") -> None:
    """Remove unfinished files of dead workers from the folder for downloads."""
    for path in incoming_folder().iterdir():
        if not path.name.startswith(prefix):
            continue
        try:
            if path.stat().st_mtime <= time.time() - older_than_seconds:
                path.unlink()
        except FileNotFoundError:
            continue  # its worker lives after all, and is done with it
        except OSError as problem:  # what is not ours must not keep the rest from going
            log.warning("something in the folder for downloads cannot be removed: %s", type(problem).__name__)


def _write(name: str, source: IO[bytes]) -> None:
    try:
        default_storage.save(name, File(source))
    except storage.NameTaken:
        return  # another worker kept the same bytes a moment ago; the caller reads them back


def digest(name: str) -> str:
    """SHA-256 (hex) of what is stored under the name, read now."""
    return digest_and_size(name)[0]


def digest_and_size(name: str) -> tuple[str, int]:
    """SHA-256 (hex) and number of bytes of what is stored under the name, read now. Raises OSError."""
    sha, size = hashlib.sha256(), 0
    with default_storage.open(name, "rb") as stored:
        for chunk in stored.chunks(CHUNK):
            sha.update(chunk)
            size += len(chunk)
    return sha.hexdigest(), size


def read(name: str) -> bytes:
    with default_storage.open(name, "rb") as stored:
        data: bytes = stored.read()
    return data


def remove_download(path: Path) -> None:
    path.unlink(missing_ok=True)


MISSING, ALTERED, UNREACHABLE = "missing", "altered", "unreachable"


class NotAsCaptured(Exception):
    """What is stored is not what was captured. `problem` is MISSING, ALTERED or UNREACHABLE."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def open_as_captured(name: str, sha256: str) -> File:
    """Open what is stored, at its beginning, after reading all of it against its hash. Raises NotAsCaptured."""
    with contextlib.ExitStack() as unless_as_captured:
        sha = hashlib.sha256()
        try:
            stored: File = unless_as_captured.enter_context(default_storage.open(name, "rb"))
            for chunk in stored.chunks(CHUNK):
                sha.update(chunk)
            stored.seek(0)
        except FileNotFoundError as problem:
            raise NotAsCaptured(MISSING) from problem
        except OSError as problem:
            raise NotAsCaptured(UNREACHABLE) from problem
        if sha.hexdigest() != sha256:
            raise NotAsCaptured(ALTERED)
        unless_as_captured.pop_all()
        return stored


def read_as_captured(name: str, sha256: str) -> bytes:
    """Read what is stored, if it is still what was captured. Raises NotAsCaptured."""
    with open_as_captured(name, sha256) as stored:
        data: bytes = stored.read()
    return data
