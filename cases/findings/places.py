"""Countries by code, also where only a name is given, so that two can be compared."""

from collections.abc import Iterable
from functools import cache

from babel import Locale

from cases.findings.address import Address
from cases.findings.names import key, words
from cases.findings.words import Word

CODE_LENGTH = 2
LANGUAGES = ("en", "nb", "sv", "fi", "da")  # in which a country may be named


def codes(countries: Iterable[Word]) -> frozenset[str]:
    """The codes of countries as they came; what is neither a code nor a name is none."""
    found = (each.raw.strip() for each in countries)
    return frozenset(
        code for raw in found if (code := raw.upper() if len(raw) == CODE_LENGTH else code_of(raw))
    )


def countries(addresses: Iterable[Address]) -> tuple[Word, ...]:
    """The countries of addresses, each once: by code where there is one, else by name."""
    found: dict[str, Word] = {}
    for address in addresses:
        if address.country:
            country = Word(address.country.raw, address.country.words or address.country_name or None)
            found.setdefault(country.raw.strip().upper(), country)
        elif address.country_name:
            code = code_of(address.country_name) or address.country_name
            found.setdefault(code, Word(code, address.country_name))
    return tuple(found.values())


def code_of(name: str) -> str | None:
    """The code of a country by its name."""
    return _by_name().get(key(words(name)))


@cache
def _by_name() -> dict[str, str]:
    """Names of countries as they are compared, with their codes."""
    return {
        key(words(name)): code
        for language in reversed(LANGUAGES)
        for code, name in Locale.parse(language).territories.items()
        if len(code) == CODE_LENGTH
    }
