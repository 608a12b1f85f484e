"""Whether an address leads to the internet, and to the host that a reader sees in it."""

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

# Names that never lead out of a house (RFC 6761, 6762, 8375, ICANN's `internal`), and what houses use beside them.
# A public name that its owner lets point into a house cannot be told without asking; it is not asked for.
OF_THE_HOUSE = (
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "localdomain",
    "svc",
    "test",
    "invalid",
)
# What a browser takes for a full stop in the name of a host (UTS 46).
_FULL_STOPS = re.compile("[\u3002\uff0e\uff61]")
# The last label of what a browser reads as an IPv4 address, in any of its spellings.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What is handed out on the internet. All else is of a house, or an IPv4 address in another's clothes (RFC 4291, 6052).
_HANDED_OUT = IPv6Network("2000::/3")
_BRACKETED = re.compile(r"\[.+\]")


def is_public(address: str) -> bool:
    """Does this http(s) address name a host of the internet, with no user before it?

    Spellings of numbers that only some programs read as an IP address (127.1, 0x7f000001, 2130706433) are none.
    """
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or "%" in host:
        return False
    if _BRACKETED.match(parts.netloc):
        return _is_public_number(host)
    name = unicodedata.normalize("NFKC", _FULL_STOPS.sub(".", host)).lower().removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _is_public_number(name)
    is_of_the_house = any(name == text or name.endswith(f".{text}") for text in OF_THE_HOUSE)
    return len(labels) > 1 and all(labels) and not is_of_the_house


def _is_public_number(host: str) -> bool:
    try:
        number: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        within = number.sixtofour
        if number not in _HANDED_OUT or (within and not within.is_global):
            return False
    return number.is_global and not number.is_multicast
