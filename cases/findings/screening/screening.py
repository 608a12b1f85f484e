"""Chapter `sanction`: what was searched, in which lists, and what may match."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from cases.findings.screening.candidates import CandidateIndex
from cases.findings.screening.cautions import cautions
from cases.findings.screening.chapter import Screening
from cases.findings.screening.hit import Hit, likeliest_first, listed
from cases.findings.screening.named_parties import NamedParty, Parties
from cases.findings.vocabulary.code_words import SANCTION_STATUSES, is_ofac_list, word
from cases.findings.vocabulary.presence import Kind, Nothing, OrderedParts, Presence, did_come
from cases.findings.vocabulary.sections import SCREENING
from cases.findings.vocabulary.source import source
from cases.findings.vocabulary.wording import Words
from cases.provider.result import wire
from cases.provider.result.bounds import concerns
from cases.provider.result.scalars import NOT_SINGLE


def read(
    read: wire.Sanction | None,
    presence: Presence,
    ordered: OrderedParts,
    ours: Parties,
    *,
    contradictions: tuple[str, ...] = (),
    not_read: tuple[str, ...] = (),
) -> Screening:
    """Read the chapter `sanction`, and compare each hit with everybody the rest of the result names."""
    chapter = replace(
        _chapter(read, presence, ordered, ours), contradictions=contradictions, not_read=not_read
    )
    return replace(chapter, cautions=tuple(cautions(chapter)))


def _chapter(
    read: wire.Sanction | None,
    presence: Presence,
    ordered: OrderedParts,
    ours: Parties,
) -> Screening:
    nothing = presence.nothing_at(SCREENING)
    is_cut = concerns(presence.cut, SCREENING)
    if read is None:
        return Screening(nothing, is_cut=is_cut)
    searched_at_all = did_come(nothing)
    if searched_at_all:
        nothing = Nothing(Kind.NOTHING_FOUND) if _is_empty(read) else None
    parties = ours.parties() if read.sanction_results else ()
    chapter = Screening(
        nothing=nothing,
        status=word(SANCTION_STATUSES, read.status),
        message=read.message,
        no_hit_messages=ordered.contract.no_hit_messages,
        hits=tuple(sorted(_compared(listed(read), parties, ours), key=likeliest_first)),
        parties=parties,
        unread=sum(sanction_result is None for sanction_result in read.sanction_results or ()),
        source=source(read.metadata),
        is_cut=is_cut,
    )
    sources = read.metadata.sources if read.metadata else None
    are_all_read = all(name and name is not NOT_SINGLE for name in sources or ())
    return _with_ofac(chapter, ordered, are_all_read) if searched_at_all else chapter


def _is_empty(read: wire.Sanction) -> bool:
    """Does the chapter hold nothing beside its sources?"""
    came = (read.status, read.message, read.sanction_results, *read.extras.values())
    return not any(value is NOT_SINGLE or value not in (None, "", [], {}) for value in came)


def _compared(hits: tuple[Hit, ...], parties: tuple[NamedParty, ...], ours: Parties) -> Iterator[Hit]:
    candidates = CandidateIndex(parties, is_all_read=ours.is_all_read)
    return (replace(hit, comparison=candidates.nearest(hit.theirs)) for hit in hits)


def _with_ofac(chapter: Screening, ordered: OrderedParts, are_all_read: bool) -> Screening:
    """Say what can be said of OFAC; a result without it must not read as 'no OFAC hit' (contract §1).

    A list that nobody here knows, or whose name could not be read, may be OFAC's.
    """
    named = [*chapter.lists, *(hit.list_name for hit in chapter.hits if hit.list_name)]
    if any(map(is_ofac_list, named)):
        return replace(chapter, ofac_searched=True)
    if ordered.contract.scope_ofac not in ordered.scopes:
        words: Words = _("OFAC was not searched: the access that was used does not include it.")
        return replace(chapter, ofac=words, ofac_searched=False)
    if chapter.lists and are_all_read and all(name.words for name in named):
        words = _("OFAC was not searched: it is not among the lists the provider names.")
        return replace(chapter, ofac=words, ofac_searched=False)
    return replace(chapter, ofac=_("It is not stated whether OFAC was searched."))
