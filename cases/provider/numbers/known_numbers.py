"""Which numbers are known to be somebody's: a placeholder, or what was typed to fill a field, identifies nobody."""

import re
from functools import lru_cache

from cases.provider.numbers.number_forms import canonical, passed_by, register_of
from cases.provider.result.placeholders import WORDS

MOST_KEPT = 16384  # numbers
FEW_DIGITS = 3  # are nobody's number
ROWS = ("1234567890" * 3, "9876543210" * 3)
WORD_AND_DIGITS = re.compile(r"([A-Z]{2,})([0-9]+)")
NO_REGISTER = frozenset({"foreign", "foreigner", "overseas", "abroad", "utland", "utenlandsk", "utlandsk"})
REPEATED = 7  # times one and the same digit; what is shorter may be somebody's number


@lru_cache(maxsize=MOST_KEPT)
def known_number(number: str | None) -> str | None:
    """Give a number in the one form by which it is compared, with its register if told; None for a placeholder.

    The same digits of two registers are two numbers: FI12345674 and DK12345674.
    """
    found = canonical(number)
    if not any(char.isdigit() for char in found) or _says_that_there_is_none(found):
        return None
    return register_of(number, found) + found


@lru_cache(maxsize=MOST_KEPT)
def identifying_number(number: str | None) -> str | None:
    """Give what `known_number` gives, but None for what may be typed to fill a field: 1, 000000001, 123456789.

    A row of digits that passes a register's check is a number.
    """
    known = known_number(number)
    counted = canonical(number).lstrip("0") if known else ""
    if not counted.isdecimal():
        return known
    is_row = any(row.startswith(counted) for row in ROWS) and not passed_by(canonical(number))
    return None if is_row or len(counted) <= FEW_DIGITS else known


def _says_that_there_is_none(number: str) -> bool:
    """Is it one digit again and again, or a word for none with a few digits, as NA1?"""
    if found := WORD_AND_DIGITS.fullmatch(number):
        word, counted = found[1].casefold(), found[2]
        return (word in WORDS or word in NO_REGISTER) and len(counted.lstrip("0")) <= FEW_DIGITS
    if not number.isdecimal():
        return False
    return number.count(number[0]) == len(number) and (len(number) >= REPEATED or number[0] == "0")
