"""Where a chapter comes from, and links that may be followed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from cases.findings.words import SOURCES, Word, words
from cases.provider.scalars import Day
from cases.provider.wire import Metadata

FOLLOWED = re.compile(r"https?://[^\s/?#\\]+[^\s\\]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the wire; `address` only if a browser may follow it."""

    raw: str

    @property
    def address(self) -> str | None:
        """The address if it is http or https, else None."""
        return self.raw if FOLLOWED.fullmatch(self.raw) else None


@dataclass(frozen=True, slots=True)
class Source:
    """A chapter's source line."""

    names: tuple[Word, ...] = ()
    last_changed: Day | None = None
    accounting_year: Decimal | str | None = None
    links: tuple[Link, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Does it say anything?"""
        return self != NO_SOURCE


NO_SOURCE = Source()


def link(raw: str | None) -> Link | None:
    """Take up an address; None if there is none."""
    return None if raw is None else Link(raw)


def links(raw: list[str | None] | None) -> tuple[Link, ...]:
    """Take up several, without those that are null."""
    return tuple(Link(each) for each in raw or () if each is not None)


def source(metadata: Metadata | None) -> Source:
    """Take up what a chapter says of its source."""
    if metadata is None:
        return NO_SOURCE
    return Source(
        names=words(SOURCES, metadata.sources),
        last_changed=metadata.last_changed,
        accounting_year=metadata.accounting_year,
        links=links(metadata.urls),
    )
