"""Whether numbers of the result pass the check they carry (contract §8). A wrong one is a finding, never a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary import countries
from cases.findings.vocabulary.wording import Words
from cases.provider.countries import COUNTRIES
from cases.provider.numbers import identifiers
from cases.provider.numbers.identifiers import DUNS, ORG, NotAnIdentifier
from cases.provider.numbers.known_numbers import known_number

MAY_HAVE_MORE_IN_FRONT = 10  # digits: a century, or what invoices put there
RIGHT = _("the check digit is right")
WRONG = _("the check digit is wrong")
MISSHAPEN = _("not of the form such a number has")
PLACEHOLDER_CODE, PLACEHOLDER = "placeholder", _("a placeholder stands where it belongs")
NO_DIGIT = _("nine digits; the number carries no check")
LEIS: dict[str, Words] = {
    "valid": _("the check digits are right"),
    "check_digit": _("the check digits are wrong"),
    "length": _("not 20 characters long"),
    "characters": _("holds characters that no LEI has"),
}
SENTENCES: dict[str, Words] = {
    "number_check": _("The organisation number fails its country’s check: %(what)s."),
    "duns_check": _("The DUNS number is odd: %(what)s."),
    "lei_check": _("The LEI fails its check (ISO 17442): %(what)s."),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict in words. `code`: valid | check_digit | form | length | characters | placeholder."""

    code: str
    words: Words

    @property
    def is_right(self) -> bool:
        """Does nothing speak against the number?"""
        return self.code == "valid"


def organisation_number(number: str | None, country: str | None) -> Check | None:
    """Check by the country's rule; None without a number, or where the portal knows no rule."""
    if found := _placeholder(number):
        return found
    land = countries.alpha_2(country)
    if not number or land not in COUNTRIES:
        return None
    try:
        _number, warnings = identifiers.parse(land, ORG, number)
    except NotAnIdentifier:
        return Check("form", MISSHAPEN)
    return Check("check_digit", WRONG) if warnings else Check("valid", RIGHT)


def registers_of(number: str | None) -> tuple[str, ...]:
    """The Nordic countries whose register could have given this number: form and check digit are right."""
    found = ((land, organisation_number(number, land)) for land in _lands_of(number))
    return tuple(land for land, check in found if check and check.is_right)


def _lands_of(number: str | None) -> Iterable[str]:
    """The countries by whose rules a number is worth reading: of few digits and nothing else, those of that length."""
    if number and number.isascii() and number.isdigit() and len(number) < MAY_HAVE_MORE_IN_FRONT:
        return [code for code, country in COUNTRIES.items() if country.digits == len(number)]
    return COUNTRIES


def duns(number: str | None) -> Check | None:
    """Check the form alone: a DUNS number carries no check."""
    if not number:
        return None
    if found := _placeholder(number):
        return found
    try:
        identifiers.parse("no", DUNS, number)
    except NotAnIdentifier:
        return Check("form", MISSHAPEN)
    return Check("valid", NO_DIGIT)


def lei(text: str | None) -> Check | None:
    """Check length, characters and check digits."""
    if not text:
        return None
    if found := _placeholder(text):
        return found
    verdict = identifiers.check_lei(text)
    return Check(verdict, LEIS[verdict])


def _placeholder(number: str | None) -> Check | None:
    return Check(PLACEHOLDER_CODE, PLACEHOLDER) if number and not known_number(number) else None
