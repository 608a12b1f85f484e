"""Forms and check digits of Nordic organisation numbers (contract §8)."""

import re
from dataclasses import dataclass

COUNTRIES = ("NO", "SE", "FI", "DK")
FORMS = {"NO": r"\d{9}", "SE": r"\d{6}-?\d{4}", "FI": r"\d{7}-?\d", "DK": r"[1-9]\d{7}"}
DUNS_FORM = r"\d{9}|\d{2}-\d{3}-\d{4}"
SHOWN = {
    "NO": "9 digits",
    "SE": "10 digits, NNNNNN-NNNN",
    "FI": "7 digits, a hyphen and a check digit",
    "DK": "8 digits, the first not 0",
}
WEIGHTS = {"NO": (3, 2, 7, 6, 5, 4, 3, 2), "FI": (7, 9, 10, 5, 8, 4, 2), "DK": (2, 7, 6, 5, 4, 3, 2)}


class MalformedIdentifier(ValueError):
    """The identifier has not the form of the country's numbers, nor of a DUNS number."""


@dataclass(frozen=True)
class Identifier:
    """An identifier as digits, and whether it may be an organisation number, a DUNS number or both."""

    country: str
    digits: str
    may_be_number: bool
    may_be_duns: bool


def read(country: str, text: str) -> Identifier:
    """Read an identifier of a country; the check digit is not looked at (contract §2)."""
    may_be_number = re.fullmatch(FORMS[country], text, re.ASCII) is not None
    may_be_duns = re.fullmatch(DUNS_FORM, text, re.ASCII) is not None
    if not (may_be_number or may_be_duns):
        raise MalformedIdentifier(
            f"identifier must be an organisation number of {country} ({SHOWN[country]}) "
            "or a DUNS number (9 digits)"
        )
    return Identifier(country, text.replace("-", ""), may_be_number, may_be_duns)


def countries_of(number: str) -> list[str]:
    """Return the countries whose organisation numbers have this form."""
    return [country for country, form in FORMS.items() if re.fullmatch(form, number, re.ASCII)]


def shown(country: str, digits: str) -> str:
    """Write a number the way its country does."""
    if country == "SE":
        return f"{digits[:6]}-{digits[6:]}"
    if country == "FI":
        return f"{digits[:7]}-{digits[7:]}"
    return digits


def check_digit(country: str, stem: str) -> str | None:
    """Return the check digit that completes a stem, None when no digit can."""
    if country == "SE":
        doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(stem))
        return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS[country], stem, strict=True))
    digit = -total % 11
    return None if digit == 10 else str(digit)


def next_number(country: str, stem: int) -> str:
    """Return the first valid number, as it is shown, whose stem is at least the given one."""
    width = {"NO": 8, "SE": 9, "FI": 7, "DK": 7}[country]
    while True:
        digits = str(stem).zfill(width)
        check = check_digit(country, digits)
        if check is not None:
            return shown(country, digits + check)
        stem += 1
