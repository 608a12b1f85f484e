"""Values as a reader sees them; nothing is lost on the way, what is no value stays as it came."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.dateformat import format as format_date

from cases.provider.identifiers import ORG, Identifier, display
from cases.provider.scalars import Day

SPACE = "\N{NO-BREAK SPACE}"
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
WIDE = Context(prec=80)
HUNDREDTH = Decimal("0.01")
CANONICAL = {
    "no": re.compile(r"[0-9]{9}"),
    "se": re.compile(r"[0-9]{6}-[0-9]{4}"),
    "fi": re.compile(r"[0-9]{7}-[0-9]"),
    "dk": re.compile(r"[0-9]{8}"),
}
HYPHEN_AFTER = {"se": (10, 6), "fi": (8, 7)}


def day_words(day: Day) -> str:
    """Write a date as `22 Nov 2026`."""
    return format_date(day.day, f"j{SPACE}M{SPACE}Y") if day.day else day.raw


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
    """Write per cent with at most two decimals, and say so if that is not the whole number."""
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


def organisation_number(number: str, country: str | None = None) -> str:
    """Write an organisation number as its country does; one of another form stays as it came."""
    land = (country or "").strip().lower()
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
