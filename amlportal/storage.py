"""Files that are written once: a name, once taken, is never written again.

Whatever goes wrong with files is an OSError, be they on disk or in a bucket (bucket.py).
"""

import errno
import os
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT}


class NameTaken(FileExistsError):
    """A file of that name is there already; nothing was written."""


def is_full(problem: Exception) -> bool:
    """Say whether an error was for want of room."""
    return isinstance(problem, OSError) and problem.errno in FULL_ERRNOS


class WriteOnceFiles(FileSystemStorage):
    """Files on disk, each whole and synced to the disk before it has its name, or not there at all.

    A writer that is killed may leave a hidden file beside the name; nobody reads it.
    """

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        self._make_folder(target.parent)
        half = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            half.touch(0o600, exist_ok=False)
            with half.open("wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            half.chmod(self.file_permissions_mode or 0o400)
            try:
                os.link(half, target)  # unlike rename, link refuses a name that is taken
            except FileExistsError as taken:
                raise NameTaken(name) from taken
            finally:
                _sync_folder(target.parent)  # who finds the name taken relies on it as well
        finally:
            half.unlink(missing_ok=True)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _make_folder(self, folder: Path) -> None:
        """Make the folder and its missing parents, each for our user alone and synced to the disk."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=self.directory_permissions_mode or 0o700)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
