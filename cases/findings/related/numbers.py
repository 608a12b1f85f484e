"""The number of an organisation that a result names: of which register it is, and whether one can ask by it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.provider.countries import COUNTRIES
from cases.provider.numbers.identifiers import ORG, Identifier, NotAnIdentifier, parse
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.numbers.number_forms import canonical, is_written_as_personal, passed_by, register_of
from cases.provider.numbers.typed_number import looks_personal

NOT_STATED = _("number not stated")
NOT_ASKED = _("not in a register we can ask")
PERSONAL = _("the number is that of a person: not asked by it")
CHECK_FAILS = _("the check digit of its number is wrong")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a register gives it, None where that is not known; `why_not_asked`: '' where one can ask by it."""

    identifier: Identifier | None = None
    why_not_asked: Words = NOT_STATED


def number_of(numbers: Iterable[str | None], home: str) -> Number:
    """Give the first number by which one can ask, else the first that tells most. `home`: the customer's country."""
    found = [_read(number, home) for number in numbers if number and identifying_number(number)]
    can_be_asked = (number for number in found if not number.why_not_asked)
    in_a_register = (number for number in found if number.identifier)
    return next(can_be_asked, None) or next(in_a_register, None) or next(iter(found), Number())


def _read(number: str, home: str) -> Number:
    if is_written_as_personal(number) or looks_personal(number):
        return Number(why_not_asked=PERSONAL)
    for country in _countries(number, home):
        try:
            identifier, warnings = parse(country, ORG, number)
        except NotAnIdentifier:
            continue
        return Number(identifier, CHECK_FAILS if warnings else "")
    return Number(why_not_asked=NOT_ASKED)


def _countries(number: str, home: str) -> Iterator[str]:
    """The country whose register gave it, as far as the number tells; else the customer's, for its numbers alone."""
    digits = canonical(number)
    if register := register_of(number, digits):
        yield register
    elif home in passed_by(digits) or (home in COUNTRIES and not passed_by(digits)):
        yield home
