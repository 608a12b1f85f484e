"""Files that are written once: a name, once taken, is never written again."""

import errno
import os
import tempfile
import threading
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

# What may go wrong at any call of either storage.
ERRORS = (OSError, BotoCoreError, ClientError)
CHUNK = 2**20  # bytes
FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT}
FULL_CODES = {"QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull", "507"}


class NameTaken(FileExistsError):
    """A file of that name is there already; nothing was written."""


def is_full(problem: Exception) -> bool:
    """Say whether it was for want of room."""
    if isinstance(problem, ClientError):
        return bool(problem.response["Error"]["Code"] in FULL_CODES)
    return isinstance(problem, OSError) and problem.errno in FULL_ERRNOS


class WriteOnceFiles(FileSystemStorage):
    """Files on disk: whole and on the platter before they have their name, or not there at all.

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
        """Make it and those above it, each for us alone, each on the platter."""
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


class WriteOnceBucket(S3Storage):
    """A private bucket of an S3-compatible server.

    Every object is sent in one request that the server refuses if the name is taken (If-None-Match: *). Should a
    server ignore that, there is a gap between looking and sending in which a second writer overwrites the first;
    evidence is named after its content, so it overwrites it with the same bytes.
    """

    default_acl = None
    file_overwrite = False
    # A call that hangs ends within 25 s: well inside a lease. Checksums of the client's choosing are left out because
    # not every server knows them; evidence is read back against its hash.
    client_config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=5,
        read_timeout=10,
        max_pool_connections=128,
        retries={"mode": "standard", "total_max_attempts": 2},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._making, self._made_in, self._shared = threading.Lock(), 0, None

    @property
    def connection(self) -> Any:
        """One for all threads of a process: each costs 13 MB, and only its client is used, which may be shared."""
        with self._making:
            if self._made_in != os.getpid():
                self._bucket, self._connections = None, threading.local()
                self._made_in, self._shared = os.getpid(), super().connection
            return self._shared

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        if self.exists(name):
            raise NameTaken(name)
        return name

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        parameters = self._get_write_parameters(name, content)
        try:
            self._client.put_object(
                Bucket=self.bucket_name, Key=self._key(name), Body=content.file, IfNoneMatch="*", **parameters
            )
        except ClientError as problem:
            if problem.response["Error"]["Code"] == "PreconditionFailed":
                raise NameTaken(name) from problem
            raise
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        """Give the whole object as a file that has no name on this disk."""
        try:
            body = self._client.get_object(Bucket=self.bucket_name, Key=self._key(name))["Body"]
        except ClientError as problem:
            if problem.response["Error"]["Code"] == "NoSuchKey":  # a missing bucket is another matter
                raise FileNotFoundError(name) from problem
            raise
        with closing(body), ExitStack() as unless_whole:
            whole = unless_whole.enter_context(tempfile.SpooledTemporaryFile(max_size=CHUNK))
            while chunk := body.read(CHUNK):
                whole.write(chunk)
            unless_whole.pop_all()
        whole.seek(0)
        return File(whole, name)

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> str:
        key: str = self._normalize_name(clean_name(name))
        return key
