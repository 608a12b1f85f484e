"""The client address of a request, by which the limits on sign-in attempts count."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

OF_ONE_CLIENT = (
    64  # bits of an IPv6 address that a network hands to one customer; the rest is the client's to choose
)

Address = IPv4Address | IPv6Address


def of(request: HttpRequest) -> Address | None:
    """The client's address as our proxies pass it on, or the peer's where none is in front; None if unknown.

    X-Forwarded-For is read from the right, past our proxies (PROXY_ADDRESSES): what stands further left was written by
    whoever came to them. What is no address there leaves the peer.
    """
    peer = _read(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY or peer is None or not _is_ours(peer):
        return peer
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        address = _read(hop.strip())
        if address is None:
            return peer
        if not _is_ours(address):
            return address
    return peer


def counted(request: HttpRequest) -> str | None:
    """The address by which attempts are counted: for IPv6 the client's network, since one client has all of it."""
    address = of(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, OF_ONE_CLIENT), strict=False).network_address)
    return str(address) if address else None


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or IPv6Address(int(address))  # without a zone, which no database knows
    return address


def _is_ours(address: Address) -> bool:
    return any(address in ip_network(proxy_address) for proxy_address in settings.PROXY_ADDRESSES)
