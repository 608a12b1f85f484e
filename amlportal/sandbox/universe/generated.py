"""A plausible organisation for any identifier, always the same one."""

from typing import Any

from amlportal.sandbox.identifiers import shown
from amlportal.sandbox.universe.chapters import (
    DIRECT_OWNERSHIP,
    LATEST_YEAR,
    Person,
    accounts,
    addresses,
    beneficial_owner,
    financials,
    metadata,
    no_hit,
    some_person,
)
from amlportal.sandbox.universe.dice import Dice
from amlportal.sandbox.universe.organisation import Organisation
from amlportal.sandbox.universe.words import WORDS

KEY = "generated"


def generate(
    country: str,
    digits: str,
    *,
    name: str | None = None,
    kind: str = KEY,
    about: str = "",
    duns: str | None = None,
) -> Organisation:
    """Make the organisation that has these digits as its number."""
    dice = Dice(country, digits)
    words = WORDS[country]
    number = shown(country, digits)
    trade, code, description = dice.pick(words.trades)
    ending, form = dice.pick(words.forms)
    whole = f"{dice.pick(words.first_parts)} {trade} {ending}"
    name = name or (whole.upper() if country == "NO" else whole)
    owners = [some_person(dice, country) for _ in range(dice.number(1, 3))]
    board = [some_person(dice, country) for _ in range(dice.number(1, 3))]
    turnover = 10 ** dice.share(6, 8.5)
    years = accounts(
        dice, turnover, dice.share(-0.02, 0.14), dice.share(0.1, 0.6), [LATEST_YEAR - n for n in range(3)]
    )
    registered = f"{dice.number(1988, 2023)}-{dice.number(1, 12):02d}-{dice.number(1, 28):02d}"
    low = dice.pick((1, 5, 10, 20, 50))
    key_information: dict[str, Any] = {
        "name": name,
        "organizationNumber": number,
        "dunsNumber": duns,
        "leiNumber": None,
        "organizationType": form,
        "country": country,
        "registeredDate": registered,
        "employees": {"from": low, "to": low * 2 - 1 if low > 1 else 4},
        "industrySector": {"code": code, "description": description},
        "statusCodes": ["ACTIVE"],
        "metadata": metadata(words.source),
    }
    result = {
        "keyInformation": key_information,
        "address": addresses(dice, country),
        "financials": financials(years, dice.pick((30_000, 100_000, 500_000)), words.source, {}, {}),
        "ownership": _ownership(owners),
        "authorities": _authorities(country, board[0]),
        "roles": {
            "ceo": owners[0].role(),
            "chairman": board[0].role(),
            "boardMembers": [person.role() for person in board[1:]],
            "deputyBoardMembers": [],
            "metadata": metadata(words.source),
        },
        "sanction": no_hit(),
    }
    return Organisation(country, number, name, kind, about or "Made up from its number.", result, duns)


def _ownership(owners: list[Person]) -> dict[str, Any]:
    shares = {1: (100.0,), 2: (60.0, 40.0), 3: (50.0, 30.0, 20.0)}[len(owners)]
    held = list(zip(owners, shares, strict=True))
    return {
        "beneficials": [
            {
                **beneficial_owner(person, *DIRECT_OWNERSHIP),
                "percentageControl": share,
                "integratedOwnership": share,
            }
            for person, share in held
            if share > 25
        ],
        "shareholders": [
            {
                "name": person.name,
                "organizationNumber": None,
                "percentage": share,
                "dateOfBirth": person.born,
                "type": "PERSON",
            }
            for person, share in held
        ],
        "subsidiaries": [],
        "indicators": {"numberOfShareholders": len(held), "ownershipLevels": 1, "numberOfSubsidiaries": 0},
        "metadata": metadata("BISNODE"),
    }


def _authorities(country: str, chairman: Person) -> dict[str, Any]:
    required = [{"name": chairman.name, "dateOfBirth": chairman.born, "role": "CHAIRMAN_OF_THE_BOARD"}]
    rule: dict[str, Any] = {
        "status": "CONCLUSIVE",
        "description": "Styrets leder alene.",
        "options": [{"required": required}],
        "remarks": [],
    }
    if country != "NO":
        rule = {"status": "NOT_SET", "description": None, "remarks": []}
    not_set: dict[str, Any] = {"status": "NOT_SET", "description": None, "options": [], "remarks": []}
    return {
        "signatureRights": rule,
        "powerOfProcuration": not_set,
        "metadata": metadata(WORDS[country].source),
    }
