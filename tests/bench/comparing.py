"""Hits beside owners: how long the comparison takes, and how that is to reading the same result without hits.

.venv/bin/python -m tests.bench.comparing
"""

import random
import time
from collections.abc import Callable
from typing import Any

from cases.findings.screening import screening
from cases.findings.screening.named_parties import Parties
from tests.findings.reading import payload, result

FIRST = ["Ingrid", "Ola", "Kari", "Nils", "Ivan", "Petr", "Anna", "Lars", "Mohamed", "Fatima", "Olga", "Eva"]
PARTS = ["an", "ber", "ko", "la", "mi", "so", "ta", "ven", "rik", "ol", "sen", "hau", "gen", "el", "ing"]
TIMES = 5


def crowd(hits: int, aliases: int, owners: int) -> dict[str, Any]:
    """A result with so many hits, with so many aliases each, and so many owners: half of them people."""
    dice = random.Random(1)

    def word() -> str:
        return "".join(dice.choice(PARTS) for _ in range(dice.randint(2, 4))).capitalize()

    def person() -> str:
        return f"{dice.choice(FIRST)} {word()} {word()}"

    def day() -> str:
        return f"{dice.randint(1930, 2000)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"

    document = payload("no_full")
    document["ownership"]["shareholders"] = [
        {"name": person(), "dateOfBirth": day(), "type": "PERSON"}
        if n % 2
        else {"name": f"{word()} {word()} Holding AS", "organizationNumber": str(900_000_000 + n)}
        for n in range(owners)
    ]
    document["sanction"]["sanctionResults"] = [
        {
            "name": person() if n % 2 else f"{word()} {word()} Trading LLC",
            "aliasList": [person() for _ in range(aliases)],
            "birthDateInfo": [day()] if n % 2 else [],
            "addressList": [{"countryCode": "CY"}],
            "matchIndicator": n,
            "externalId": f"EU-{n}",
        }
        for n in range(hits)
    ]
    return document


def milliseconds(work: Callable[[], object]) -> float:
    """The shortest CPU time of several runs."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def report() -> None:
    print("hits  aliases  owners   compare ms   read without hits ms   ratio")
    for hits, aliases, owners in ((100, 2, 500), (300, 0, 5000), (300, 2, 5000), (300, 4, 5000)):
        document = crowd(hits, aliases, owners)
        found = result(document)
        ours = Parties(
            found.company, found.address, found.ownership, found.roles, found.financials, found.authorities
        )
        compare = milliseconds(lambda: list(screening._compared(found.screening.hits, ours)))  # noqa: B023
        bare = milliseconds(lambda: result({**document, "sanction": {}}))  # noqa: B023
        print(f"{hits:4}  {aliases:7}  {owners:6}   {compare:10.0f}   {bare:20.0f}   {compare / bare:5.1f}")


if __name__ == "__main__":
    report()
