"""Chapter `sanction`: what was searched, in which lists, and what may match."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.caution import Caution
from cases.findings.concerned import Ours
from cases.findings.hit import Hit, hit_words, likeliest_first, listed
from cases.findings.nearest import Crowd
from cases.findings.presence import Asked, Kind, Nothing, Presence, Words
from cases.findings.source import NO_SOURCE, Source, source
from cases.findings.words import OFAC, SANCTION_STATUSES, Word, is_pep_list, word
from cases.provider import wire
from cases.provider.bounds import concerns
from cases.provider.contract import Contract
from cases.provider.scalars import UNREAD
from cases.provider.wire import SanctionStatus

CHAPTER, RESULTS = "sanction", "sanction.sanctionResults"
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
    # Something of the chapter was left out, for the result holds more than is taken up.
    is_cut: bool = False

    @property
    def lists(self) -> tuple[Word, ...]:
        """The lists that were searched."""
        return self.source.names

    @property
    def came(self) -> bool:
        """Did the provider deliver the chapter, be it empty?"""
        return self.nothing is None or self.nothing.kind is Kind.NOTHING_FOUND

    @property
    def said(self) -> str:
        """The status word in capitals, '' if there is none."""
        return self.status.code if self.status else ""

    @property
    def is_clear(self) -> bool:
        """Did the provider say itself that there is no hit, and does nothing contradict it?"""
        clear = self.said == SanctionStatus.NONE
        return clear and not self.hits and not self.unread and self.is_whole

    @property
    def found_nothing(self) -> bool:
        """Is no hit what the provider says, in a word or by an empty chapter (contract §7)?"""
        is_empty = self.nothing is not None and self.nothing.kind is Kind.NOTHING_FOUND
        return self.is_clear or (is_empty and self.is_whole)

    @property
    def is_whole(self) -> bool:
        """Is the chapter all there, and said once?"""
        return not self.contradictions and not self.is_cut

    @property
    def likely(self) -> tuple[Hit, ...]:
        """Hits on sanctions lists that are the same as one of ours in name, and in date of birth or number."""
        return tuple(hit for hit in self.hits if hit.is_likely)

    @property
    def pep_lists(self) -> tuple[Word, ...]:
        """The lists of politically exposed persons among those named."""
        return tuple(name for name in self.lists if is_pep_list(name))

    @property
    def is_told(self) -> bool:
        """Does it say what came of the search? If not, that a list is named does not mean that it was searched."""
        return bool(self.hits) or self.said in {SanctionStatus.NONE, SanctionStatus.SANCTION}

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
    nothing = presence.nothing_at(CHAPTER)
    is_cut = concerns(presence.cut, CHAPTER)
    if nothing and nothing.kind is Kind.NOTHING_FOUND and read and _says_something(read):
        nothing = None  # only a node without anything says by itself that nothing was found
    if read is None:
        return Screening(nothing, contradictions=contradictions, is_cut=is_cut)
    searched_at_all = nothing is None or nothing.kind is Kind.NOTHING_FOUND
    chapter = Screening(
        nothing=nothing,
        status=word(SANCTION_STATUSES, read.status),
        message=read.message,
        hits=tuple(sorted(_compared(listed(read), ours), key=likeliest_first)),
        unread=sum(each is None for each in read.sanction_results or ()),
        source=source(read.metadata),
        contradictions=contradictions,
        is_cut=is_cut,
    )
    sources = read.metadata.sources if read.metadata else None
    are_all_read = all(name and name is not UNREAD for name in sources or ())
    return _with_ofac(chapter, asked, are_all_read) if searched_at_all else chapter


def _says_something(read: wire.Sanction) -> bool:
    return read.sanction_results is not None or read.metadata is not None


def _compared(hits: tuple[Hit, ...], ours: Ours) -> Iterator[Hit]:
    crowd = Crowd(ours.parties() if hits else ())
    return (replace(hit, comparison=crowd.nearest(hit.theirs)) for hit in hits)


def _with_ofac(chapter: Screening, asked: Asked, are_all_read: bool) -> Screening:
    """Say what can be said of OFAC; a result without it must not read as 'no OFAC hit' (contract §1).

    A list that nobody here knows, or whose name could not be read, may be OFAC's.
    """
    named = [*chapter.lists, *(hit.list_name for hit in chapter.hits if hit.list_name)]
    if any(OFAC in name.code for name in named):
        return replace(chapter, ofac_searched=True)
    if Contract.scope_ofac not in asked.scopes:
        words: Words = _("OFAC was not searched: the access that was used does not include it.")
        return replace(chapter, ofac=words, ofac_searched=False)
    if chapter.lists and are_all_read and all(name.words for name in named):
        words = _("OFAC was not searched: it is not among the lists the provider names.")
        return replace(chapter, ofac=words, ofac_searched=False)
    return replace(chapter, ofac=_("It is not stated whether OFAC was searched."))


def _cautions(chapter: Screening) -> Iterator[Caution]:
    if not chapter.came:
        yield from _of_absence(chapter.nothing)
        return
    yield from _of_hits(chapter)
    yield from _of_status(chapter)
    if chapter.unread:
        text = _("A possible hit came in a form that cannot be read; see ‘As it came’.")
        yield Caution("hit_not_read", text, RESULTS)
    yield from _of_lists(chapter)
    whom = _(
        "The provider does not tell whom it searched: whether owners and role holders were, is not known."
    )
    yield Caution("searched_parties_not_told", whom, CHAPTER)


def _of_absence(nothing: Nothing | None) -> Iterator[Caution]:
    kind = nothing.kind if nothing else None
    if kind is Kind.NOT_REQUESTED:
        text = _(
            "Nobody was screened: sanctions lists were not ordered with this capture, so ‘no hit’ cannot be said."
        )
        yield Caution("screening_not_requested", text, CHAPTER)
    elif nothing and kind in {Kind.FAILED, Kind.EXPIRED}:
        text = _(
            "The screening was ordered, and its outcome was lost, did not come or cannot be read: nobody is known to "
            "have been screened."
        )
        yield Caution("screening_not_delivered", text, CHAPTER)


def _of_hits(chapter: Screening) -> Iterator[Caution]:
    for hit in chapter.likely:
        yield _of_likely(hit, len(chapter.likely))
    if not chapter.hits:
        return
    text = ngettext_lazy(
        "There is %(count)d possible hit to judge: %(name)s, %(words)s.",
        "There are %(count)d possible hits to judge; the first in order is %(name)s, %(words)s.",
        "count",
    )
    first, count = chapter.hits[0], len(chapter.hits)
    values = {"count": count, "name": _short(first.name), "words": hit_words(first)}
    in_short = ngettext_lazy("%(count)d open hit", "%(count)d open hits", "count") % {"count": count}
    yield Caution("possible_hits", text % values, RESULTS, in_short)


def _of_likely(hit: Hit, count: int) -> Caution:
    beside = hit.comparison
    party = beside.party if beside else None
    text = _("Likely sanctions hit: %(name)s, %(words)s, is the same in %(lines)s as %(party)s (%(what)s).")
    values = {
        "name": _short(hit.name),
        "words": hit_words(hit),
        "lines": ", ".join(str(line.label).lower() for line in beside.same) if beside else "",
        "party": _short(party.name if party else None),
        "what": ", ".join(str(each) for each in party.what) if party else "",
    }
    in_short = ngettext_lazy("%(count)d likely hit", "%(count)d likely hits", "count") % {"count": count}
    return Caution("likely_hit", text % values, hit.place, in_short)


def _short(name: str | None) -> str:
    return (name or str(_("without a name")))[:LONGEST_NAME]


def _of_status(chapter: Screening) -> Iterator[Caution]:
    said, place = chapter.said, f"{CHAPTER}.status"
    if chapter.hits and said == SanctionStatus.NONE:
        yield Caution(
            "hits_despite_none", _("The provider says ‘no hit’ and lists hits all the same."), place
        )
    if said == SanctionStatus.SANCTION and not chapter.hits and not chapter.unread:
        yield Caution("no_hits_despite_sanction", _("The provider reports hits but lists none."), place)
    if said == SanctionStatus.UNKNOWN:
        text = _("The screening failed: the provider could not tell whether there is a hit.")
        yield Caution("screening_unknown", text, place)
    elif chapter.status and chapter.status.raw is UNREAD:
        if not chapter.contradictions:
            text = _("How the screening ended came in a form that cannot be read; see ‘As it came’.")
            yield Caution("screening_word_unknown", text, place)
    elif chapter.status and chapter.status.words is None:
        text = _("The screening ended with a word this portal does not know: “%(word)s”.")
        yield Caution("screening_word_unknown", text % {"word": chapter.status.raw}, place)
    elif not chapter.status and not chapter.hits and chapter.nothing is None:
        text = _("The result does not say how the screening ended, so ‘no hit’ cannot be said.")
        yield Caution("screening_status_not_told", text, place)


def _of_lists(chapter: Screening) -> Iterator[Caution]:
    place = f"{CHAPTER}.metadata.sources"
    if not chapter.lists:
        text = _("The provider does not name the lists it searched.")
        yield Caution("lists_not_named", text, place)
    if chapter.ofac:
        known = chapter.ofac_searched is False
        yield Caution("ofac_not_searched" if known else "ofac_not_stated", chapter.ofac, place)
    if not chapter.pep_lists:
        text = _(
            "The provider names no list of politically exposed persons: nobody is known to have been searched."
        )
        yield Caution("no_pep_list", text, place)
