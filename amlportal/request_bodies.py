"""WSGI middleware that reads request bodies whole and in time, or not at all."""

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from wsgiref.types import WSGIApplication

from amlportal.deadlines import deadlines

SECONDS = 20.0  # for the whole body; a proxy that buffers has all of it before it asks


class BrokenOff(OSError):
    """The client stopped in the middle, or took too long. Django makes a refusal of it."""


def stated_length(environ: Mapping[str, Any]) -> int:
    """How long a request says that its body is; 0 if it says nothing, or nothing that is a number."""
    try:
        return int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class WholeBodies:
    """WSGI middleware that refuses a body cut short, and under gunicorn reads no further when the time is over.

    Without it a client that sends a byte a second holds a thread, and what it left out passes for the end of a form.
    """

    def __init__(self, application: WSGIApplication, seconds: float = SECONDS) -> None:
        self._application = application
        self._seconds = seconds

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = stated_length(environ)
        if length <= 0 and not environ.get("HTTP_TRANSFER_ENCODING"):
            return self._application(environ, start_response)
        if length > 0:
            environ["wsgi.input"] = Body(environ["wsgi.input"], length)
        connection = environ.get("gunicorn.socket")
        if connection is None:
            return self._application(environ, start_response)
        cancel = deadlines.after(self._seconds, partial(_read_no_further, connection))
        try:
            return self._application(environ, start_response)
        finally:
            cancel()


class Body:
    """A body of known length. Reading raises BrokenOff where it ends before that."""

    def __init__(self, source: Any, length: int) -> None:
        self._source = source
        self._left = length

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        data: bytes = self._source.read(wanted)
        if len(data) < wanted:
            raise BrokenOff
        self._left -= len(data)
        return data

    def readline(self, size: int | None = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        line: bytes = self._source.readline(wanted)
        if len(line) < wanted and not line.endswith(b"\n"):
            raise BrokenOff
        self._left -= len(line)
        return line

    def readlines(self, hint: int = -1) -> list[bytes]:
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line


def _read_no_further(connection: socket.socket) -> None:
    """Close the connection for reading: whoever waits for more sees its end, and can still answer."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
