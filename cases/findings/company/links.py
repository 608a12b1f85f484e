"""Chapter `links`: addresses of reports and of other pages."""

from dataclasses import dataclass

from cases.findings.vocabulary import source
from cases.findings.vocabulary.code_words import LINKS, Word, word
from cases.findings.vocabulary.presence import Nothing, Presence
from cases.provider.result import wire


@dataclass(frozen=True, slots=True)
class Reference:
    """One link of the result."""

    target: source.Link | None
    relation: Word | None
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """The chapter; only http and https addresses can be followed."""

    nothing: Nothing | None
    reports: tuple[Reference, ...] = ()
    external: tuple[Reference, ...] = ()


def read(read: wire.Links | None, presence: Presence) -> Links:
    """Read the chapter `links`."""
    nothing = presence.nothing_at("links")
    if read is None:
        return Links(nothing)
    return Links(nothing, _references(read.reports), _references(read.external))


def _references(read: list[wire.Link | None] | None) -> tuple[Reference, ...]:
    return tuple(
        Reference(source.link(link.href), word(LINKS, link.rel), link.content_type)
        for link in read or ()
        if link
    )
