"""One HTTP exchange with the provider: bounded in time and size, complete or an error, one line logged."""

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests

from cases.provider.errors import CannotUnderstand, Code, FixConfiguration, RetryLater
from cases.provider.http.connections import Watch, new_session
from cases.provider.http.failures import TRANSPORT_ERRORS, code_of, trouble
from cases.provider.http.rate_limit import USUAL, Pause, http_date, retry_after_seconds

log = logging.getLogger(__name__)

BLOCK = 2**16
REFUSAL_LIMIT = 2**16  # an error's body is read for its message alone
PACE_SECONDS = 30.0
Sink = Callable[[bytes], None]


@dataclass(frozen=True)
class Call:
    """What to send. `name` stands for it in the log; `fresh` asks for a connection of its own."""

    method: str
    name: str
    url: str
    limit: int  # bytes of an answer that is not a refusal
    seconds: float  # for the exchange as a whole
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    fresh: bool = False
    begin: float | None = None  # seconds until the answer's headers are there, if not those for the whole
    least: int = 0  # bytes a second of a body, over half a minute


@dataclass(frozen=True)
class Answer:
    """What came back, complete: `body` is empty if a sink took it, `server_time` the Date header in UTC."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    server_time: datetime | None

    @property
    def retry_after(self) -> float | None:
        """Give the seconds the provider wants us to wait, bounded; None if it does not say."""
        return retry_after_seconds(self.headers.get("Retry-After"), self.server_time)


class Transport:
    """Sends calls over pooled connections, and keeps the pause after a 429."""

    def __init__(self, connect_seconds: float, read_seconds: float, pause: Pause) -> None:
        self._timeouts = (connect_seconds, read_seconds)
        self._pause = pause
        self._lock = threading.Lock()
        self._pooled: tuple[int, requests.Session] | None = None

    def exchange(self, call: Call, sink: Sink | None = None, watch: Watch | None = None) -> Answer:
        """Send a call and read its whole answer, whatever its status; the body of a 200 goes to `sink`.

        RateLimited without touching the network during a pause; RetryLater if the exchange broke;
        CannotUnderstand if the answer is too large or encoded. After a failure `watch.dialled` tells whether
        the call may have arrived.
        """
        self._pause.check()
        watch = watch or Watch(call.seconds, call.begin)
        began = time.monotonic()
        outcome: object = "failed"
        try:
            answer = self._repeated_if_stale(call, sink, watch)
            outcome = answer.status
        except (RetryLater, CannotUnderstand, FixConfiguration) as error:
            outcome = error.code
            raise
        finally:
            took = (time.monotonic() - began) * 1000
            log.info("provider %s %s %s %.0f ms", call.method, call.name, outcome, took)
        if answer.status == 429:
            self._pause.hold(answer.retry_after or USUAL)
        return answer

    def close(self) -> None:
        """Close the kept connections."""
        with self._lock:
            if self._pooled is not None:
                self._pooled[1].close()
                self._pooled = None

    def _repeated_if_stale(self, call: Call, sink: Sink | None, watch: Watch) -> Answer:
        """Send a call; a GET that met a kept connection which the server had just closed is sent anew, once."""
        with watch:
            if not call.fresh:
                with contextlib.suppress(_Stale):
                    return self._once(call, sink, watch, self._kept())
            with new_session() as session:
                return self._once(call, sink, watch, session)

    def _once(self, call: Call, sink: Sink | None, watch: Watch, session: requests.Session) -> Answer:
        try:
            response = session.request(
                call.method,
                call.url,
                headers=dict(call.headers),
                json=call.json,
                data=call.form,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            )
        except TRANSPORT_ERRORS as error:
            code = code_of(error, watch)
            stale = watch.reused and not watch.dialled and call.method == "GET"
            broken: Exception = _Stale() if stale and code == Code.CONNECTION_BROKEN else trouble(code)
        else:
            with response:
                watch.begun()
                return _read(response, call, sink, watch)
        raise broken

    def _kept(self) -> requests.Session:
        """Give the session whose connections are kept between calls."""
        with self._lock:
            if self._pooled is None or self._pooled[0] != os.getpid():  # never share a socket over a fork
                self._pooled = (os.getpid(), new_session())
            return self._pooled[1]


class Pace:
    """Checks that a body comes fast enough: a time-out between two bytes does not notice one that drips."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._since, self._bytes = time.monotonic(), 0

    def check(self, received: int) -> None:
        """Count received bytes. Raises RetryLater if fewer came over a whole window than must."""
        self._bytes += received
        window = time.monotonic() - self._since
        if window < PACE_SECONDS:
            return
        if self._bytes < self._least * window:
            raise RetryLater(Code.TOO_SLOW)
        self._since, self._bytes = time.monotonic(), 0


class _Stale(Exception):
    """A kept connection turned out to be closed before any answer came."""


def _read(response: requests.Response, call: Call, sink: Sink | None, watch: Watch) -> Answer:
    """Read the body to its declared end."""
    status = response.status_code
    chunks: list[bytes] = []
    if 200 <= status < 300:
        _check_framing(response, call.limit)
        take = sink if sink is not None and status == 200 else chunks.append
        received = 0
        pace = Pace(call.least)
        for block in _blocks(response, watch):
            received += len(block)
            if received > call.limit:
                raise CannotUnderstand(Code.TOO_LARGE, status=status)
            pace.check(len(block))
            take(block)
    else:
        chunks.append(_refusal_body(response, watch))
    date = http_date(response.headers.get("Date"))
    return Answer(status, response.headers, b"".join(chunks), date)


def _check_framing(response: requests.Response, limit: int) -> None:
    """Refuse encodings that were not asked for and lengths over the limit, before reading."""
    headers, status = response.headers, response.status_code
    if headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise CannotUnderstand(Code.ENCODING_REFUSED, status=status)
    if headers.get("Transfer-Encoding", "chunked").strip().lower() not in ("", "chunked", "identity"):
        raise CannotUnderstand(Code.ENCODING_REFUSED, status=status)
    length = headers.get("Content-Length", "").strip()
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > limit):
        raise CannotUnderstand(Code.TOO_LARGE, status=status)


def _blocks(response: requests.Response, watch: Watch) -> Iterator[bytes]:
    """Give the body as it arrives; RetryLater unless it arrives whole and in time."""
    while True:
        try:
            block = response.raw.read1(BLOCK, decode_content=False)
            code = Code.TIMEOUT if watch.overdue else None
        except TRANSPORT_ERRORS as error:
            block, code = b"", code_of(error, watch)
        if code is not None:
            raise trouble(code)
        if not block:
            return
        yield block


def _refusal_body(response: requests.Response, watch: Watch) -> bytes:
    """Read the beginning of an error's body; that it breaks off does not change what the status said."""
    body = b""
    try:
        for block in _blocks(response, watch):
            body += block
            if len(body) >= REFUSAL_LIMIT:
                break
    except RetryLater:
        return body
    return body[:REFUSAL_LIMIT]
