"""Which addresses we are willing to send a secret to."""

from urllib.parse import urlsplit

from cases.provider.errors import Code, FixConfiguration

LOOPBACK = ("127.0.0.1", "::1", "localhost")


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
