"""One number, however registers, tax offices and people write it (contract §8).

Norwegian `NO…MVA`, Swedish `16…` and `SE…01`, Finnish `FI…` and `0037…` (as electronic invoices address it), Danish
`DK…`; Finnish numbers of old with six digits before the check digit; and the personal numbers that are the numbers of
Swedish sole traders, with or without the century, and with what tells one person's businesses apart behind them
(`-001`): it is the same person in each. These are somebody's: they belong in no address and no log.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stdnum import luhn
from stdnum.fi import ytunnus

from cases.provider.countries import CODES, COUNTRIES

LONGEST = 200
MOST_KEPT = 8192  # numbers of which the countries are not worked out anew
FEW_KEPT = 64  # texts: one number is read by the rules of one country after the other
MOST_DIGITS = max(country.digits for country in COUNTRIES.values())
NO_PART = re.compile(r"[^\w+]|_")
# What a number is called, without signs: what it begins with, and the kind and country that this tells, '' if none.
CALLED: dict[str, tuple[str, str]] = {
    **{label: ("ORG", country.code) for country in COUNTRIES.values() for label in country.labels},
    **dict.fromkeys(
        ("ORGANISATION", "ORGANIZATION", "ORGANIZATIONS", "ORG", "COMPANY", "BUSINESS"), ("ORG", "")
    ),
    **dict.fromkeys(("MOMSREGISTRERINGS", "MOMSREG", "MOMS", "VATREG", "VATID", "VAT"), ("ORG", "")),
    "DUNS": ("DUNS", ""),
    "LEI": ("LEI", ""),
}
NUMBER_WORDS = (
    "NUMBER",
    "NUMMER",
    "NUMMERET",
    "NUMERO",
    "NRO",
    "NR",
    "NO",
    "RO",
    "IDENTIFIER",
    "ID",
    "TUNNUS",
    "CODE",
    "KODE",
    "KOD",
)
LABEL = re.compile(
    rf"({'|'.join(sorted(CALLED, key=len, reverse=True))})(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})?"
    rf"(?:(?<!LEI)(?=(?:{CODES})?[0-9])|(?=[0-9A-Z]{{18}}[0-9]{{2}}$))"
)
DASHES = r"\-\u2010-\u2015\u2212"
NORWEGIAN = re.compile(r"(?:NO)?([0-9]{9})(?:MVA)?")
TOLD = re.compile(rf"(?:VAT|MOMS)?({CODES})(?=[0-9])")
FINNISH_SIGN = re.compile(r"(?<![0-9])[0-9]{6,7}\s?[-\u2010-\u2015\u2212]\s?[0-9](?![0-9])")
DANISH = re.compile(r"DK([0-9]{8})")
FINNISH = re.compile(r"FI([0-9]{8})|0037([0-9]{8})[0-9]{0,5}")
OLD_BEHIND_A_CODE = re.compile(r"(?:FI|0037)([0-9]{7})")
FINNISH_OF_OLD = re.compile(
    r"\s*(?:FI)?[\s-]*([0-9]{6})\s?[-\u2010-\u2015\u2212]\s?([0-9])\s*", re.IGNORECASE
)
SWEDISH = re.compile(r"(SE)?([0-9]{6,8})(\+?)([0-9]{4,6})")
OF_A_BUSINESS = re.compile(
    rf"([^0-9]*((?:[0-9]{{2}})?[0-9]{{6}}\s?[+{DASHES}]?\s?[0-9]{{4}}))\s?[/{DASHES}]?\s?[0-9]{{3}}\s*"
)
SIGNS = re.compile(f"[0-9]\\s?[+/{DASHES}]\\s?[0-9]")
PERSONS_SIGN = re.compile(r"[0-9]{6}[-+\u2010-\u2015\u2212][0-9]{4}")
LEAST_OF_A_PERSON = 10
# People have 18, 19 or 20 in front; registers write 16 before whatever they take for an organisation.
CENTURIES = {"16", "18", "19", "20"}
FIRST_YEAR = 1850  # nobody who owns or signs was born, or died, before
FIRST_OF_THIS_CENTURY = 26  # a sole trader of the year 27 is one of the last century, and not yet a hundred


def canonical(text: str | None) -> str:
    """Give digits and letters alone, in the one form that all ways to write a number share; '' if there is neither.

    A Swedish personal number gets its century: '197005011234'. What nobody here knows comes back without its signs.
    """
    if text and text.isascii() and text.isdecimal() and len(text) in {8, 9}:
        return text  # as most come
    written = without_sequence(in_ascii_digits((text or "")[:LONGEST]))
    compact = without_label(NO_PART.sub("", written).upper())
    if found := NORWEGIAN.fullmatch(compact) or DANISH.fullmatch(compact):
        return found[1]
    if len(compact) == 7 and compact.isdecimal() and ytunnus.is_valid(f"0{compact}"):
        return f"0{compact}"
    return finnish(written, compact) or swedish(compact) or compact.replace("+", "")


def register_of(text: str | None, number: str) -> str:
    """Name the country whose register gave the number, by what is written around it or else by its check digit.

    '' where nothing tells. `number` is the text in its canonical form.
    """
    if not number.isdecimal():
        return ""
    written = in_ascii_digits((text or "")[:LONGEST])
    compact = NO_PART.sub("", written).upper()
    match = TOLD.match(without_label(compact))
    if match and len(number) in COUNTRIES[match[1]].lengths:
        return match[1]
    label = label_of(written).country
    fits = bool(label) and len(number) in COUNTRIES[label].lengths
    if fits or is_swedish_personal(number):
        return label if fits else "SE"
    if compact.endswith("MVA"):
        return "NO"
    if len(number) == 8 and (compact.startswith("0037") or FINNISH_SIGN.search(written)):
        return "FI"
    return by_check_digit(number)


def by_check_digit(number: str) -> str:
    """Name the one country whose check the digits pass; '' if none, or more than one (as with eight digits)."""
    lands = passed_by(number)
    return lands[0] if len(lands) == 1 else ""


def with_register(number: str | None, country: str | None) -> str | None:
    """Put the country (two letters) of its register in front of a number that passes that country's check.

    One whose register is told anyhow, or that fails the country's check, stays as it came.
    """
    found = canonical(number)
    if not country or register_of(number, found) or country not in passed_by(found):
        return number
    return country + found


def passed_by(number: str) -> tuple[str, ...]:
    """Name the countries whose check the digits pass."""
    return _passed_by(number) if len(number) <= MOST_DIGITS else ()


@lru_cache(maxsize=MOST_KEPT)
def _passed_by(number: str) -> tuple[str, ...]:
    return tuple(
        code
        for code, country in COUNTRIES.items()
        if len(number) == country.digits and country.is_valid(number)
    )


def may_be(known: str) -> tuple[str, ...]:
    """Give the forms in which a known number may be kept elsewhere: with or without the country in front."""
    country, digits = (known[:2], known[2:]) if known[:2] in COUNTRIES else ("", known)
    lands = passed_by(digits)
    if country:
        return (known, digits) if country in lands else (known,)
    return (known, *(land + digits for land in lands))


def is_persons_own(number: str) -> bool:
    """Is a number, in the form that `known_number` gives, a Swedish personal number?"""
    return is_swedish_personal(number.removeprefix("SE"))


def in_ascii_digits(text: str) -> str:
    """Write digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@dataclass(frozen=True, slots=True)
class Label:
    """What the label in front of a number says: its kind (ORG, DUNS, LEI) and country, each '' if unsaid."""

    kind: str = ""
    country: str = ""


def label_of(text: str) -> Label:
    """Read the label in front of a number, however it is written: `CVR-nr.:`, `D-U-N-S® no.`, `(Y-tunnus)`."""
    return _label_of(text[:LONGEST])


@lru_cache(maxsize=FEW_KEPT)
def _label_of(text: str) -> Label:
    compact = NO_PART.sub("", in_ascii_digits(text)).upper()
    found = LABEL.search(compact) if compact[:1].isalpha() else None
    return Label(*CALLED[found[1]]) if found else Label()


def without_label(compact: str) -> str:
    """Drop the label in front of a number: `ORGNR`, `CVRNR`, `YTUNNUS`."""
    return LABEL.sub("", compact, count=1) if compact[:1].isalpha() else compact


def finnish(written: str, compact: str) -> str | None:
    """Give the eight digits of a Finnish number in its old form, or that for tax or invoices; None otherwise."""
    if found := FINNISH.fullmatch(compact):
        return found[1] or found[2]
    behind = OLD_BEHIND_A_CODE.fullmatch(compact)
    if behind and ytunnus.is_valid(f"0{behind[1]}"):
        return f"0{behind[1]}"
    old = FINNISH_OF_OLD.fullmatch(written)
    return f"0{old[1]}{old[2]}" if old else None


def without_sequence(written: str, *, is_swedish: bool = False) -> str:
    """Drop what stands behind a sole trader's number, one for each business: `700501-1234-001`.

    Of a number that `is_swedish` the check digit tells that it is such a one, else how it is written: with signs, or
    with the century. Other digits may be those of another country.
    """
    found = OF_A_BUSINESS.fullmatch(written)
    compact = NO_PART.sub("", found[2]) if found else ""
    if found is None or not is_swedish_personal(swedish(compact) or ""):
        return written
    digits = compact.replace("+", "")
    is_right = luhn.is_valid(digits[-10:])
    is_told = is_right if is_swedish else bool(SIGNS.search(written)) or (len(digits) == 12 and is_right)
    return found[1] if is_told else written


def swedish(compact: str) -> str | None:
    """Give the ten digits of a Swedish organisation, or the twelve of a person."""
    found = SWEDISH.fullmatch(compact)
    if not found:
        return None
    digits, is_old = found[2] + found[4], bool(found[3])
    if len(digits) == 14 and digits.startswith("16") and is_swedish_personal(digits[2:]):
        return digits[2:]  # 16 in front of a century: that of a person behind that of the registers
    if found[1] and len(digits) in {12, 14}:
        # For tax, two digits of its own stand at the end, mostly 01.
        is_for_tax = len(digits) == 14 or digits.endswith("01") or digits[:2] not in CENTURIES
        digits = digits[:-2] if is_for_tax else digits
    if len(digits) == 10:
        return _with_century(digits, is_old=is_old)
    if len(digits) == 12 and digits.startswith("16"):
        return digits[2:]
    return digits if is_swedish_personal(digits) else None


def _with_century(ten: str, *, is_old: bool) -> str:
    """Put its century in front of a personal number: + is for those of a hundred years and more.

    An organisation's third digit is 2 or more, which begins no month.
    """
    is_of_this = int(ten[:2]) <= FIRST_OF_THIS_CENTURY
    century = ("19" if is_of_this else "18") if is_old else ("20" if is_of_this else "19")
    return century + ten if is_swedish_personal(century + ten) else ten


def is_swedish_personal(digits: str) -> bool:
    """Are these the twelve digits of a Swedish person: a day of birth and four more?

    A coordination number, of those who are not registered as residents, has the day of the month and 60.
    """
    return birth_in(digits) is not None


def is_written_as_personal(text: str | None) -> bool:
    """Is it a person's number as Swedes write one? Ten digits without a sign may be another country's number."""
    if len(text or "") < LEAST_OF_A_PERSON:
        return False
    digits = sum(char.isdecimal() for char in (text or "")[:LONGEST])
    return is_swedish_personal(canonical(text)) and (
        digits >= 12 or PERSONS_SIGN.search(text or "") is not None
    )


def birth_in(digits: str) -> datetime.date | None:
    """Give the day of birth that twelve digits begin with."""
    if len(digits) != 12 or not (digits.isascii() and digits.isdecimal()):
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not FIRST_YEAR <= year <= 2000 + FIRST_OF_THIS_CENTURY:
        return None
    try:
        return datetime.date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None


def as_written(twelve: str) -> str:
    """Write a personal number as its owner does: `700501-1234`, from a hundred years on `700501+1234`."""
    ten = twelve[2:]
    mark = "-" if _with_century(ten, is_old=False) == twelve else "+"
    return f"{ten[:6]}{mark}{ten[6:]}"
