"""No test speaks to the outside: connections and names beyond this machine are refused."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideRefused(RuntimeError):
    """A test tried to reach another machine. Not an OSError, or it would pass for trouble at the provider."""


def _is_here(host: Any) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def _check(host: Any) -> None:
    if not _is_here(host):
        raise OutsideRefused(f"a test tried to reach {host!r}")


def keep_inside(patch: pytest.MonkeyPatch) -> None:
    """Patch the socket library for as long as the MonkeyPatch lives."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _check(address[0])
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX:
            _check(address[0])
        return connect_ex(self, address)

    def checked_getaddrinfo(host: Any, *words: Any, **named: Any) -> Any:
        _check(host)
        return getaddrinfo(host, *words, **named)

    patch.setattr(socket.socket, "connect", checked_connect)
    patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
    patch.setattr(socket, "getaddrinfo", checked_getaddrinfo)
