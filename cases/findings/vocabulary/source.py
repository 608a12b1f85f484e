"""Where a chapter comes from, and links that may be followed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from cases.findings.vocabulary.code_words import SOURCES, Word, words
from cases.findings.vocabulary.public_addresses import is_public
from cases.provider.result.chapter import Metadata
from cases.provider.result.scalars import Day

# Not by IGNORECASE: it would take other letters for s (ſ).
FOLLOWED = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#\\]+[^\s\\]*")
# A host name without a scheme, as registers write web pages: ASCII labels and letters at the end, no port, no user.
BARE_HOST = re.compile(
    r"www\.(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?:/[a-z0-9/._~-]{0,200})?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the wire; `address` only if a browser may follow it."""

    raw: str
    is_web_page: bool = False

    @property
    def address(self) -> str | None:
        """The address if it is http or https and leads to a host of the internet, else None."""
        if FOLLOWED.fullmatch(self.raw):
            return self.raw if is_public(self.raw) else None
        return f"https://{self.raw}" if self.is_completed else None

    @property
    def is_completed(self) -> bool:
        """Is it a web page that came without `https://`? Registers leave it out; nothing else is completed."""
        return self.is_web_page and bool(BARE_HOST.fullmatch(self.raw))


@dataclass(frozen=True, slots=True)
class Source:
    """A chapter's source line. `of_chapter`: the chapter came, so that silence about its source is a finding."""

    names: tuple[Word, ...] = ()
    last_changed: Day | None = None
    accounting_year: Decimal | str | None = None
    links: tuple[Link, ...] = ()
    of_chapter: bool = False

    @property
    def is_stated(self) -> bool:
        """Does it say anything?"""
        return bool(self.names or self.last_changed or self.links) or self.accounting_year is not None


NO_SOURCE = Source()
NOT_STATED = Source(of_chapter=True)


def link(raw: str | None) -> Link | None:
    """Take up an address; None if there is none."""
    return None if raw is None else Link(raw)


def web_page(raw: str | None) -> Link | None:
    """Take up the address of an organisation's own pages."""
    return None if raw is None else Link(raw, is_web_page=True)


def links(raw: list[str | None] | None) -> tuple[Link, ...]:
    """Take up several addresses, without those that are null."""
    return tuple(Link(text) for text in raw or () if text is not None)


def source(metadata: Metadata | None) -> Source:
    """Take up what a chapter that came says of its source."""
    if metadata is None:
        return NOT_STATED
    return Source(
        names=words(SOURCES, metadata.sources),
        last_changed=metadata.last_changed,
        accounting_year=metadata.accounting_year,
        links=links(metadata.urls),
        of_chapter=True,
    )
