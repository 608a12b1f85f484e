"""Codes for what broke an exchange: one for each way in which the HTTP libraries fail."""

import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3

from cases.provider.errors import Code, FixConfiguration, RetryLater
from cases.provider.http.connections import Watch

TRANSPORT_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    UnicodeError,
)


def trouble(code: Code) -> RetryLater | FixConfiguration:
    """Give the error a broken exchange stands for."""
    return FixConfiguration(code) if code == Code.BAD_ADDRESS else RetryLater(code)


def code_of(error: BaseException, watch: Watch) -> Code:
    """Name what broke an exchange, from the whole chain of exceptions behind it."""
    chain = list(_chain(error))
    if watch.overdue:
        return Code.TIMEOUT
    for kinds, code in _CODES:
        if any(isinstance(link, kinds) for link in chain):
            return code
    return Code.CONNECTION_BROKEN


def _chain(error: BaseException | None, depth: int = 8) -> Iterator[BaseException]:
    """Give an exception and those it wraps, however its library wraps them."""
    if error is None or depth == 0:
        return
    yield error
    inner = (error.__cause__, getattr(error, "reason", None), *error.args)
    for link in inner:
        if isinstance(link, BaseException):
            yield from _chain(link, depth - 1)


_CODES: tuple[tuple[tuple[type[BaseException], ...], Code], ...] = (
    (
        (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
            urllib3.exceptions.LocationValueError,
            UnicodeError,
        ),
        Code.BAD_ADDRESS,
    ),
    ((urllib3.exceptions.NameResolutionError, socket.gaierror), Code.NAME_UNKNOWN),
    # urllib3 derives its refused connections from its time-outs, so these come first.
    ((urllib3.exceptions.NewConnectionError, ConnectionRefusedError), Code.CONNECTION_REFUSED),
    ((requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError), Code.TIMEOUT),
    ((requests.exceptions.SSLError, urllib3.exceptions.SSLError, ssl.SSLError), Code.TLS_FAILED),
    ((http.client.IncompleteRead, urllib3.exceptions.IncompleteRead), Code.TRUNCATED),
    ((ConnectionError,), Code.CONNECTION_BROKEN),
    (
        (
            http.client.HTTPException,
            urllib3.exceptions.InvalidHeader,
            urllib3.exceptions.HeaderParsingError,
            requests.exceptions.InvalidHeader,
        ),
        Code.GARBLED,
    ),
)
