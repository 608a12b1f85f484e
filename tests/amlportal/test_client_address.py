"""The address of a client is what our own proxy saw; what the client writes of itself counts for nothing."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from amlportal import client_address

ALONE = ["127.0.0.1", "::1"]
FARM = ["127.0.0.1", "10.1.0.0/16", "2001:db8:ffff::/48"]
CASES = [
    # peer, X-Forwarded-For, proxies, what counts
    ("127.0.0.1", "198.51.100.7", ALONE, "198.51.100.7"),
    ("127.0.0.1", "203.0.113.9, 198.51.100.7", ALONE, "198.51.100.7"),
    ("127.0.0.1", "127.0.0.1, 198.51.100.7", ALONE, "198.51.100.7"),
    ("127.0.0.1", "198.51.100.7, 127.0.0.1", ALONE, "198.51.100.7"),
    ("10.1.2.3", "203.0.113.9, 198.51.100.7, 10.1.9.9,10.1.8.8", FARM, "198.51.100.7"),
    ("::ffff:10.1.2.3", "198.51.100.7", FARM, "198.51.100.7"),
    ("127.0.0.1", "::ffff:198.51.100.7", ALONE, "198.51.100.7"),
    ("127.0.0.1", "2001:db8:1:2:3:4:5:6", ALONE, "2001:db8:1:2::"),
    ("127.0.0.1", "2001:db8:1:2:ffff::1%eth0", ALONE, "2001:db8:1:2::"),
    ("127.0.0.1", "", ALONE, "127.0.0.1"),
    ("127.0.0.1", "unknown", ALONE, "127.0.0.1"),
    ("127.0.0.1", "198.51.100.7, unknown", ALONE, "127.0.0.1"),
    ("127.0.0.1", "198.51.100.7,", ALONE, "127.0.0.1"),
    ("127.0.0.1", "198.51.100.7:4711", ALONE, "127.0.0.1"),
    ("127.0.0.1", "127.0.0.1, ::1", ALONE, "127.0.0.1"),
    ("198.51.100.7", "203.0.113.9", ALONE, "198.51.100.7"),
    ("10.2.0.1", "203.0.113.9", FARM, "10.2.0.1"),
    ("", "203.0.113.9", ALONE, None),
]


def counted(peer: str, forwarded: str) -> str | None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return client_address.counted(RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers))


def test_the_last_hop_that_is_not_ours_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    wrong = []
    for peer, forwarded, proxies, right in CASES:
        settings.PROXY_ADDRESSES = proxies
        if (found := counted(peer, forwarded)) != right:
            wrong.append((peer, forwarded, found))
    assert wrong == []


@pytest.mark.parametrize("forwarded", ["203.0.113.9", "unknown", ""])
def test_without_a_proxy_the_peer_counts(settings: Settings, forwarded: str) -> None:
    settings.BEHIND_PROXY = False
    assert counted("127.0.0.1", forwarded) == "127.0.0.1"
    assert counted("2001:db8::5", forwarded) == "2001:db8::"
