"""Files that are written once: a name, once taken, is never written again."""

import os
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage

# What may go wrong at any call of either storage.
ERRORS = (OSError, BotoCoreError, ClientError)


class NameTaken(FileExistsError):
    """A file of that name is there already; nothing was written."""


class WriteOnceFiles(FileSystemStorage):
    """Files on disk: whole and on the platter before they have their name, or not there at all."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=self.directory_permissions_mode or 0o700)
        half = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            with half.open("xb") as out:
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
            half.unlink(missing_ok=True)
        self._sync_folder(target.parent)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    @staticmethod
    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class WriteOnceBucket(S3Storage):
    """A private bucket of an S3-compatible server."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        if self.exists(name):
            raise NameTaken(name)
        return name
