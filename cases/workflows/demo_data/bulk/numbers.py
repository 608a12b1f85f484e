"""Numbers of invented organisations: for each key another one, with valid check digits, far from those that exist."""

import random

from stdnum.iso7064 import mod_97_10

from cases.models.casework.identity import IdentityKind

# Where the stems begin. No register and no sandbox gives out what is behind them.
STEMS = {"no": 32_000_000, "se": 322_000_000, "fi": 3_200_000, "dk": 3_200_000}
WEIGHTS = {"no": (3, 2, 7, 6, 5, 4, 3, 2), "fi": (7, 9, 10, 5, 8, 4, 2), "dk": (2, 7, 6, 5, 4, 3, 2)}
HYPHENS = {"se": 6, "fi": 7}
FIRST_DUNS = 500_000_000
MOST_KEYS = 3_300_000  # then the seven digits of Finland and Denmark are used up


class NoNumbersLeft(Exception):
    """There are more organisations than these numbers are for."""


def number(kind: str, country: str, key: int) -> str:
    """Give the number of this kind that belongs to the organisation with this key. Raises NoNumbersLeft."""
    if key > MOST_KEYS:
        raise NoNumbersLeft
    if kind == IdentityKind.DUNS:
        return str(FIRST_DUNS + key)
    if kind == IdentityKind.LEI:
        stem = f"BULK00{key:012d}"
        return stem + mod_97_10.calc_check_digits(stem)
    stem_number = STEMS[country] + 2 * key
    # The check digit of at most every second stem is no digit.
    digits = _checked(country, str(stem_number)) or _checked(country, str(stem_number + 1))
    at = HYPHENS.get(country)
    return f"{digits[:at]}-{digits[at:]}" if at else digits


def like(text: str, digits: str) -> str:
    """Write digits as a text writes those it has: the same signs and letters between them."""
    left = iter(digits)
    return "".join(next(left, "0") if char.isdigit() else char for char in text)


def any_like(text: str, dice: random.Random) -> str:
    """A number that looks like this one, and is somebody else's."""
    return like(text, str(dice.getrandbits(96) + 2**96))


def _checked(country: str, stem: str) -> str:
    """A stem with its check digit; '' if it has none."""
    if country == "se":
        doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(stem))
        return f"{stem}{-sum(value - 9 if value > 9 else value for value in doubled) % 10}"
    check = -sum(weight * int(digit) for weight, digit in zip(WEIGHTS[country], stem, strict=True)) % 11
    return "" if check == 10 else f"{stem}{check}"
