"""Which addresses we are willing to send a secret to."""

import re
from urllib.parse import SplitResult, unquote, urldefrag, urljoin, urlsplit

from cases.provider.errors import Code, FixConfiguration

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PORTS = {"https": 443, "http": 80}
LONGEST_LINK = 2000
_OF_AN_ADDRESS = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+")


def safe_address(address: str, called: str) -> str:
    """Give an address without its closing slash if it is https, or http on this machine itself.

    FixConfiguration otherwise; its message names which address (`called`), not the address itself.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or any(char in " \\" or not char.isprintable() for char in address):
        raise FixConfiguration(Code.BAD_ADDRESS, message=f"The {called} is not a web address.")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        message = f"The {called} must not hold a user name, a query or a fragment."
        raise FixConfiguration(Code.BAD_ADDRESS, message=message)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        message = f"The {called} must begin with https; http is accepted on this machine alone."
        raise FixConfiguration(Code.INSECURE_ADDRESS, message=message)
    return address.rstrip("/")


def linked(href: str, base_url: str) -> tuple[str, ...]:
    """Give the addresses that a link of a result can mean, first the likelier; none if it leads anywhere else.

    All are at the origin of `base_url`, which is trusted with the token. A path is meant from the root of the host
    (RFC 3986) or, as the API writes its own, from the base address.
    """
    if len(href) > LONGEST_LINK or not _OF_AN_ADDRESS.fullmatch(href) or href.startswith("//"):
        return ()
    try:
        base = urlsplit(base_url)
        given, address = urlsplit(href), urldefrag(urljoin(f"{base_url}/", href)).url
        if _origin(urlsplit(address)) != _origin(base) or _climbs(given.path):
            return ()
    except ValueError:
        return ()
    below = href.startswith("/") and base.path and not f"{given.path}/".startswith(f"{base.path}/")
    return (address, urldefrag(base_url + href).url) if below else (address,)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    """Scheme, host and port. ValueError if it holds a user name, which no origin does."""
    if "@" in parts.netloc:
        raise ValueError("a user name")
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def _climbs(path: str) -> bool:
    """Whether a path has `.`, `..` or a backslash, however encoded, which servers may resolve otherwise."""
    while path != (path := unquote(path)):
        pass
    return not {".", ".."}.isdisjoint(path.replace("\\", "/").split("/")) or "\\" in path
