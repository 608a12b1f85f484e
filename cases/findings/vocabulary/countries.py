"""Countries by their ISO 3166 codes, of two letters and of three; a code that no country has is nobody's."""

from babel import Locale
from babel.core import get_global

# What CLDR names beside countries: pseudo-locales, and a region for 'unknown'.
NO_COUNTRIES = {"XA", "XB", "ZZ"}

NAMES: dict[str, str] = {
    code: name
    for code, name in Locale("en").territories.items()
    if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
}
# Codes of three letters, and old ones, that mean one country of today (a state that fell apart means several).
ALIASES: dict[str, str] = {
    code: places[0]
    for code, places in get_global("territory_aliases").items()
    if code.isalpha() and len(places) == 1 and places[0] in NAMES
}
LANGUAGES = ("en", "nb", "sv", "fi", "da")  # in which a country may be named, the first first
BY_NAME: dict[str, str] = {
    name.casefold(): code
    for language in reversed(LANGUAGES)
    for code, name in Locale(language).territories.items()
    if code in NAMES
}


def alpha_2(word: str | None) -> str | None:
    """Give the code of two letters for a code of two or three, in any case, or a name; else None."""
    text = (word or "").strip()
    code = text.upper() if text.isascii() else ""  # 'ß' is no SS
    if code in NAMES:
        return code
    return ALIASES.get(code) or BY_NAME.get(text.casefold())
