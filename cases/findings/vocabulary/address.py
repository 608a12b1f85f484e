"""Addresses, of an organisation, a person or a listed party."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.findings.vocabulary.code_words import COUNTRIES, Word, word
from cases.findings.vocabulary.presence import Nothing, Presence
from cases.findings.vocabulary.source import NO_SOURCE, Source, source
from cases.provider.result import wire
from cases.provider.result.placeholders import is_placeholder


@dataclass(frozen=True, slots=True)
class Address:
    """One address; each part may be missing."""

    street: str | None
    postal_code: str | None
    city: str | None
    country: Word | None
    country_name: str | None = None

    @property
    def named_country(self) -> str | None:
        """The country's name as it came, unless the code already says the same."""
        name = (self.country_name or "").strip().casefold()
        known = self.country and name in {self.country.raw.casefold(), str(self.country.text).casefold()}
        return None if known else self.country_name

    @property
    def stated(self) -> bool:
        """Is there anything in it?"""
        return any((self.street, self.postal_code, self.city, self.country, self.country_name))

    @property
    def is_known(self) -> bool:
        """Does it lead anywhere? A country alone does not, nor does a placeholder."""
        return not all(map(is_placeholder, (self.street, self.postal_code, self.city)))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Chapter `address`: the organisation's own. `elements`: which kind of nothing one of the two came as."""

    nothing: Nothing | None
    visiting: Address | None = None
    postal: Address | None = None
    source: Source = NO_SOURCE
    elements: Mapping[str, Nothing] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Does either of them lead anywhere?"""
        return any(one is not None and one.is_known for one in (self.visiting, self.postal))


def read(read: wire.Addresses | None, presence: Presence) -> Addresses:
    """Read the chapter `address`."""
    nothing = presence.nothing_at("address")
    if read is None:
        return Addresses(nothing)
    return Addresses(
        nothing=nothing,
        visiting=address(read.visiting_address),
        postal=address(read.postal_address),
        source=source(read.metadata),
        elements=presence.elements_of("address", "visitingAddress", "postalAddress"),
    )


def address(read: wire.Address | None) -> Address | None:
    """Read one address of an organisation or a person."""
    if read is None:
        return None
    return Address(read.street, read.postal_code, read.city, word(COUNTRIES, read.country))


def listed_address(read: wire.ListAddress) -> Address:
    """Read one address of a listed party."""
    return Address(
        read.street, read.post_code, read.city, word(COUNTRIES, read.country_code), read.country_name
    )
