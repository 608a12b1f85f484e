"""Organisation numbers of four countries, DUNS numbers and LEIs (contract §8).

A wrong check digit is a warning, never a refusal: the provider's own test organisations all fail theirs.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from stdnum.iso7064 import mod_97_10

from cases.provider.countries import CODES, COUNTRIES, Country, named
from cases.provider.numbers.known_numbers import known_number
from cases.provider.numbers.number_forms import (
    FEW_KEPT,
    LONGEST,
    as_written,
    canonical,
    in_ascii_digits,
    is_swedish_personal,
    label_of,
    register_of,
    without_label,
    without_sequence,
)
from cases.provider.numbers.number_forms import finnish as in_finnish_form
from cases.provider.numbers.number_forms import swedish as in_swedish_form

IdentifierKind = Literal["ORG", "DUNS"]
ORG: IdentifierKind = "ORG"
DUNS: IdentifierKind = "DUNS"
LEI = "LEI"
CHECK_DIGIT = "check_digit"
LEI_LENGTH = 20
TO_DIGITS = re.compile("^[^0-9]*")  # what stands before a number
IN_FRONT = re.compile(f"^(?:{CODES})(?=[0-9])")
SHORTEST = 8  # digits an organisation number may have
PLACEHOLDER = "Such a number is filled in where none is known. It is nobody’s: find out the right one."
AN_LEI = "This is an LEI. Orders are made by organisation number or DUNS number."
LONGEST_INPUT = 64
CALLED_KINDS = {ORG: "an organisation number", DUNS: "a DUNS number", LEI: "an LEI"}


class NotAnIdentifier(ValueError):
    """A text that can be no such number; `reason` is characters, length, country, kind or placeholder.

    `message` is in plain words and never repeats the text, which may be somebody's birth number.
    """

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Identifier:
    """A number in its canonical form: SE `NNNNNN-NNNN`, FI `NNNNNNN-N`, NO, DK and DUNS digits alone.

    A Swedish sole trader's is a personal number, and a `+` instead of its hyphen says that its owner is a hundred.
    """

    country: str
    kind: IdentifierKind
    value: str


def parse(country: str, kind: str, text: str) -> tuple[Identifier, list[str]]:
    """Read a number as people write it; gives it with warning codes (`check_digit`).

    NotAnIdentifier only if it cannot be one: wrong length or characters, called something else (`CVR`, `DUNS`), or a
    country we do not serve.
    """
    country = country.strip().lower()
    form = COUNTRIES.get(country.upper())
    if form is None:
        raise NotAnIdentifier("country", f"The country must be {named()}.")
    label = label_of(text)
    if label.kind and label.kind != kind:
        raise NotAnIdentifier("kind", f"It is called {CALLED_KINDS[label.kind]}.")
    if kind == DUNS:
        digits = _digits(IN_FRONT.sub("", without_label(_compact(text))), "A DUNS number", 9)
        return Identifier(country, DUNS, _known(digits)), []
    if kind != ORG:
        raise ValueError("kind must be ORG or DUNS")
    bare = _bare(country, form, text)
    other = COUNTRIES.get(label.country) if label.country != form.code else None
    if other and len(bare) == other.digits:
        raise NotAnIdentifier("country", f"It is called {_in_a_sentence(other.called)}.")
    if country == "se" and is_swedish_personal(bare):
        return Identifier(country, ORG, as_written(bare)), _warnings(form, bare[2:])
    digits = _digits(bare, form.called, form.digits)
    if digits.startswith("0") and not form.may_begin_with_zero:
        raise NotAnIdentifier("characters", f"{form.called} does not begin with 0.")
    return Identifier(country, ORG, _hyphenated(form, _known(digits))), _warnings(form, digits)


def meant_kind(kind: str, text: str) -> str:
    """The kind of number that a text is labelled as: ORG or DUNS; `kind` if it is labelled as neither.

    NotAnIdentifier for an LEI, by which nothing is ordered.
    """
    called = label_of(text).kind
    if called == LEI or lei_in(text):
        raise NotAnIdentifier("kind", AN_LEI)
    return called or kind


def _in_a_sentence(called: str) -> str:
    return called[0].lower() + called[1:]


def display(identifier: Identifier) -> str:
    """Write a number as its country's people read it."""
    value = identifier.value
    if identifier.kind == DUNS:
        return f"{value[:2]}-{value[2:5]}-{value[5:]}"
    size = COUNTRIES[identifier.country.upper()].groups or len(value)
    return " ".join(value[at : at + size] for at in range(0, len(value), size))


def wire(identifier: Identifier) -> str:
    """Write a number as it is sent to the provider."""
    return identifier.value


def same(ordered: Identifier, organisation_number: str | None, duns: str | None) -> bool | None:
    """Say whether a result is about the organisation that was ordered; None if it does not say."""
    stated = duns if ordered.kind == DUNS else organisation_number
    if stated and ordered.country == "se":
        stated = without_sequence(in_ascii_digits(stated), is_swedish=True)
    if canonical(stated) != canonical(ordered.value):
        return None if known_number(stated) is None else False
    if not canonical(stated).strip("0"):
        return None
    return ordered.kind == DUNS or register_of(stated, canonical(stated)) in {"", ordered.country.upper()}


def check_lei(text: str) -> Literal["valid", "check_digit", "length", "characters"]:
    """Judge a legal entity identifier: 20 characters, of which the last two check (ISO 17442)."""
    compact = _compact(text)
    if not all(char.isascii() and char.isalnum() for char in compact):
        return "characters"
    if len(compact) != LEI_LENGTH:
        return "length"
    return "valid" if compact[18:].isdigit() and mod_97_10.is_valid(compact) else "check_digit"


def lei_in(text: str) -> str | None:
    """Give a text as an LEI in the form compared, with or without a label in front; None if it is none."""
    bare = without_label(_compact(text))
    return bare if check_lei(bare) == "valid" else None


def _compact(text: str | None) -> str:
    """Drop spaces, punctuation and invisible characters; digits of any script become ASCII."""
    return (_compacted_lately if len(text or "") <= LONGEST else _compacted)(text or "")


def _compacted(text: str) -> str:
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(char)))
        elif category[0] not in "ZCP" and category != "So" and char not in "=<>|~\u2212":
            kept.append(char.upper())
        elif category == "Cc" and not char.isspace():
            kept.append(char)
        if len(kept) > LONGEST_INPUT:
            break
    return "".join(kept)


_compacted_lately = lru_cache(maxsize=FEW_KEPT)(_compacted)


def _bare(country: str, form: Country, text: str) -> str:
    """Drop what VAT numbers and registers put around an organisation number."""
    if country == "se":
        compact = without_label(_compact(without_sequence(in_ascii_digits(text), is_swedish=True)))
        return in_swedish_form(compact) or compact.removeprefix("SE")
    compact = without_label(_compact(text))
    if country == "fi":
        return in_finnish_form(TO_DIGITS.sub("", in_ascii_digits(text)), compact) or compact.removeprefix(
            "FI"
        )
    digits = compact.removeprefix(country.upper())
    return digits.removesuffix(form.suffix) if form.suffix else digits


def _digits(compact: str, called: str, length: int) -> str:
    """Give the digits of a number. Raises NotAnIdentifier if they are not digits alone, or not that many."""
    if not (compact.isascii() and compact.isdigit()):
        raise NotAnIdentifier("characters", f"{called} has {length} digits and nothing else.")
    if len(compact) != length:
        raise NotAnIdentifier("length", f"{called} has {length} digits; this has {len(compact)}.")
    return compact


def stands_for_none(text: str) -> bool:
    """Is a text what is filled in for an unknown number: one digit all through, or zeros with a last 1?

    Narrower than known_numbers.known_number: 123456789 is one of the provider's own test organisations.
    """
    digits = [char for char in _compact(text) if char.isdigit()]
    return len(digits) >= SHORTEST and (len({*digits}) == 1 or "".join(digits).lstrip("0") == "1")


def _known(digits: str) -> str:
    if stands_for_none(digits):
        raise NotAnIdentifier("placeholder", PLACEHOLDER)
    return digits


def _hyphenated(form: Country, digits: str) -> str:
    """Put the hyphen where the country's form has one."""
    at = form.hyphen_after
    return f"{digits[:at]}-{digits[at:]}" if at else digits


def _warnings(form: Country, digits: str) -> list[str]:
    """Name what is odd about a number that may still be right."""
    return [] if form.is_valid(digits) else [CHECK_DIGIT]
