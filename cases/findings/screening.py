"""Chapter `sanction`: what was searched, in which lists, and what may match."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.caution import Caution, Level
from cases.findings.concerned import Ours
from cases.findings.hit import Hit, hit_words, likeliest_first, listed
from cases.findings.nearest import Crowd
from cases.findings.presence import Asked, Kind, Nothing, Presence, Words
from cases.findings.source import NO_SOURCE, Source, source
from cases.findings.words import OFAC, SANCTION_STATUSES, Word, word
from cases.provider import wire
from cases.provider.contract import Contract
from cases.provider.scalars import UNREAD
from cases.provider.wire import SanctionStatus

LONGEST_NAME = 80  # characters of a name in a sentence


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
    # Places that came more than once, each time otherwise: then nothing of the chapter can be relied upon.
    contradictions: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[Word, ...]:
        """The lists that were searched."""
        return self.source.names

    @property
    def is_clear(self) -> bool:
        """Did the provider say itself that there is no hit, and does nothing contradict it?"""
        said = self.status is not None and self.status.raw.upper() == SanctionStatus.NONE
        return said and not self.hits and not self.unread and not self.contradictions

    @property
    def is_told(self) -> bool:
        """Does it say what came of the search? If not, that a list is named does not mean that it was searched."""
        said = self.status.raw.upper() if self.status else ""
        return bool(self.hits) or said in {SanctionStatus.NONE, SanctionStatus.SANCTION}

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What may be misread."""
        return tuple(_cautions(self))


def read(
    read: wire.Sanction | None,
    presence: Presence,
    asked: Asked,
    ours: Ours,
    contradictions: tuple[str, ...] = (),
) -> Screening:
    """Read the chapter `sanction`, and compare each hit with everybody the rest of the result names."""
    nothing = presence.nothing_at("sanction")
    if read is None:
        return Screening(nothing, contradictions=contradictions)
    searched_at_all = nothing is None or nothing.kind is Kind.NOTHING_FOUND
    chapter = Screening(
        nothing=nothing,
        status=word(SANCTION_STATUSES, read.status),
        message=read.message,
        hits=tuple(sorted(_compared(listed(read), ours), key=likeliest_first)),
        unread=sum(each is None for each in read.sanction_results or ()),
        source=source(read.metadata),
        contradictions=contradictions,
    )
    sources = read.metadata.sources if read.metadata else None
    are_all_read = all(name and name is not UNREAD for name in sources or ())
    return _with_ofac(chapter, asked, are_all_read) if searched_at_all else chapter


def _compared(hits: tuple[Hit, ...], ours: Ours) -> Iterator[Hit]:
    crowd = Crowd(ours.parties() if hits else ())
    return (replace(hit, comparison=crowd.nearest(hit.theirs)) for hit in hits)


def _with_ofac(chapter: Screening, asked: Asked, are_all_read: bool) -> Screening:
    """Say what can be said of OFAC; a result without it must not read as 'no OFAC hit' (contract §1).

    A list that nobody here knows, or whose name could not be read, may be OFAC's.
    """
    named = [*chapter.lists, *(hit.list_name for hit in chapter.hits if hit.list_name)]
    if any(OFAC in name.raw.upper() for name in named):
        return replace(chapter, ofac_searched=True)
    if Contract.scope_ofac not in asked.scopes:
        words: Words = _("OFAC was not searched: the access that was used does not include it.")
        return replace(chapter, ofac=words, ofac_searched=False)
    if chapter.lists and are_all_read and all(name.words for name in named):
        words = _("OFAC was not searched: it is not among the lists the provider names.")
        return replace(chapter, ofac=words, ofac_searched=False)
    return replace(chapter, ofac=_("It is not stated whether OFAC was searched."))


def _of_hits(hits: tuple[Hit, ...]) -> Caution:
    text = ngettext_lazy(
        "There is %(count)d possible hit to judge: %(name)s, %(words)s.",
        "There are %(count)d possible hits to judge; the first in order is %(name)s, %(words)s.",
        "count",
    )
    name = (hits[0].name or str(_("without a name")))[:LONGEST_NAME]
    values = {"count": len(hits), "name": name, "words": hit_words(hits[0])}
    return Caution("possible_hits", text % values, "sanction.sanctionResults")


def _cautions(chapter: Screening) -> Iterator[Caution]:
    said = chapter.status.raw.upper() if chapter.status else ""
    place = "sanction.status"
    if chapter.hits:
        yield _of_hits(chapter.hits)
    if chapter.hits and said == SanctionStatus.NONE:
        yield Caution(
            "hits_despite_none", _("The provider says ‘no hit’ and lists hits all the same."), place
        )
    if said == SanctionStatus.SANCTION and not chapter.hits:
        yield Caution("no_hits_despite_sanction", _("The provider reports hits but lists none."), place)
    if said == SanctionStatus.UNKNOWN:
        yield Caution("screening_unknown", _("The provider could not tell whether there is a hit."), place)
    if chapter.status and chapter.status.raw is UNREAD and not chapter.contradictions:
        text = _("How the screening ended came in a form that cannot be read; see ‘As it came’.")
        yield Caution("screening_word_unknown", text, place)
    if chapter.status and chapter.status.raw and chapter.status.words is None:
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
