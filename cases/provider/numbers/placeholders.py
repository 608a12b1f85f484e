"""What registers and lists write where they know nothing. Decided here alone: a placeholder identifies nobody."""

import datetime
import re
from functools import lru_cache

from cases.provider.numbers import placeholder_words
from cases.provider.numbers.number_forms import FIRST_YEAR, canonical, passed_by, register_of
from cases.provider.numbers.placeholder_words import bare, folded
from cases.provider.result.scalars import Day


def _listed(words: str) -> frozenset[str]:
    return frozenset(word.strip() for line in words.split("\n") for word in line.split("|") if word.strip())


# Without case, accents and signs: n/a is `n a`, okänd `okand`.
UNKNOWN = _listed(
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
    anonym|anonymt|sperret|skjermet|hemmelig|hemlig|sekretess|sekretessmarkerad|confidential|protected|redacted
    skyddad identitet|skyddad|skyddade personuppgifter|protected identity|hemmelig adresse|hemlig adress|turvakielto
    fornavn etternavn|fornavn efternavn|fornamn efternamn|etunimi sukunimi|vorname nachname|first name last name
    firstname lastname|fnu|lnu|fornavn|etternavn|efternavn|fornamn|efternamn|first name|last name|firstname|lastname
    неизвестно|неизвестен|неизвестныи|не указано|не указан|нет данных|невідомо|невідомии|немає даних|αγνωστοσ|αγνωστο
    غير معروف|bilinmiyor|belirtilmemis|nieznany|nieznana|nieznane|brak danych|brak|onbekend|niet bekend|tundmatu
    nezinams|nezinomas|neznamy|to be confirmed|tbc|to be determined|to be announced|finnes ikke|finns ej|finnes ej
    ubekendt|ubekjent|ingen|ingen oplyst|ingen oppgitt|none registered|nobody|no one
    no beneficial owner|no beneficial owners|no ubo|ingen reelle rettighetshavere|ingen reell rettighetshaver
    ingen reelle ejere|ingen reel ejer|ingen verklig huvudman|ingen reell eier|ingen reelle eiere
    ei edunsaajaa|ei todellista edunsaajaa|ei tosiasiallista edunsaajaa
    ei ole ilmoitettu|nimea ei ole ilmoitettu|ei ole tiedossa|ei ole saatavilla|kode 6|kode 7
    under registrering|to be advised|placeholder|self|the company|the company itself
    """
)
# What stands for many, or for nobody who owns: shares that an organisation holds in itself are nobody's.
COLLECTIVE = _listed(
    """
    other shareholders|others|other owners|various|various owners|various shareholders|minority shareholders
    remaining shareholders|small shareholders|treasury shares|own shares|public float|free float
    øvrige|øvrige aksjonærer|øvrige aksjonaerer|øvrige eiere|øvrige ejere|øvrige aktionærer|andre aksjonærer|andre eiere
    andre aktionærer|andre ejere|diverse|diverse eiere|diverse ejere|diverse aksjonærer|diverse aktionærer|smaaksjonærer
    smaaktionærer|egne aksjer|egne aktier|egne andeler|egne anparter
    ovriga|ovriga aktieagare|ovriga agare|andra aktieagare|andra agare|diverse agare|diverse aktieagare|egna aktier
    smaaktieagare|muut|muut osakkaat|muut omistajat|muut osakkeenomistajat|omat osakkeet|pienomistajat
    """
)
# What stands where a name belongs while nobody holds a role, or in place of who holds it.
VACANT = _listed(
    """
    vacant|vakant|ledig|ubesatt|ubesat|avoin|vakans|tom plass|styreleder|styrets leder|styreformann|nestleder
    styremedlem|varamedlem|daglig leder|administrerende direktør|direktør|prokurist|signaturberettiget|styret
    styrelseordforande|ordforande|styrelseledamot|verkstallande direktor|vd|bestyrelsesformand|bestyrelsesmedlem
    bestyrelsen|styrelsen|hallituksen puheenjohtaja|puheenjohtaja|toimitusjohtaja|hallituksen jasen|hallitus
    chairman|chairman of the board|chair of the board|board member|member of the board|managing director
    chief executive|chief executive officer|ceo|director|signatory|the board
    """
)
WORDS = UNKNOWN | COLLECTIVE | VACANT
LEAST_TO_FOLD = 6  # letters
# What may be somebody's name, or a part of it: repeated, or with a number, it is not taken for a placeholder.
SHORT = frozenset({"n a", "na", "n", "x", "xx", "nil", "none", "missing"})
# The same however their letters are typed (oevrige for øvrige); a short one may then be a name, as Bræk and Naa are.
FOLDED = frozenset(folded(word) for word in WORDS if len(word) >= LEAST_TO_FOLD)
BEGINNINGS = frozenset(folded(word)[:2] for word in WORDS) | placeholder_words.BEGINNINGS
LONGEST = 80  # characters a placeholder may have
MOST_KEPT = 16384  # numbers
FEW_DIGITS = 3  # are nobody's number
ROWS = ("1234567890" * 3, "9876543210" * 3)
WORD_AND_DIGITS = re.compile(r"([A-Z]{2,})([0-9]+)")
NO_REGISTER = frozenset({"foreign", "foreigner", "overseas", "abroad", "utland", "utenlandsk", "utlandsk"})
REPEATED = 7  # times one and the same digit; what is shorter may be somebody's number

# What databases and programs fill in for a date that is not known.
DEFAULT_DAYS = frozenset(
    datetime.date.fromisoformat(word)
    for word in (
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
# The moment from which computers count, in any time zone near: a birthday does not come with the time of day.
EPOCH = re.compile(
    r"(?:(?:1970([-/.])0?1\1|(?<![0-9])0?1([/.])0?1\2)(?:0?1|1970)[T ]+0[0-3]|1969-12-31[T ]2[1-3])"
    r":00(?::00(?:[.,]0+)?)?\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
LEADING_YEAR = re.compile(r"[0-9]{4}")
# Later is a day to come. Looked up as the program starts, so that whatever reads it gives one answer.
LAST_YEAR = datetime.datetime.now(datetime.UTC).year + 1


def is_placeholder(text: str | None) -> bool:
    """Does a name, or another text, say no more than that nothing is known?"""
    if not text:
        return True
    if len(text) > LONGEST:
        return False
    begins = text[:2]
    if begins.isascii() and begins.isalpha() and _beginning(text) not in BEGINNINGS:
        return False
    words = bare(text)
    return not words or _is_listed(words) or not words.replace("0", "").strip() or _is_all_of_them(words)


def _beginning(text: str) -> str:
    """Give the two letters with which a text begins once it is folded: of two pairs of letters, at most."""
    return folded(text[:4].casefold())[:2].rstrip()


def _is_listed(words: str) -> bool:
    return words in WORDS or folded(words) in FOLDED


def _is_all_of_them(words: str) -> bool:
    """Are several placeholders put together, or numbered: unknown (unknown), FNU LNU, ukjent eier 1?"""
    parts = [word for word in words.split() if not word.isdecimal()]
    if parts and all(_is_listed(word) and word not in SHORT for word in parts):
        return True
    whole = " ".join(parts)
    if len(whole) < len(words) and _is_listed(whole) and (whole == "n a" or whole not in SHORT):
        return True
    return placeholder_words.says_nothing(words.split())


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


def is_epoch(raw: str) -> bool:
    """Is it 1 January 1970 with the time of day, which is what zero becomes where a date is wanted?"""
    return ":" in raw and EPOCH.fullmatch(raw.strip()) is not None


def without_epochs(text: str) -> str:
    """Leave out of a text the moments (1 January 1970) that zero becomes where a date is wanted."""
    return EPOCH.sub(" ", text) if ":" in text else text


def is_known_day(day: datetime.date) -> bool:
    """May it be a day on which somebody was born or died? Defaults and days to come are none."""
    return day not in DEFAULT_DAYS and FIRST_YEAR <= day.year <= LAST_YEAR


def is_known_year(year: int) -> bool:
    """May a year alone be one in which somebody was born or died?"""
    return FIRST_YEAR <= year <= LAST_YEAR and year != DEFAULT_YEAR


def says_something(stated: Day | None) -> bool:
    """Is a date stated, also in a form of its own (‘in March 2019’), that was not filled in for want of one?"""
    if stated is not None and stated.day:
        return is_known_day(stated.day) and not is_epoch(stated.raw)
    if stated is None or is_placeholder(stated.raw):
        return False
    year = LEADING_YEAR.match(stated.raw)
    return year is None or is_known_year(int(year[0]))
