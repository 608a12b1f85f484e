"""The connected universe: the cast is written in `cast/*.json`, one file for each country.

A part has slug, country, number, name, form and what is interesting about it (`about`). `owners` are pairs of a
slug, of `Names YYYY-MM-DD`, or of an object with a name for somebody outside, and a percentage; shareholders,
subsidiaries and beneficial owners of everybody are worked out from them. `builder` knows the other fields.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from amlportal.sandbox.universe.builder import Part, build
from amlportal.sandbox.universe.holdings import Holder, Holding, Holdings
from amlportal.sandbox.universe.organisation import Organisation, scope_of
from amlportal.sandbox.universe.people import crowd, holder, is_person, person

FILES = ("norway", "sweden", "finland", "denmark")
SLUGS_OF_EXAMPLES = {"fjellheim-energi": "NO-317835337"}


def cast(examples: tuple[Organisation, ...]) -> tuple[Organisation, ...]:
    """Make every organisation of the cast, connected with each other and with the examples."""
    parts = [part for name in FILES for part in _read(name)]
    known = {one.scope: one for one in examples}
    scopes = {part["slug"]: scope_of(part["country"], part["number"]) for part in parts} | SLUGS_OF_EXAMPLES
    names = {scope: (one.name, one.number) for scope, one in known.items()}
    names |= {scopes[part["slug"]]: (part["name"], part["number"]) for part in parts}
    holdings = [holding for part in parts for holding in _of_part(part, scopes, names)]
    holdings += [holding for one in examples for holding in _of_example(one, names)]
    firms = {slug: names[scope] for slug, scope in scopes.items()}
    register = Holdings(holdings, names)
    return tuple(build(part, register, firms) for part in parts)


def _read(name: str) -> list[Part]:
    text = files(__package__).joinpath("cast", f"{name}.json").read_text(encoding="utf-8")
    parts: list[Part] = json.loads(text)
    return parts


def _of_part(
    part: Part, scopes: Mapping[str, str], names: Mapping[str, tuple[str, str]]
) -> Iterator[Holding]:
    owned = scopes[part["slug"]]
    for owner, share in part["owners"]:
        yield Holding(_holder(owner, scopes, names), owned, share)
    if "crowd" in part:
        size, share = part["crowd"]["people"], part["crowd"]["share"]
        equal = part["crowd"].get("equal", False)
        for one, own in crowd(part["country"], part["number"], size, share, equal=equal):
            yield Holding(one, owned, own)


def _holder(owner: Any, scopes: Mapping[str, str], names: Mapping[str, tuple[str, str]]) -> Holder:
    if isinstance(owner, Mapping):
        return Holder(owner["name"], type=owner.get("type", "ORGANIZATION"))
    if is_person(owner):
        return holder(person(owner))
    scope = scopes[owner]
    name, number = names[scope]
    return Holder(name, scope, number)


def _of_example(example: Organisation, names: Mapping[str, tuple[str, str]]) -> Iterator[Holding]:
    by_number = {number: scope for scope, (_, number) in names.items()}
    for entry in example.result["ownership"]["shareholders"]:
        if not entry or entry["percentage"] is None or entry["organizationNumber"] == example.number:
            continue
        scope = by_number.get(entry["organizationNumber"])
        if scope is not None:
            yield Holding(
                Holder(entry["name"], scope, entry["organizationNumber"]), example.scope, entry["percentage"]
            )
        elif entry["type"] == "PERSON":
            born = entry["dateOfBirth"] or "?"
            yield Holding(holder(person(f"{entry['name']} {born}")), example.scope, entry["percentage"])
