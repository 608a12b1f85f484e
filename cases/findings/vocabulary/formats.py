"""Values as a reader sees them; nothing is lost on the way, what is no value stays as it came."""

import datetime
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce

from django.utils.dateformat import format as format_date

from cases.findings.vocabulary import countries
from cases.provider.countries import COUNTRIES
from cases.provider.numbers.identifiers import ORG, Identifier, display
from cases.provider.result.scalars import Day

SPACE = "\N{NO-BREAK SPACE}"
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
WIDE = Context(prec=1100)  # as many digits as a number may have, and as many again as a sum needs
HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")
TEN_THOUSANDTH = Decimal("0.0001")
MOST_OF_A_CHANGE = 1000  # per cent; more says no more than that it is more
SCALES = ((Decimal("1e12"), "tn"), (Decimal("1e9"), "bn"), (Decimal("1e6"), "M"), (Decimal("1e3"), "k"))
CANONICAL = {code.lower(): country.canonical for code, country in COUNTRIES.items()}
HYPHEN_AFTER = {
    code.lower(): (country.digits, country.hyphen_after)
    for code, country in COUNTRIES.items()
    if country.hyphen_after
}


def added(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers up without losing a digit of any."""
    return reduce(WIDE.add, numbers, Decimal(0))


def date_words(date: datetime.date) -> str:
    """Write a date as `22 Nov 2026`."""
    return format_date(date, f"j{SPACE}M{SPACE}Y")


def day_words(day: Day) -> str:
    """Write a date as `22 Nov 2026`, and what is no date as it came."""
    return date_words(day.day) if day.day else day.raw


def number_words(number: Decimal | str) -> str:
    """Write a number in groups of three, with all its decimals."""
    if isinstance(number, str):
        return number
    whole, fraction = _digits(number)
    return _signed(number, THIN_SPACE.join(_in_threes(whole)) + fraction)


def plain_words(number: Decimal | str) -> str:
    """Write a number that is not an amount, such as a year, without groups."""
    return number if isinstance(number, str) else _signed(number, "".join(_digits(number)))


def percent_words(share: Decimal | str) -> str:
    """Write per cent with at most two decimals, marked if that is rounded; at a threshold with all its decimals."""
    if isinstance(share, str):
        return share
    rounded = share.copy_abs().quantize(HUNDREDTH, ROUND_HALF_UP, WIDE)
    if rounded == share.copy_abs():
        return f"{number_words(share)}{SPACE}%"
    if not rounded:
        return _signed(share, f"<{SPACE}0.01{SPACE}%")
    if WIDE.remainder(rounded, 25) == 0:  # a threshold must not seem reached, or passed, by rounding
        return f"{number_words(share)}{SPACE}%"
    return f"≈{SPACE}{number_words(rounded.copy_sign(share))}{SPACE}%"


def change_words(percent: Decimal) -> str:
    """Write a change in per cent with its sign and at most one decimal."""
    if percent.copy_abs() >= MOST_OF_A_CHANGE:
        beyond = f">{SPACE}+" if percent > 0 else f"<{SPACE}{MINUS}"
        return f"{beyond}{number_words(Decimal(MOST_OF_A_CHANGE))}{SPACE}%"
    rounded = percent.quantize(TENTH, ROUND_HALF_UP, WIDE)
    if not rounded:
        return f"≈{SPACE}0{SPACE}%" if percent else f"0{SPACE}%"
    return f"{signed_words(rounded)}{SPACE}%"


def ratio_words(percent: Decimal) -> str:
    """Write a computed ratio with at most one decimal."""
    if percent.copy_abs() >= MOST_OF_A_CHANGE:
        return change_words(percent).replace("+", "")
    rounded = percent.quantize(TENTH, ROUND_HALF_UP, WIDE)
    if percent and not rounded:
        return f"≈{SPACE}0{SPACE}%"
    return f"{number_words(rounded)}{SPACE}%"


def exact_words(percent: Decimal) -> str:
    """Write computed per cent for machines: four decimals are more than the reported amounts carry."""
    whole, fraction = _digits(percent.quantize(TEN_THOUSANDTH, ROUND_HALF_UP, WIDE))
    return f"{'-' if percent < 0 else ''}{whole}{fraction}"


def signed_words(number: Decimal) -> str:
    """Write a difference: a number that shows its sign also when it is above zero."""
    return f"+{number_words(number)}" if number > 0 else number_words(number)


def short_words(number: Decimal) -> str:
    """Write a number as shortly as a small picture needs: `182.4 M`. The exact one stands beside it."""
    size = number.copy_abs()
    if size >= Decimal("1e15"):
        return _signed(number, f"{size:.1E}".replace("E+", "e"))
    for scale, letter in SCALES:
        if WIDE.divide(size, scale).quantize(TENTH, ROUND_HALF_UP, WIDE) >= 1:
            shown = WIDE.divide(size, scale).quantize(TENTH, ROUND_HALF_UP, WIDE)
            return _signed(number, f"{''.join(_digits(shown))}{SPACE}{letter}")
    rounded = size.quantize(TENTH, ROUND_HALF_UP, WIDE)
    return _signed(number, "".join(_digits(rounded)) if rounded or not size else "<0.1")


def organisation_number(number: str, country: str | None = None) -> str:
    """Write an organisation number as its country does; one of another form stays as it came."""
    land = (countries.alpha_2(country) or "").lower()
    length, hyphen = HYPHEN_AFTER.get(land, (0, 0))
    if length and re.fullmatch(rf"[0-9]{{{length}}}", number):
        return f"{number[:hyphen]}-{number[hyphen:]}"
    if land not in CANONICAL:
        land = "no"
    if not CANONICAL[land].fullmatch(number):
        return number
    return display(Identifier(land, ORG, number)).replace(" ", SPACE)


def duns_number(number: str) -> str:
    """Write a DUNS number as `NN-NNN-NNNN`."""
    return f"{number[:2]}-{number[2:5]}-{number[5:]}" if re.fullmatch("[0-9]{9}", number) else number


def _digits(number: Decimal) -> tuple[str, str]:
    whole, _point, fraction = format(number.copy_abs(), "f").partition(".")
    fraction = fraction.rstrip("0")
    return whole.lstrip("0") or "0", f".{fraction}" if fraction else ""


def _in_threes(digits: str) -> list[str]:
    first = len(digits) % 3
    return [digits[:first]] * bool(first) + [digits[at : at + 3] for at in range(first, len(digits), 3)]


def _signed(number: Decimal, words: str) -> str:
    return f"{MINUS}{words}" if number < 0 else words
