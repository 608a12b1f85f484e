"""Chapter `sanction`: what was searched, in which lists, and what may match."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.address import Address, listed_address
from cases.findings.caution import Caution, Level
from cases.findings.presence import Asked, Kind, Nothing, Presence, Words
from cases.findings.source import NO_SOURCE, Link, Source, links, source
from cases.findings.words import OFAC, SANCTION_STATUSES, SOURCES, Word, word
from cases.provider import wire
from cases.provider.contract import Contract
from cases.provider.scalars import Day
from cases.provider.wire import SanctionStatus

TOP_OF_SCALE = 500  # contract §7: the match indicator goes up to 500


@dataclass(frozen=True, slots=True)
class Hit:
    """One possible match, with everything the provider says of it.

    `fingerprint` stays the same when the same entry of the same list is found again.
    """

    place: str
    fingerprint: str
    match: Decimal | str | None
    match_words: str | None
    name: str | None
    title: str | None
    function: str | None
    comment: str | None
    aliases: tuple[str, ...]
    addresses: tuple[Address, ...]
    links: tuple[Link, ...]
    provider: str | None
    list_name: Word | None
    external_id: str | None
    first_update: Day | None
    last_update: Day | None
    birth_date: Day | None
    birth_info: tuple[str, ...]
    name_match: Decimal | str | None
    source: Source

    @property
    def on_scale(self) -> int | None:
        """The match number held to its scale of 0 to 500, None if it is no number."""
        return max(0, min(TOP_OF_SCALE, int(self.match))) if isinstance(self.match, Decimal) else None


@dataclass(frozen=True, slots=True)
class Screening:
    """The chapter; `ofac` is what can be said of that list when it was not, or perhaps not, searched."""

    nothing: Nothing | None
    status: Word | None = None
    message: str | None = None
    hits: tuple[Hit, ...] = ()
    unread: int = 0
    source: Source = NO_SOURCE
    ofac: Words | None = None
    ofac_searched: bool | None = None

    @property
    def lists(self) -> tuple[Word, ...]:
        """The lists that were searched."""
        return self.source.names

    @property
    def is_clear(self) -> bool:
        """Did the provider say itself that there is no hit, and does nothing contradict it?"""
        said = self.status is not None and self.status.raw.upper() == SanctionStatus.NONE
        return said and not self.hits and not self.unread

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What may be misread."""
        return tuple(_cautions(self))


def read(read: wire.Sanction | None, presence: Presence, asked: Asked) -> Screening:
    """Read the chapter `sanction`."""
    nothing = presence.nothing_at("sanction")
    if read is None:
        return Screening(nothing)
    results = read.sanction_results or []
    found = [_hit(each, place) for place, each in enumerate(results) if each]
    searched_at_all = nothing is None or nothing.kind is Kind.NOTHING_FOUND
    chapter = Screening(
        nothing=nothing,
        status=word(SANCTION_STATUSES, read.status),
        message=read.message,
        hits=tuple(sorted(_told_apart(found), key=_likeliest_first)),
        unread=sum(each is None for each in results),
        source=source(read.metadata),
    )
    return _with_ofac(chapter, asked) if searched_at_all else chapter


def _hit(read: wire.SanctionResult, place: int) -> Hit:
    return Hit(
        place=f"sanction.sanctionResults[{place}]",
        fingerprint=_fingerprint(read),
        match=read.match_indicator,
        match_words=read.match_indicator_description,
        name=read.name,
        title=read.title,
        function=read.function,
        comment=read.comment,
        aliases=_stated(read.alias_list),
        addresses=tuple(listed_address(each) for each in read.address_list or () if each),
        links=links(read.url_list),
        provider=read.provider,
        list_name=word(SOURCES, read.source),
        external_id=read.external_id,
        first_update=read.first_update,
        last_update=read.last_update,
        birth_date=read.birth_date,
        birth_info=_stated(read.birth_date_info),
        name_match=read.name_match_value,
        source=source(read.metadata),
    )


def _stated(texts: list[str | None] | None) -> tuple[str, ...]:
    return tuple(each for each in texts or () if each is not None)


def _fingerprint(read: wire.SanctionResult) -> str:
    """Hash list and entry number; without a number, what describes the party itself."""
    described = [read.source, read.external_id]
    if not read.external_id:
        described += [read.name, read.birth_date.raw if read.birth_date else None, *_stated(read.alias_list)]
        described += [each.country_code for each in read.address_list or () if each]
    return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:32]


def _told_apart(hits: list[Hit]) -> Iterator[Hit]:
    """Number hits that are the same entry, so that each keeps a fingerprint of its own."""
    seen: Counter[str] = Counter()
    for hit in hits:
        seen[hit.fingerprint] += 1
        turn = seen[hit.fingerprint]
        yield hit if turn == 1 else replace(hit, fingerprint=f"{hit.fingerprint}-{turn}")


def _likeliest_first(hit: Hit) -> tuple[bool, Decimal]:
    return (False, -hit.match) if isinstance(hit.match, Decimal) else (True, Decimal(0))


def _with_ofac(chapter: Screening, asked: Asked) -> Screening:
    """Say what can be said of OFAC; a result without it must not read as 'no OFAC hit' (contract §1)."""
    named = {name.raw.upper() for name in chapter.lists}
    named |= {hit.list_name.raw.upper() for hit in chapter.hits if hit.list_name}
    if OFAC in named:
        return replace(chapter, ofac_searched=True)
    if Contract.scope_ofac not in asked.scopes:
        words: Words = _("OFAC was not searched: the access that was used does not include it.")
        return replace(chapter, ofac=words, ofac_searched=False)
    if chapter.lists:
        words = _("OFAC was not searched: it is not among the lists the provider names.")
        return replace(chapter, ofac=words, ofac_searched=False)
    return replace(chapter, ofac=_("It is not stated whether OFAC was searched."))


def _cautions(chapter: Screening) -> Iterator[Caution]:
    said = chapter.status.raw.upper() if chapter.status else ""
    place = "sanction.status"
    if chapter.hits and said == SanctionStatus.NONE:
        yield Caution(
            "hits_despite_none", _("The provider says ‘no hit’ and lists hits all the same."), place
        )
    if said == SanctionStatus.SANCTION and not chapter.hits:
        yield Caution("no_hits_despite_sanction", _("The provider reports hits but lists none."), place)
    if said == SanctionStatus.UNKNOWN:
        yield Caution("screening_unknown", _("The provider could not tell whether there is a hit."), place)
    if chapter.status and chapter.status.words is None:
        text = _("The screening ended with a word this portal does not know: “%(word)s”.")
        yield Caution("screening_word_unknown", text % {"word": chapter.status.raw}, place)
    if chapter.unread:
        text = _("A possible hit came in a form that cannot be read; see ‘As it came’.")
        yield Caution("hit_not_read", text, "sanction.sanctionResults", Level.DANGER)
    if chapter.ofac:
        known = chapter.ofac_searched is False
        yield Caution(
            "ofac_not_searched" if known else "ofac_not_stated",
            chapter.ofac,
            "sanction.metadata.sources",
            Level.WARNING if known else Level.INFO,
        )
