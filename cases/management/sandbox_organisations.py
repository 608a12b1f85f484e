"""The sandbox's organisations as those that seeded cases are about: ordering again brings what is there already."""

import json
import random
from dataclasses import dataclass
from typing import Any

from amlportal.sandbox.identifiers import next_number
from amlportal.sandbox.sessions.results import select, without_ofac
from amlportal.sandbox.universe.catalogue import everything
from amlportal.sandbox.universe.generated import generate
from amlportal.sandbox.universe.organisation import Organisation
from cases.provider.numbers.identifiers import DUNS, ORG, Identifier, parse

STEMS = {
    "NO": (31_000_000, 31_899_999),
    "SE": (310_000_000, 319_999_999),
    "FI": (3_100_000, 3_199_999),
    "DK": (3_100_000, 3_199_999),
}
SHARES = {"NO": 58, "SE": 20, "FI": 12, "DK": 10}


@dataclass(frozen=True)
class SandboxOrganisation:
    """An organisation of the sandbox, known by its number or by its DUNS number."""

    identifier: Identifier
    organisation: Organisation

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.organisation.name

    @property
    def is_listed(self) -> bool:
        """Does a screening find anybody?"""
        return bool(self.organisation.result.get("sanction", {}).get("sanctionResults"))

    def result(self, expands: tuple[str, ...], *, with_ofac: bool, years_ago: int) -> bytes:
        """The organisation's JSON result as the sandbox gives it; years ago it had fewer employees."""
        result = select(self.organisation.result, frozenset(expands))
        if not with_ofac:
            result = without_ofac(result)
        if years_ago:
            _make_younger(result, years_ago)
        return json.dumps(result, ensure_ascii=False).encode()


class SandboxOrganisations:
    """Draws organisations at random: those the sandbox knows by name, or ones made up from a valid number."""

    def __init__(self) -> None:
        """Read the organisations that the sandbox knows by name, without those that stand for a fault."""
        self._known = [one for one in everything() if one.kind in {"example", "universe", "test"}]

    def __call__(self, dice: random.Random) -> SandboxOrganisation:
        """Draw one organisation."""
        if dice.random() < 0.35:
            one = dice.choice(self._known)
        else:
            country = dice.choices([*SHARES], [*SHARES.values()])[0]
            number = next_number(country, dice.randint(*STEMS[country]))
            one = generate(country, number.replace("-", ""))
        kind, text = (DUNS, one.duns) if one.duns and dice.random() < 0.05 else (ORG, one.number)
        identifier, _warnings = parse(one.country, kind, text)
        return SandboxOrganisation(identifier, one)


def _make_younger(result: dict[str, Any], years: int) -> None:
    employees = result.get("keyInformation", {}).get("employees")
    if isinstance(employees, dict):
        for end in ("from", "to"):
            if isinstance(employees.get(end), int):
                employees[end] = max(0, employees[end] - 3 * years)
