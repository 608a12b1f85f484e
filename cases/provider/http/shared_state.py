"""What all workers of a machine share: small JSON files, changed whole, under a lock.

The lock is amlportal.file_lock, one for each name.
"""

import contextlib
import hashlib
import json
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amlportal.file_lock import file_lock
from cases.provider.errors import (
    CannotUnderstand,
    Code,
    FixConfiguration,
    GiveUp,
    ProviderError,
    RateLimited,
    RetryLater,
)

log = logging.getLogger(__name__)

Content = dict[str, Any]
SIZE_LIMIT = 2**18
# What is asked for under a lock, and how it is told that others were at it for too long.
BUSY = {"token": Code.TOKEN_BUSY, "discovery": Code.DISCOVERY_BUSY}
_SHARED_FAILURES = {
    error.__name__: error for error in (RetryLater, RateLimited, FixConfiguration, CannotUnderstand, GiveUp)
}


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """What the disk refused, and the writing in whose place it should have come."""

    content: Content
    instead_of: tuple[int, int] | None


class SharedState:
    """Named JSON objects in one folder, bound to one configuration so that another does not read them."""

    def __init__(self, folder: Path, *bound_to: str) -> None:
        self._folder = folder
        self._binding = hashlib.sha256(json.dumps(bound_to).encode()).hexdigest()[:16]
        self._unwritten: dict[str, _Unwritten] = {}

    def read(self, name: str) -> Content | None:
        """Give what was written last; None if there is nothing, or nothing readable."""
        unwritten = self._unwritten.get(name)
        if unwritten and self._version(name) in {None, unwritten.instead_of}:
            return unwritten.content
        try:
            with self._path(name).open("rb") as file:
                content = json.loads(file.read(SIZE_LIMIT))
        except (OSError, ValueError, RecursionError):
            return None
        return content if isinstance(content, dict) else None

    def write(self, name: str, content: Content) -> None:
        """Store content under a name in place of what was there, readable by the owner alone.

        If the disk refuses (it may be full), this process goes on with the content in its memory until another
        writes: a token that cannot be shared still fetches results that would otherwise expire.
        """
        path, version = self._path(name), self._version(name)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                    json.dump(content, file)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            log.warning("provider state %s cannot be written: %s", name, error.strerror)
            self._unwritten[name] = _Unwritten(content, version)
        else:
            self._unwritten.pop(name, None)

    def lock(self, name: str, seconds: float) -> AbstractContextManager[bool]:
        """Hold the lock of a name; it yields whether it was taken in time. OSError if the folder cannot be used."""
        return file_lock(self._path(name).with_suffix(".lock"), seconds=seconds)

    @contextlib.contextmanager
    def locked(self, name: str, seconds: float) -> Iterator[None]:
        """Hold the lock of one of the names in BUSY; RetryLater if others hold it for that long."""
        with contextlib.ExitStack() as until_then:
            try:
                is_ours = until_then.enter_context(self.lock(name, seconds))
            except OSError as error:
                message = f"The folder for shared state cannot be used: {error.strerror}."
                raise FixConfiguration(Code.STATE_FOLDER, message=message) from None
            if not is_ours:
                raise RetryLater(BUSY[name])
            yield

    def one_asks(
        self, name: str, usable: Callable[[Content], bool], ask: Callable[[], Content], seconds: float
    ) -> Content:
        """Give usable content; if there is none, one worker asks and those who wait share what it got."""
        content = self.read(name)
        if content is not None and usable(content):
            return content
        began = time.time()
        with self.locked(name, seconds):
            content = self.read(name)
            if content is not None and usable(content):
                return content
            self._raise_failure_since(began, name)
            try:
                content = ask()
            except ProviderError as error:
                self.write(f"{name}-failure", _described(error))
                raise
            self.write(name, content)
            return content

    def _raise_failure_since(self, began: float, name: str) -> None:
        """Raise again the error that another worker got while this one waited for it."""
        failure = self.read(f"{name}-failure") or {}
        at, error = failure.get("at"), _SHARED_FAILURES.get(str(failure.get("error")))
        if error is None or not isinstance(at, int | float) or not began <= at <= time.time():
            return
        with contextlib.suppress(KeyError, ValueError, TypeError):
            shared = error(
                failure["code"],
                status=failure["status"],
                message=failure["message"],
                retry_after=failure["retry_after"],
            )
            raise shared

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}-{self._binding}.json"

    def _version(self, name: str) -> tuple[int, int] | None:
        """Tell one writing of a name from the next; None if there is none that can be seen."""
        try:
            written = self._path(name).stat()
        except OSError:
            return None
        return written.st_ino, written.st_mtime_ns


def _described(error: ProviderError) -> Content:
    """Describe an error for the workers that waited for the same answer."""
    return {
        "at": time.time(),
        "error": type(error).__name__,
        "code": error.code,
        "status": error.status,
        "message": error.message,
        "retry_after": error.retry_after,
    }
