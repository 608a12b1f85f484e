"""Makes an organisation, with its whole result, from a part of the cast and the register of holdings."""

import copy
from collections.abc import Mapping
from typing import Any

from amlportal.sandbox.universe.chapters import (
    CONTROL_BY_ROLE,
    DIRECT_OWNERSHIP,
    INDIRECT_CONTROL,
    LATEST_YEAR,
    Person,
    accounts,
    addresses,
    beneficial_owner,
    financials,
    metadata,
    some_person,
)
from amlportal.sandbox.universe.dice import Dice
from amlportal.sandbox.universe.holdings import Control, Holdings
from amlportal.sandbox.universe.listings import screening
from amlportal.sandbox.universe.organisation import Organisation, scope_of
from amlportal.sandbox.universe.people import is_person, person
from amlportal.sandbox.universe.signing_rules import authorities
from amlportal.sandbox.universe.words import WORDS

Part = Mapping[str, Any]
EMPTY: dict[str, Any] = {
    "ownership": {"beneficials": [], "shareholders": [], "subsidiaries": [], "indicators": {}},
    "financials.accounting": {"years": []},
}
OLD_NAMES = {
    "roles": "officialRoles",
    "beneficials": "beneficial",
    "metadata": "metaData",
    "leiNumber": "lei",
}
SINGLE_ROLES = ("ceo", "chairman", "deputyChairman", "proprietor", "contactPerson", "trustee")


def build(part: Part, holdings: Holdings, firms: Mapping[str, tuple[str, str]]) -> Organisation:
    """Make the organisation; `firms` gives name and number of each slug."""
    country, number = part["country"], part["number"]
    dice = Dice("cast", country, number)
    roles = _roles(part, dice)
    result: dict[str, Any] = {
        "keyInformation": _key_information(part),
        "address": addresses(dice, country, tuple(part["place"])),
        "financials": _financials(part, dice, firms),
        "ownership": _ownership(part, holdings, roles),
        "authorities": authorities(
            country, part.get("signing", "chairman"), part.get("procuration", "not_set"), roles
        ),
        "roles": roles,
        "sanction": screening(part.get("hits", [])),
    }
    for path in part.get("empty", []):
        _put(result, path, copy.deepcopy(EMPTY.get(path, {})))
    for path, value in part.get("set", {}).items():
        _put(result, path, value)
    for path in part.get("absent", []):
        _remove(result, path)
    if part.get("old_names"):
        result = _with_old_names(result)
    return Organisation(country, number, part["name"], "universe", part["about"], result, part.get("duns"))


def _key_information(part: Part) -> dict[str, Any]:
    country, employees = part["country"], part["employees"]
    code, description = part["industry"]
    key: dict[str, Any] = {
        "name": part["name"],
        "organizationNumber": part["number"],
        "dunsNumber": part.get("duns"),
        "leiNumber": part.get("lei"),
        "organizationType": part["form"],
        "country": country,
        "registeredDate": f"{part['registered']}T00:00:00" if country == "NO" else part["registered"],
        "establishedDate": part.get("established"),
        "purpose": part.get("purpose"),
        "employees": {"from": employees[0], "to": employees[1]} if employees else None,
        "industrySector": {"code": code, "description": description},
        "statusCodes": part.get("status", ["ACTIVE"]),
        "metadata": metadata(WORDS[country].source, *(["GLEIF"] if part.get("lei") else [])),
    }
    if country == "NO":
        sector = part.get("sector", ["2100", "Private aksjeselskaper mv."])
        key["institutionalSector"] = {"code": sector[0], "description": sector[1]}
        key["memberOfRegistries"] = ["FORETAKSREGISTERET", "MVA_REGISTERET"]
    return key


def _roles(part: Part, dice: Dice) -> dict[str, Any]:
    country = part["country"]
    chapter: dict[str, Any] = dict.fromkeys(SINGLE_ROLES)
    chapter.update(boardMembers=[], deputyBoardMembers=[])
    given = part.get("roles")
    if given is None:
        owners = [person(owner) for owner, _ in part["owners"] if isinstance(owner, str) and is_person(owner)]
        others = [some_person(dice, country) for _ in range(part.get("board_size", 2))]
        chapter["chairman"] = (owners[0] if owners else some_person(dice, country)).role()
        chapter["ceo"] = some_person(dice, country).role()
        chapter["boardMembers"] = [one.role() for one in [*owners[1:3], *others]]
    else:
        for role, holder in given.items():
            chapter[role] = _role_holder(role, holder)
    chapter["metadata"] = metadata(WORDS[country].source)
    return chapter


def _role_holder(role: str, holder: Any) -> Any:
    if role == "others":
        return [
            {"role": code, "name": one.name, "organizationNumber": None, "dateOfBirth": one.born}
            for code, text in holder
            for one in [person(text)]
        ]
    if isinstance(holder, list):
        return [person(text).role() for text in holder]
    return person(holder).role() if holder else None


def _financials(part: Part, dice: Dice, firms: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    money, source = part.get("money"), WORDS[part["country"]].source
    firm = {}
    for kind in ("auditor", "accountant"):
        name, number = firms.get(part.get(kind, ""), (None, None))
        firm[kind] = (
            {"name": name, "organizationNumber": number, "metadata": metadata(source)} if name else {}
        )
    years: list[dict[str, Any]] = []
    if money:
        years = accounts(
            dice,
            money["turnover"],
            money["margin"],
            money["equity"],
            money.get("years", [LATEST_YEAR - back for back in range(3)]),
        )
    capital = money.get("capital") if money else None
    return financials(years, capital, source, firm["auditor"], firm["accountant"])


def _ownership(part: Part, holdings: Holdings, roles: Mapping[str, Any]) -> dict[str, Any]:
    scope = scope_of(part["country"], part["number"])
    holders = holdings.holders(scope)
    subsidiaries = holdings.subsidiaries(scope)
    by_role = [person(text) for text in part.get("control_by_role", [])]
    beneficials = [_owner(control, part, roles) for control in holdings.controllers(scope)]
    beneficials += [_beneficial(one, part, *CONTROL_BY_ROLE) for one in by_role]
    for given in part.get("beneficial", []):
        first, _, last = given["name"].rpartition(" ")
        one = Person(first, last, given.get("born"))
        entry = _beneficial(one, part, given["reason"], INDIRECT_CONTROL[1])
        address = dict.fromkeys(("street", "postalCode", "city"))
        beneficials.append({**entry, "address": {**address, "country": given["country"]}})
    return {
        "beneficials": beneficials,
        "shareholders": [one.holder.shareholder(one.share) for one in holders],
        "subsidiaries": subsidiaries,
        "indicators": {
            "numberOfShareholders": len(holders),
            "ownershipLevels": holdings.levels(scope),
            "numberOfSubsidiaries": len(subsidiaries),
            "largestShareholding": max((one.share or 0 for one in holders), default=0),
        },
        "metadata": metadata("BISNODE"),
    }


def _owner(control: Control, part: Part, roles: Mapping[str, Any]) -> dict[str, Any]:
    direct = control.direct >= 25
    reason, phrase = DIRECT_OWNERSHIP if direct else INDIRECT_CONTROL
    chairman = roles.get("chairman") or {}
    return {
        **_beneficial(control.person, part, reason, phrase),
        "percentageControl": round(control.direct, 2) if direct else None,
        "integratedOwnership": control.integrated,
        "roles": ["CHAIRMAN_OF_THE_BOARD"] if chairman.get("name") == control.person.name else [],
    }


def _beneficial(one: Person, part: Part, reason: str, phrase: str) -> dict[str, Any]:
    died = part.get("deceased", {}).get(f"{one.name} {one.born}")
    return beneficial_owner(one, reason, phrase, died)


def _put(result: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        result = result[step]
    result[last] = value


def _remove(result: dict[str, Any], path: str) -> None:
    *way, last = path.split(".")
    for step in way:
        result = result[step]
    del result[last]


def _with_old_names(node: Any) -> Any:
    if isinstance(node, dict):
        return {OLD_NAMES.get(name, name): _with_old_names(value) for name, value in node.items()}
    return [_with_old_names(one) for one in node] if isinstance(node, list) else node
