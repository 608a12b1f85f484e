"""Results larger and odder than any organisation has, as bytes."""

import json
from typing import Any

from tests.findings.reading import payload

ODD = (
    "Åsa \u202eSivle\u202c · שלום עולם · مرحبا بالعالم · Ελλάδα · Привет · 漢字 · "
    "\N{WOMAN}\u200d\N{GIRL} · e\u0301\u0323 · \u0000\u0007 <script>alert(1)</script>"
)


def crowded(shareholders: int = 5000, hits: int = 300) -> bytes:
    """A usual result with this many shareholders and hits."""
    found = payload("no_full")
    found["ownership"]["shareholders"] = [
        {
            "name": f"Holding nummer {number} AS",
            "organizationNumber": f"{910_000_000 + number}",
            "percentage": 0.02,
            "type": "ORGANIZATION",
        }
        for number in range(shareholders)
    ]
    first = found["sanction"]["sanctionResults"][0]
    found["sanction"]["sanctionResults"] = [
        {**first, "name": f"Listed party {number}", "externalId": f"EU-{number}"} for number in range(hits)
    ]
    return json.dumps(found).encode()


def worse(letters: int = 1_000_000, many: int = 700) -> bytes:
    """So many letters in every name, and so many names in every direction of writing."""
    found = payload("no_full")
    long = "x" * letters
    found["keyInformation"]["name"] = long
    found["keyInformation"]["purpose"] = "word " * (letters // 5)
    found["keyInformation"]["organizationType"] = long
    found["keyInformation"]["statusCodes"] = [long, *(f"{ODD} {number}" for number in range(many // 10))]
    found["ownership"]["shareholders"] = [
        {"name": f"{ODD} {number}", "percentage": 40} for number in range(many)
    ]
    hit: dict[str, Any] = found["sanction"]["sanctionResults"][0]
    found["sanction"]["sanctionResults"] = [
        {
            **hit,
            "name": ODD,
            "aliases": [{"name": f"{ODD} {number}"} for number in range(many)],
            "comment": long,
        },
        {**hit, "name": long},
    ]
    found["unheard of"] = {f"key {number}": ODD for number in range(many)}
    return json.dumps(found).encode()
