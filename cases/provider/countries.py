"""The countries whose organisations the provider knows, a row each: how each writes its numbers (contract §8).

What no table can say – centuries, old forms, what stands around a number – is in number_forms.py.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum.dk import cvr
from stdnum.fi import ytunnus
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `code` as ISO 3166 has it; in our rows, addresses and the provider's paths it is lower case.

    `labels`: what its numbers are called there, in capitals without signs. `persons_digits`: the length of the personal
    number that stands for an organisation number of a sole trader, 0 if none does. `suffix`: what VAT numbers end with.
    """

    code: str
    name: str
    called: str
    digits: int
    is_valid: Callable[[str], bool]
    labels: tuple[str, ...]
    persons_digits: int = 0
    hyphen_after: int = 0
    groups: int = 0
    suffix: str = ""
    may_begin_with_zero: bool = True

    @property
    def canonical(self) -> re.Pattern[str]:
        """The pattern of an organisation number as it is written in the country, and kept."""
        if not self.hyphen_after:
            return re.compile(f"[0-9]{{{self.digits}}}")
        return re.compile(f"[0-9]{{{self.hyphen_after}}}-[0-9]{{{self.digits - self.hyphen_after}}}")

    @property
    def lengths(self) -> frozenset[int]:
        """How many digits a number may have that stands for an organisation."""
        return frozenset({self.digits, self.persons_digits} - {0})


_ROWS = (
    Country(
        code="NO",
        name="Norway",
        called="A Norwegian organisation number",
        digits=9,
        is_valid=norwegian.is_valid,
        labels=("ORGANISASJONS", "FORETAKS", "MVA"),
        groups=3,
        suffix="MVA",
    ),
    Country(
        code="SE",
        name="Sweden",
        called="A Swedish organisation number",
        digits=10,
        is_valid=swedish.is_valid,
        labels=("ORGANISATIONS",),
        persons_digits=12,
        hyphen_after=6,
    ),
    Country(
        code="FI",
        name="Finland",
        called="A Finnish business ID",
        digits=8,
        is_valid=ytunnus.is_valid,
        labels=("BUSINESSID", "BUSINESSIDENTITY", "FO", "LY", "ALV", "Y"),
        hyphen_after=7,
    ),
    Country(
        code="DK",
        name="Denmark",
        called="A Danish CVR number",
        digits=8,
        is_valid=cvr.is_valid,
        labels=("CVR",),
        may_begin_with_zero=False,
    ),
)
COUNTRIES: dict[str, Country] = {country.code: country for country in _ROWS}
CODES = "|".join(COUNTRIES)  # for patterns


def named() -> str:
    """Name the countries in a sentence: 'Norway, Sweden, Finland or Denmark'."""
    *most, last = (country.name for country in _ROWS)
    return f"{', '.join(most)} or {last}"
