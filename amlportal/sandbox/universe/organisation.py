"""An organisation of the sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amlportal.sandbox.identifiers import read


@dataclass(frozen=True)
class Organisation:
    """An organisation, its whole JSON result, and what is interesting about it.

    `number` is written as its country writes it. `kind` is example, universe, fault, test or generated.
    """

    country: str
    number: str
    name: str
    kind: str
    about: str
    result: Mapping[str, Any]
    duns: str | None = None

    @property
    def scope(self) -> str:
        """The name by which faults are switched for it: `COUNTRY-DIGITS`."""
        return scope_of(self.country, self.number)


def scope_of(country: str, number: str) -> str:
    """Return `COUNTRY-DIGITS` of an organisation number."""
    return f"{country}-{read(country, number).digits}"
