"""A link leads to the internet and to the host that is read in it; every other address is text."""

import pytest

from cases.findings.vocabulary import source

PUBLIC = [
    "https://www.example.no/a?b=c#d",
    "HTTP://Example.NO:8443/",
    "https://bücher.example/",
    "https://example.no./",
    "https://93.184.216.34/",
    "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    "https://[2002:808:808::1]/",
    "https://example.no/@somebody",
    "https://localhost.example.no/",
    "https://a.b-c.example/?at=user@host",
]
TEXT = [
    "https://www.bankid.no@evil.example/",
    "https://user:word@example.no/",
    "https://@example.no/",
    "http://localhost/",
    "http://LOCALHOST:8000/",
    "http://portal.localhost/",
    "http://printer.local/",
    "http://vault.internal./",
    "http://intranet/",
    "http://router.lan/admin",
    "http://localhost.localdomain/",
    "http://vault.private/",
    "http://kubernetes.default.svc/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://10.0.0.7/",
    "http://172.16.0.1:8080/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a00:7]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:7::1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[fec0::1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://[::1/",
    "http://example.no:99999/",
    "http://..no/",
    "javascript:alert(1)",
]


@pytest.mark.parametrize(("addresses", "followed"), [(PUBLIC, True), (TEXT, False)])
def test_what_is_a_link(addresses: list[str], followed: bool) -> None:
    links = {raw: source.link(raw) for raw in addresses}
    assert [raw for raw, link in links.items() if link is None or bool(link.address) != followed] == []
