"""Write-once files in a bucket; a module of its own, so that a portal with its files on disk loads no S3 client."""

import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from amlportal.storage import NameTaken

CHUNK = 2**20  # bytes
FULL_CODES = {"QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull", "507"}


class BucketTrouble(OSError):
    """The bucket could not be reached, or refused; `errno` is ENOSPC if for want of room."""


@contextmanager
def told_as_os_errors() -> Iterator[None]:
    """Raise errors of the bucket as BucketTrouble, an OSError; what the server says stays out of the text."""
    try:
        yield
    except ClientError as problem:
        code = problem.response["Error"]["Code"]
        raise BucketTrouble(
            errno.ENOSPC if code in FULL_CODES else errno.EIO, "the bucket refused"
        ) from problem
    except BotoCoreError as problem:
        raise BucketTrouble(errno.EIO, "the bucket could not be reached") from problem


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
        """One connection per process: each costs 13 MB, and only its client is used, which threads may share."""
        with self._making:
            if self._made_in != os.getpid():
                self._bucket, self._connections = None, threading.local()
                self._made_in, self._shared = os.getpid(), super().connection
            return self._shared

    def exists(self, name: str) -> bool:
        with told_as_os_errors():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with told_as_os_errors():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with told_as_os_errors():
            folders, files = super().listdir(name)
        return folders, files

    def get_modified_time(self, name: str) -> datetime:
        with told_as_os_errors():
            modified: datetime = super().get_modified_time(name)
        return modified

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        if self.exists(name):
            raise NameTaken(name)
        return name

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        parameters = self._get_write_parameters(name, content)
        with told_as_os_errors():
            try:
                self._client.put_object(
                    Bucket=self.bucket_name,
                    Key=self._key(name),
                    Body=content.file,
                    IfNoneMatch="*",
                    **parameters,
                )
            except ClientError as problem:
                if problem.response["Error"]["Code"] == "PreconditionFailed":
                    raise NameTaken(name) from problem
                raise
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        """Give the whole object as a file that has no name on this disk."""
        with told_as_os_errors(), ExitStack() as unless_whole:
            whole = unless_whole.enter_context(tempfile.SpooledTemporaryFile(max_size=CHUNK))
            with closing(self._body(name)) as body:
                while chunk := body.read(CHUNK):
                    whole.write(chunk)
            unless_whole.pop_all()
        whole.seek(0)
        return File(whole, name)

    def _body(self, name: str) -> Any:
        try:
            return self._client.get_object(Bucket=self.bucket_name, Key=self._key(name))["Body"]
        except ClientError as problem:
            if problem.response["Error"]["Code"] == "NoSuchKey":  # a missing bucket is another matter
                raise FileNotFoundError(name) from problem
            raise

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> str:
        key: str = self._normalize_name(clean_name(name))
        return key
