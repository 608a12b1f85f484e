"""What registers and lists write where they know nothing. Decided here alone: a placeholder identifies nobody."""

import datetime
import re
import unicodedata

from cases.provider.number_forms import canonical
from cases.provider.scalars import Day

# Without case, accents and signs: n/a is `n a`, okänd `okand`.
WORDS = frozenset(
    """
    n a|na|nn|n n|x|xx|xxx|xxxx|tba|tbd|nil|none|null|undefined|unspecified|unnamed|no name|noname|anonymous
    unknown|unknown name|name unknown|unknown person|unknown owner|unknown shareholder|not known|not available
    not applicable|not stated|not specified|not disclosed|not provided|not registered|missing|no data
    ukjent|ukjent navn|navn ukjent|ukjent person|ukjent eier|ukjent aksjonær|ukjent aksjonaer|ikke kjent|uoppgitt
    ikke oppgitt|ikke registrert|ikke tilgjengelig|mangler
    okand|okant|okand person|okand agare|namn okant|ej kand|ej angivet|ej angiven|inte angivet|uppgift saknas
    namn saknas|saknas
    tuntematon|nimi tuntematon|ei tiedossa|ei ilmoitettu|ei saatavilla|puuttuu
    ukendt|ukendt navn|ukendt person|ukendt ejer|ikke oplyst|uoplyst
    unbekannt|nicht bekannt|nicht verfugbar|keine angabe|inconnu|desconocido|sconosciuto
    неизвестно|неизвестен|неизвестныи|не указано|не указан|нет данных
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
BEGINNINGS = frozenset(each[:2] for each in WORDS)
LONGEST = 40  # characters a placeholder may have
REPEATED = 7  # times one and the same digit; what is shorter may be somebody's number
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")

# What databases and programs fill in for a date that is not known.
DEFAULT_DAYS = frozenset(
    datetime.date.fromisoformat(each)
    for each in (
        "0001-01-01",
        "1000-01-01",
        "1582-10-15",
        "1600-01-01",
        "1601-01-01",
        "1753-01-01",
        "1800-01-01",
        "1899-12-30",
        "1899-12-31",
        "1900-01-01",
        "1900-01-02",
        "1901-01-01",
        "9999-12-31",
    )
)
DEFAULT_YEAR = 1900
LEADING_YEAR = re.compile(r"[0-9]{4}")
FIRST_YEAR = 1850  # nobody who owns or signs was born, or died, before
# Later is a day to come. Looked up as the program starts, so that whatever reads it gives one answer.
LAST_YEAR = datetime.datetime.now(datetime.UTC).year + 1


def is_placeholder(text: str | None) -> bool:
    """Does a name, or another text, say no more than that nothing is known?"""
    if not text:
        return True
    if len(text) > LONGEST:
        return False
    begins = text[:2].casefold()
    if begins.isascii() and begins.isalpha() and begins not in BEGINNINGS:
        return False
    bare = text.casefold()
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", bare)
        bare = "".join(char for char in apart if unicodedata.category(char) not in {"Mn", "Cf"})
    words = NEITHER_LETTER_NOR_DIGIT.sub(" ", bare).strip()
    return not words or words in WORDS or not words.replace("0", "").strip()


def known_number(number: str | None) -> str | None:
    """Give a register's number in the one form by which it is compared; None for a placeholder."""
    found = canonical(number)
    if found.isdigit():
        is_repeated = found.count(found[0]) == len(found) and (len(found) >= REPEATED or found[0] == "0")
        return None if is_repeated else found
    return found if any(char.isdigit() for char in found) else None


def is_known_day(day: datetime.date) -> bool:
    """May it be a day on which somebody was born or died? Defaults and days to come are none."""
    return day not in DEFAULT_DAYS and FIRST_YEAR <= day.year <= LAST_YEAR


def is_known_year(year: int) -> bool:
    """May a year alone be one in which somebody was born or died?"""
    return FIRST_YEAR <= year <= LAST_YEAR and year != DEFAULT_YEAR


def says_something(stated: Day | None) -> bool:
    """Is a date stated, also in a form of its own (‘in March 2019’), that was not filled in for want of one?"""
    if stated is not None and stated.day:
        return is_known_day(stated.day)
    if stated is None or is_placeholder(stated.raw):
        return False
    year = LEADING_YEAR.match(stated.raw)
    return year is None or is_known_year(int(year[0]))
