"""Results made up for tests of candidates, and their reckoning in plain values."""

import datetime
from decimal import Decimal
from typing import Any

from cases.assessment.owners import owners
from cases.assessment.owners.candidates import Candidate, Reckoning
from tests.findings.reading import result

TODAY = datetime.date(2026, 11, 28)
SPACE = "\N{NO-BREAK SPACE}"
HOME = {"street": "Storgata 9", "postalCode": "5003", "city": "BERGEN", "country": "NO"}


def document(
    shareholders: Any = (),
    beneficials: Any = (),
    roles: dict[str, Any] | None = None,
    form: str | None = "LIMITED_COMPANY",
    **changes: Any,
) -> dict[str, Any]:
    """A result with these owners and roles."""
    return {
        "keyInformation": {
            "name": "HAVBRIS REDERI AS",
            "organizationNumber": "312904047",
            "organizationType": form,
            "country": "NO",
        },
        "ownership": {"shareholders": [*shareholders], "beneficials": [*beneficials], "subsidiaries": []},
        "roles": roles or {},
        **changes,
    }


def person(name: str, share: Any = None, born: str = "", **more: Any) -> dict[str, Any]:
    """A person among the shareholders."""
    return {"name": name, "percentage": share, "type": "PERSON", "dateOfBirth": born or None, **more}


def firm(name: str, share: Any, number: str = "317220731") -> dict[str, Any]:
    """An organisation among the shareholders."""
    return {"name": name, "percentage": share, "type": "ORGANIZATION", "organizationNumber": number}


def reckoned(found: dict[str, Any] | None, **changes: Any) -> Reckoning:
    return owners.reckon(result(found, **changes), TODAY)


def owned_by(*shareholders: Any, **more: Any) -> Reckoning:
    return reckoned(document(shareholders, **more))


def names(found: tuple[Candidate, ...]) -> list[str]:
    return [candidate.name for candidate in found]


def reasons(found: Reckoning) -> dict[str, list[str]]:
    return {candidate.name: [str(reason) for reason in candidate.because] for candidate in found.candidates}


def answers(candidate: Candidate) -> list[tuple[str, Decimal | None, str]]:
    """Each answer, its per cent, and its words with plain spaces."""
    return [
        (str(reckoned.answer), reckoned.percent, str(reckoned.words).replace(SPACE, " "))
        for reckoned in candidate.by_rule_set
    ]


def plain(words: Any) -> str:
    return str(words).replace(SPACE, " ")
