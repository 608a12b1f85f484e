"""The numbers by which a result says that its organisation is known."""

from collections.abc import Iterator

from cases.findings.vocabulary import countries
from cases.provider.numbers.identifiers import DUNS, ORG, NotAnIdentifier, check_lei, parse
from cases.provider.numbers.known_numbers import known_number
from cases.provider.result.wire import KeyInformation

LEI = "LEI"


def numbers(key: KeyInformation, ordered_in: str) -> Iterator[tuple[str, str, str]]:
    """Give kind, country ('' for a DUNS number or an LEI) and value in canonical form of each that identifies somebody.

    The organisation number is that of the country the result states, or of the one that was asked (`ordered_in`).
    """
    country = (countries.alpha_2(key.country) or "").lower() if key.country else ordered_in
    for kind, text in ((ORG, key.organization_number), (DUNS, key.duns_number)):
        try:
            identifier, _warnings = parse(country if kind == ORG else ordered_in, kind, text or "")
        except NotAnIdentifier:
            continue
        if known_number(identifier.value):
            yield kind, country if kind == ORG else "", identifier.value
    if key.lei_number and check_lei(key.lei_number) == "valid":
        yield LEI, "", "".join(char for char in key.lei_number.upper() if char.isalnum())
