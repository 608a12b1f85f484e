"""What a typed number shows by its form: that it is a person's, or of which country it is (contract §8)."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from stdnum import luhn

from cases.provider.countries import COUNTRIES
from cases.provider.numbers.identifiers import DUNS, LEI, LONGEST_INPUT, ORG, NotAnIdentifier, lei_in, parse
from cases.provider.numbers.number_forms import CENTURIES

WRITTEN = tuple(code.lower() for code in COUNTRIES)
_IN_FRONT = re.compile(r"(?:[A-Z]-*)*")  # what it is called, and the country: ORG-NRSE
_FINNISH_PERSON = re.compile(r"[0-9]{6}[-+A-FU-Y]?[0-9]{3}[0-9A-FHJ-NPR-Y]")
_FINNISH_ID = re.compile(r"[0-9]{7}-[0-9]")


@dataclass(frozen=True)
class Guess:
    """A country by the form of a number; not `certain` if only the check digit tells it from another country's."""

    country: str
    certain: bool


def looks_personal(text: str) -> bool:
    """Whether it is written like the number of a person in one of our countries, be the check digit right or wrong.

    The number of a Swedish sole trader is one: the third digit of every other Swedish organisation is 2 or more.
    """
    plain = _plain(text)
    in_front = _in_front(plain)
    bare = plain.removeprefix(in_front)
    if _FINNISH_PERSON.fullmatch(bare) and _is_day(bare[:2]) and _is_month(bare[2:4]):
        return True
    digits = bare.replace("-", "").replace("+", "")
    if not digits.isdecimal():
        return False
    if len(digits) == 11:
        return _is_day(digits[:2], raised=(0, 40)) and _is_month(digits[2:4], raised=(0, 40, 65, 80))
    is_swedish = _country_in(in_front) == "se"
    if is_swedish and _is_legal_person_for_tax(digits):
        return False
    written = {digits, digits[:-2]} if is_swedish else {digits}  # for tax, two stand at the end
    if len(digits) in {13, 15}:
        written.add(digits[:-3])  # one of somebody's businesses: 700501-1234-001
    return any(
        _is_ten(number[2:] if len(number) == 12 and number[:2] in CENTURIES else number) for number in written
    )


def _is_legal_person_for_tax(digits: str) -> bool:
    """Whether it is a Swedish VAT number of an organisation that is no person: its check digit is right.

    Twelve digits that begin with 16, 19 or 20 could else be read as a person's with the century in front.
    """
    return len(digits) == 12 and digits.endswith("01") and digits[2] >= "2" and luhn.is_valid(digits[:10])


def _is_ten(digits: str) -> bool:
    """Whether ten digits begin with a day of birth, as Swedes write it or as Danes and Finns do."""
    if len(digits) != 10 or not _is_month(digits[2:4]):
        return False
    return _is_day(digits[4:6], raised=(0, 60)) or _is_day(digits[:2], raised=(0, 60))


def fitting(text: str) -> dict[str, bool]:
    """The countries whose organisation number a text can be, each with whether the check digit is right there."""
    found = {}
    for country in WRITTEN:
        try:
            _number, warnings = parse(country, ORG, text)
        except NotAnIdentifier:
            continue
        found[country] = not warnings
    return found


def meanings(text: str) -> list[tuple[str, str, str]]:
    """Every number that the text can be: kind, country ('' for a DUNS number or an LEI) and value in canonical form."""
    found: list[tuple[str, str, str]] = []
    for country in WRITTEN:
        with suppress(NotAnIdentifier):
            found.append((ORG, country, parse(country, ORG, text)[0].value))
    with suppress(NotAnIdentifier):
        found.append((DUNS, "", parse(WRITTEN[0], DUNS, text)[0].value))
    if lei := lei_in(text):
        found.append((LEI, "", lei))
    return found


def country_of(text: str, kind: str = ORG) -> Guess | None:
    """Guess the country of a number; None if its form fits several countries, or none.

    A DUNS number tells it where the country stands in front, as pages print it: `NO DUNS 30-411-6038`.
    """
    plain = _plain(text)
    in_front = _in_front(plain)
    if kind != ORG:
        written = in_front.replace("-", "").lower()
        countries = [country for country in WRITTEN if written in {country, f"{country}duns"}]
        return Guess(countries[0], certain=True) if countries else None
    prefix = _country_in(in_front)
    found = fitting(text)
    if prefix in found:
        return Guess(prefix, certain=True)
    if "fi" in found and _FINNISH_ID.fullmatch(plain.removeprefix(in_front)):
        return Guess("fi", certain=True)
    if len(found) == 1:
        return Guess(next(iter(found)), certain=True)
    right = [country for country, digit_is_right in found.items() if digit_is_right]
    return Guess(right[0], certain=False) if len(right) == 1 else None


def _plain(text: str) -> str:
    """Digits, letters and the signs that parse a number, in capitals; the rest is how people space them."""
    kept = []
    for char in unicodedata.normalize("NFKC", text[: 2 * LONGEST_INPUT]):
        if char.isdecimal():
            kept.append(str(unicodedata.decimal(char)))
        elif unicodedata.category(char) == "Pd" or char == "\N{MINUS SIGN}":
            kept.append("-")
        elif char == "+" or (char.isascii() and char.isalpha()):
            kept.append(char.upper())
    return "".join(kept)


def _in_front(plain: str) -> str:
    found = _IN_FRONT.match(plain)
    return found[0] if found else ""


def _country_in(in_front: str) -> str:
    """The country that stands right before a number, if one does."""
    return in_front.replace("-", "")[-2:].lower()


def _is_day(two: str, raised: tuple[int, ...] = (0,)) -> bool:
    """Whether it is a day of the month, or one raised as registers do for people who are not resident."""
    return any(1 <= int(two) - by <= 31 for by in raised)


def _is_month(two: str, raised: tuple[int, ...] = (0,)) -> bool:
    return any(1 <= int(two) - by <= 12 for by in raised)
