"""Models and facts for tests of the risk assessment."""

import datetime
from typing import Any

from cases.assessment.policy import risk_model
from cases.assessment.policy.defaults import default
from cases.assessment.policy.risk_terms import RiskModel
from cases.assessment.risk.assess import assess
from cases.assessment.risk.assessment import Assessment
from cases.assessment.risk.facts import Facts, JudgedHits
from tests.findings.reading import of, result

TODAY = datetime.date(2026, 3, 15)
HARMLESS = {
    "A1": "no",
    "A2": "plain",
    "A3": "fits",
    "A4": "no",
    "A5": "met, or electronic ID",
    "A6": "none found, searched",
    "A7": "none found, searched",
    "complex": "no",
}
NOT_THE_SAME = (JudgedHits("FALSE_POSITIVE", "FP04", 2),)


def filled() -> dict[str, Any]:
    """The default document with every list filled, as a lead must before it is activated."""
    document = default("risk_model")
    document["lists"] |= {"HIGH_RISK_THIRD": ["AF", "KP"], "INCREASED_MONITORING": ["BG", "HR"]}
    for facts in document["list_facts"].values():
        facts["as_of"] = "2026-02-13"
    return document


DEFAULT, FILLED = risk_model.read(default("risk_model")), risk_model.read(filled())


def assessed(found: Any, model: RiskModel = FILLED, **facts: Any) -> Assessment:
    """Assess a payload by its name, or a document."""
    read = of(found) if isinstance(found, str) else result(found)
    return assess(model, Facts(read, TODAY, **facts))


def plain() -> dict[str, Any]:
    """A small result that tells everything the default model reads, and nothing that gives points."""
    address = {"street": "Storgata 1", "postalCode": "0155", "city": "OSLO", "country": "NO"}
    person = {"name": "Liv Strand", "dateOfBirth": "1988-03-03"}
    return {
        "keyInformation": {
            "name": "PLAIN AS",
            "organizationNumber": "312904047",
            "organizationType": "LIMITED_COMPANY",
            "country": "NO",
            "registeredDate": "2001-08-21",
            "employees": {"from": 1, "to": 4},
            "industrySector": {"code": "47.610", "description": "Bokhandel"},
            "statusCodes": ["ACTIVE"],
        },
        "address": {"visitingAddress": address, "postalAddress": address},
        "financials": {
            "keyFigures": {"turnOver": 9000000, "equity": 1000000, "earnings": 100},
            "auditor": {"name": "REVISJON VEST AS", "organizationNumber": "317220731"},
            "accountant": {},
            "accounting": {"years": []},
        },
        "ownership": {
            "beneficials": [
                {**person, "percentageControl": 100, "reason": "DIRECT_OWNERSHIP", "address": address}
            ],
            "shareholders": [{**person, "percentage": 100, "type": "PERSON"}],
            "subsidiaries": [],
            "indicators": {"ownershipLevels": 1},
        },
        "roles": {"ceo": person, "chairman": person, "boardMembers": []},
        "authorities": {"signatureRights": {"status": "NOT_SET"}},
        "sanction": {
            "status": "NONE",
            "message": "No result from sanction screening.",
            "sanctionResults": [],
            "metadata": {"sources": ["EU_GLOBAL", "OFAC"]},
        },
    }


def changed(place: str, value: Any) -> dict[str, Any]:
    """The plain result with another value at a dotted place; None takes it out."""
    document = plain()
    *way, last = place.split(".")
    at = document
    for name in way:
        at = at[name]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return document
