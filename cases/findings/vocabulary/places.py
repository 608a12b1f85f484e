"""Countries by code, also where only a name is given, so that two can be compared."""

from collections.abc import Iterable

from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.countries import alpha_2


def codes(countries: Iterable[Word]) -> frozenset[str]:
    """The codes of countries as they came; what is neither a code nor a name is none."""
    return frozenset(code for country in countries if (code := alpha_2(country.raw)))


def countries(addresses: Iterable[Address]) -> tuple[Word, ...]:
    """The countries of addresses, each once: by code where there is one, else by name."""
    found: dict[str, Word] = {}
    for address in addresses:
        if address.country:
            country = Word(address.country.raw, address.country.words or address.country_name or None)
            found.setdefault(alpha_2(country.raw) or country.raw.strip().upper(), country)
        elif address.country_name:
            code = alpha_2(address.country_name) or address.country_name
            found.setdefault(code, Word(code, address.country_name))
    return tuple(found.values())
