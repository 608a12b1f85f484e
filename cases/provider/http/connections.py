"""Connections that know when they were made and can be cut from another thread.

A read time-out starts anew with every byte, so a server that drips holds a caller for ever, already within
the headers. A `Watch` ends the whole exchange after its seconds by shutting the socket down, and tells
afterwards whether a connection was made at all: before that, nothing can have been ordered.
"""

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar, Token
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from amlportal.deadlines import deadlines

# urllib3 names whole paths below ERROR, and ours hold session ids.
logging.getLogger("urllib3").setLevel(logging.ERROR)

USER_AGENT = "aml-portal"
KEPT_CONNECTIONS = 32
_watch: ContextVar["Watch | None"] = ContextVar("provider_watch", default=None)


class Watch:
    """The clock over one exchange: `dialled` once a connection was made for it, `overdue` once it was cut."""

    def __init__(self, seconds: float, begin: float | None = None) -> None:
        """`begin`: seconds within which the answer's headers must be there, if not for the whole."""
        self._ends = time.monotonic() + seconds
        self.dialled = False
        self.reused = False
        self.overdue = False
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._begins_within = seconds if begin is None else min(begin, seconds)
        self._cancel: Callable[[], None] | None = None
        self._set: Token[Watch | None] | None = None

    def __enter__(self) -> "Watch":
        self._set = _watch.set(self)
        self._cancel = deadlines.after(self._begins_within, self._cut)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_the_clock()
        if self._set is not None:
            _watch.reset(self._set)
        with self._lock:
            self._drop()

    def begun(self) -> None:
        """Note that the answer's headers came: the time for the whole exchange counts now, not that for them."""
        self._stop_the_clock()
        if not self.overdue:
            self._cancel = deadlines.after(self._ends - time.monotonic(), self._cut)

    def _stop_the_clock(self) -> None:
        if self._cancel is not None:
            self._cancel()

    def hold(self, sock: socket.socket) -> None:
        """Remember the socket in use, as a duplicate: TLS may detach or close the original meanwhile."""
        with self._lock:
            self._drop()
            self._line = socket.socket(fileno=os.dup(sock.fileno()))
            if self.overdue:
                self._shut()

    def _cut(self) -> None:
        with self._lock:
            self.overdue = True
            self._shut()

    def _shut(self) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class _Watched(HTTPConnection):
    """A connection that reports its socket to the watch of the current exchange."""

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        if watch := _watch.get():
            watch.hold(sock)
        return sock

    def connect(self) -> None:
        super().connect()
        if watch := _watch.get():
            watch.dialled = True

    def request(self, *args: Any, **kwargs: Any) -> None:
        watch = _watch.get()
        if watch and not watch.dialled and self.sock is not None:
            watch.reused = True
            watch.hold(self.sock)
        super().request(*args, **kwargs)


class _WatchedTLS(_Watched, HTTPSConnection):
    """A watched connection over TLS, where `connect` includes the handshake and the check of the certificate."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedTLS


class _Adapter(HTTPAdapter):
    """Pools watched connections and never retries."""

    poolmanager: PoolManager

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block=block, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}


class _Session(requests.Session):
    """A session that ignores redirects: even to refuse one, requests would read its whole body."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def new_session() -> requests.Session:
    """Give a session without environment, cookies, redirects or repetition; TLS is always verified."""
    session = _Session()
    session.trust_env = False
    session.max_redirects = 0
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
    adapter = _Adapter(pool_connections=8, pool_maxsize=KEPT_CONNECTIONS, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
