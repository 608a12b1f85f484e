"""Single values of the JSON result, read so that none of them can raise (contract §7)."""

import datetime
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator

from cases.provider.result.variants import Variants, as_list

# What no page can hold, and what turns the direction of the text around it: a name must not read otherwise than it is.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,1000})?")
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
SEPARATORS = re.compile(r"[\s-]+")
LARGEST = Decimal("1e30")
MOST_PLACES = 1000  # after the point; no share or amount has as many
LONGEST_INTEGER_BITS = 14_000  # Python refuses to print integers of more than 4300 digits


YES, NO = "true yes y ja j kyllä oui 1", "false no n nei nej ei nein non 0"
FLAGS = {**dict.fromkeys(YES.split(), True), **dict.fromkeys(NO.split(), False)}

Single = str | int | float | Decimal  # bool is an int


def code(word: str) -> str:
    """Write a word of an enumeration as it is compared: neither case nor hyphens tell two apart."""
    return SEPARATORS.sub("_", word.strip()).upper() if word.isascii() else word


class NotSingle(str):
    """Stands where one value was expected and a list or an object came."""

    __slots__ = ()


NOT_SINGLE = NotSingle("")


class Unfit(str):
    """A text that came where a number belongs and is none, as it came."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the wire: `raw` as it came, `day` if it is one of the three forms of contract §7."""

    raw: str
    day: datetime.date | None


def visible(text: str) -> str:
    """Write out by its code what no page, PDF or database can hold, and what would turn text around."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def clean(text: str) -> str:
    """Make a text fit for pages and databases, and trim it."""
    return visible(text).strip()


def as_it_came(value: Single) -> str:
    """Write a single JSON value as text, near to how it stood in the result."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > LONGEST_INTEGER_BITS:
        return hex(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return str(value)


def text(value: object) -> str | None:
    """Read a text; numbers and booleans become text, a list or an object NOT_SINGLE.

    A whole number is its digits, with or without decimals that are nought: 317835337.0 is the number 317835337.
    """
    if value is None:
        return None
    if isinstance(value, Decimal) and value == value.to_integral_value() and value.copy_abs() <= LARGEST:
        return format(value.to_integral_value(), "f")
    return as_it_came(value) if isinstance(value, Single) else NOT_SINGLE


def number(value: object) -> Decimal | str | None:
    """Read a number, also one written as text; what is none, or too long to be one, is Unfit."""
    if value is None:
        return None
    if not isinstance(value, Single):
        return NOT_SINGLE
    written = as_it_came(value)
    if isinstance(value, bool):
        return Unfit(written)
    is_number = isinstance(value, float | Decimal) and math.isfinite(value)
    if not is_number and not PLAIN_NUMBER.fullmatch(written):
        return Unfit(written)
    read = Decimal(written)
    return read if read == 0 or _is_within_bounds(read) else Unfit(written)


def _is_within_bounds(read: Decimal) -> bool:
    """Say whether an amount can be so large, and so long that sums of it still keep every digit."""
    exponent = read.as_tuple().exponent
    return read.copy_abs() <= LARGEST and isinstance(exponent, int) and exponent >= -MOST_PLACES


def date(value: object) -> Day | None:
    """Read a date in one of the three forms; any other text is kept without a day."""
    written = text(value)
    if written is None:
        return None
    found = MOMENT.fullmatch(written)
    if not found:
        return Day(written, None)
    try:
        if found[2]:
            datetime.time.fromisoformat(found[2])
        return Day(written, datetime.date.fromisoformat(found[1]))
    except ValueError:
        return Day(written, None)


def flag(value: object) -> bool | str | None:
    """Read yes or no, also as a word or as 1 and 0; anything else stays text as it came."""
    if value is None or isinstance(value, bool):
        return value
    written = text(value)
    return FLAGS.get((written or "").casefold(), written)


def texts(value: object) -> list[str | None] | None:
    """Read a list of texts, place by place; a text alone is a list of one. None if it is neither."""
    if isinstance(value, str | list | Variants):
        return [text(item) for item in as_list(value) or ()]
    return None


def roles(value: object) -> list[str | None] | None:
    """Read a list of role words; where a holder of roles came instead of a word, the word it names."""
    return _named_by(value, "role")


def names(value: object) -> list[str | None] | None:
    """Read a list of names; where an object came instead of a name, the name in it."""
    return _named_by(value, "name")


def _named_by(value: object, element: str) -> list[str | None] | None:
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list | Variants):
        return texts(value)
    items = as_list(value) or ()
    return [text(item.get(element)) or NOT_SINGLE if isinstance(item, dict) else text(item) for item in items]


Text = Annotated[str | None, PlainValidator(text)]
Number = Annotated[Decimal | str | None, PlainValidator(number)]
Date = Annotated[Day | None, PlainValidator(date)]
Flag = Annotated[bool | str | None, PlainValidator(flag)]
Texts = Annotated[list[str | None] | None, PlainValidator(texts)]
RoleWords = Annotated[list[str | None] | None, PlainValidator(roles)]
Names = Annotated[list[str | None] | None, PlainValidator(names)]
