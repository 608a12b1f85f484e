"""Who may sign: the authorities chapter of the universe's organisations."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

from amlportal.sandbox.universe.chapters import metadata

Signatory = dict[str, Any]
Rule = dict[str, Any]
MOST_OPTIONS = 10
DESCRIPTIONS = {
    "SE": "Firman tecknas av styrelsen, eller av två ledamöter i förening.",
    "FI": "Toiminimen kirjoittaa hallituksen puheenjohtaja yksin tai kaksi jäsentä yhdessä.",
    "DK": "Selskabet tegnes af en direktør alene eller af den samlede bestyrelse.",
}
REMARKS = {
    "exceptions": {"category": "EXCEPTIONS_POSSIBLE", "comment": "The articles may hold exceptions."},
    "supplemented": {"category": "SUPPLEMENTED", "comment": "Supplemented from the articles of association."},
    "incomplete": {
        "category": "INCOMPLETE_DATA",
        "comment": "The rule refers to a decision that is not registered.",
    },
}


def authorities(country: str, signing: str, procuration: str, roles: dict[str, Any]) -> dict[str, Any]:
    """Make the authorities chapter from the names of two rules and the roles."""
    if country == "NO":
        chapter = {"signatureRights": RULES[signing](roles), "powerOfProcuration": RULES[procuration](roles)}
        return {**chapter, "metadata": metadata("BRREG")}
    if country == "DK":
        rule = {**_rule("CONCLUSIVE", "", [[one] for one in _role(roles, "ceo", "CEO")])}
    else:
        rule = {"status": "NOT_SET", "remarks": []}
    rule["description"] = DESCRIPTIONS[country]
    return {"signatureRights": rule, "metadata": metadata("BISNODE")}


def _rule(status: str, description: str | None, options: list[list[Signatory]], *remarks: str) -> Rule:
    return {
        "status": status,
        "description": description,
        "options": [{"required": option} for option in options if option][:MOST_OPTIONS],
        "remarks": [REMARKS[remark] for remark in remarks],
    }


def _role(roles: dict[str, Any], key: str, code: str) -> list[Signatory]:
    found = roles.get(key) or []
    people = found if isinstance(found, list) else [found]
    return [{"name": one["name"], "dateOfBirth": one["dateOfBirth"], "role": code} for one in people]


def _chair(roles: dict[str, Any]) -> list[Signatory]:
    return _role(roles, "chairman", "CHAIRMAN_OF_THE_BOARD")


def _members(roles: dict[str, Any]) -> list[Signatory]:
    chairs = {one["name"] for one in _chair(roles)}
    return [one for one in _role(roles, "boardMembers", "BOARD_MEMBER") if one["name"] not in chairs]


def _pairs(people: list[Signatory]) -> list[list[Signatory]]:
    return [list(pair) for pair in combinations(people, 2)]


def _partners(roles: dict[str, Any]) -> list[Signatory]:
    return [
        {"name": one["name"], "dateOfBirth": one["dateOfBirth"], "role": one["role"]}
        for one in roles.get("others") or []
    ]


def _ceo(roles: dict[str, Any]) -> list[Signatory]:
    return _role(roles, "ceo", "CEO")


RULES: dict[str, Callable[[dict[str, Any]], Rule]] = {
    "not_set": lambda roles: _rule("NOT_SET", None, []),
    "chairman": lambda roles: _rule("CONCLUSIVE", "Styrets leder alene.", [_chair(roles)]),
    "ceo": lambda roles: _rule("CONCLUSIVE", "Daglig leder alene.", [_ceo(roles)]),
    "chairman_or_two": lambda roles: _rule(
        "CONCLUSIVE",
        "Styrets leder alene, eller to styremedlemmer i fellesskap.",
        [_chair(roles), *_pairs(_members(roles))],
    ),
    "chairman_and_one": lambda roles: _rule(
        "CONCLUSIVE",
        "Styrets leder og ett styremedlem i fellesskap.",
        [[*_chair(roles), member] for member in _members(roles)],
    ),
    "two_of_board": lambda roles: _rule(
        "CONCLUSIVE", "To av styrets medlemmer i fellesskap.", _pairs([*_chair(roles), *_members(roles)])
    ),
    "board_together": lambda roles: _rule(
        "CONCLUSIVE", "Det samlede styret.", [[*_chair(roles), *_members(roles)]]
    ),
    "jointly": lambda roles: _rule("CONCLUSIVE", "Deltakerne i fellesskap.", [_partners(roles)]),
    "jointly_with_remarks": lambda roles: _rule(
        "CONCLUSIVE",
        "Styrets leder og daglig leder i fellesskap.",
        [[*_chair(roles), *_ceo(roles)]],
        "exceptions",
        "supplemented",
        "incomplete",
    ),
    "many": lambda roles: _rule(
        "IN_CONCLUSIVE",
        "Daglig leder, eller den styret gir fullmakt.",
        [_ceo(roles), _chair(roles)],
        "exceptions",
    ),
    "incomplete": lambda roles: _rule(
        "IN_CONCLUSIVE", "Etter styrets nærmere bestemmelse.", [], "incomplete"
    ),
    "three_statuses": lambda roles: _rule(
        "CONCLUSIVE",
        "Styrets leder og administrerende direktør i fellesskap.",
        [[*_chair(roles), *_ceo(roles)]],
        "supplemented",
    ),
}
