"""The web that runs: whether it lets a stranger say where the portal begins, or that a request came by https."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "web"
ALL_ADDRESSES = {"0.0.0.0": "127.0.0.1", "::": "::1", "[::]": "::1"}  # noqa: S104 - asked, not listened at
CALL_SECONDS = 5.0
LONGEST_LINE = 2**10  # bytes
BY_ITS_CONFIGURATION = (
    "Start the web with `./portal serve`, or gunicorn with `--config python:amlportal.gunicorn_conf`."
)
WELL = (200, 503)  # what /healthz answers


def check() -> Iterator[Finding]:
    place = f"{settings.WEB_HOST}:{settings.WEB_PORT}"
    try:
        if _status("/healthz") not in WELL or _status("/no-such-page/healthz") in WELL:
            message = f"What answers at {place} is not the portal, so it is not known whom it believes."
            yield warning(SUBJECT, message, "Set HOST and PORT to where the portal's web listens.")
            return
        found = [*_script_name(), *_scheme()]
    except (OSError, ValueError) as problem:
        message = (
            f"Nothing answers at {place} ({type(problem).__name__}), so it is not known whom it believes."
        )
        yield warning(
            SUBJECT, message, "Start `./portal serve`; if the web listens elsewhere, set HOST and PORT."
        )
        return
    yield from found or [ok(SUBJECT, f"Answers at {place}, and lets no request say where the portal begins.")]


def _script_name() -> Iterator[Finding]:
    if _status("/no-such-page/healthz", "SCRIPT_NAME: /no-such-page") in WELL:
        message = (
            "The web believes the header SCRIPT_NAME of a request: through a proxy that lets in /hooks/ alone, "
            "strangers reach every page."
        )
        yield wrong(SUBJECT, message, BY_ITS_CONFIGURATION)


def _scheme() -> Iterator[Finding]:
    """Whether a request's word that it came by https is believed; the redirect to https tells."""
    if not settings.SECURE:
        return
    believed = _status("/login/") == 200
    if believed and not settings.BEHIND_PROXY:
        message = "The web believes the header X-Forwarded-Proto, although BEHIND_PROXY is off."
        yield wrong(SUBJECT, message, BY_ITS_CONFIGURATION)
    if not believed and settings.BEHIND_PROXY and _is_a_proxy(_address()[0]):
        message = "The web does not believe the proxy's X-Forwarded-Proto: every page redirects to itself."
        yield wrong(SUBJECT, message, BY_ITS_CONFIGURATION)


def _is_a_proxy(address: str) -> bool:
    """Whether a call of ours comes from where a proxy is believed; it comes from the address it goes to."""
    try:
        own = ip_address(address)
    except ValueError:
        return address == "localhost"
    return any(own in ip_network(proxy_address) for proxy_address in settings.PROXY_ADDRESSES)


def _address() -> tuple[str, int]:
    host = settings.WEB_HOST
    return ALL_ADDRESSES.get(host, host.strip("[]")), settings.WEB_PORT


def _status(path: str, *headers: str) -> int:
    """What the web answers on the page, asked as through https if it lets us. OSError; ValueError if not HTTP."""
    secure = ("X-Forwarded-Proto: https",) if settings.SECURE else ()
    lines = [f"GET {path} HTTP/1.1", f"Host: {urlsplit(settings.PORTAL_URL).netloc}", *secure, *headers]
    request = "\r\n".join([*lines, "Connection: close", "", ""])
    with socket.create_connection(_address(), timeout=CALL_SECONDS) as connection:
        connection.sendall(request.encode("ascii"))
        with connection.makefile("rb") as answer:
            words = answer.readline(LONGEST_LINE).split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/"):
        raise ValueError("not HTTP")
    return int(words[1])
