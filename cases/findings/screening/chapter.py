"""What the chapter `sanction` says, and what can be said by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cases.findings.captures.joining import Origin
from cases.findings.screening.hit import Hit
from cases.findings.screening.hit_counts import HitCount
from cases.findings.screening.named_parties import NamedParty
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.code_words import Word, is_pep_list
from cases.findings.vocabulary.presence import Nothing, came_empty, did_come
from cases.findings.vocabulary.source import NO_SOURCE, Source
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import NOT_SINGLE
from cases.provider.result.wire import SanctionStatus


class Disposition(StrEnum):
    """What became of a hit by the judgements of people; open until one stands."""

    OPEN = "open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


def _plain(message: str) -> str:
    return " ".join(message.casefold().split()).rstrip(".! ")


@dataclass(frozen=True, slots=True)
class Screening:
    """The chapter `sanction`; `ofac` says so if the list of OFAC was not, or perhaps not, searched."""

    nothing: Nothing | None
    status: Word | None = None
    message: str | None = None
    # What the provider is known to add to a screening without a hit.
    no_hit_messages: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    unread: int = 0
    source: Source = NO_SOURCE
    ofac: Words | None = None
    ofac_searched: bool | None = None
    # Places that came more than once, each time otherwise: then nothing of the chapter can be relied upon.
    contradictions: tuple[str, ...] = ()
    # Something of the chapter was left out, for the result holds more than is taken up.
    is_cut: bool = False
    # Places of what has no place here, and may be hits.
    not_read: tuple[str, ...] = ()
    # It was ordered anew, and no result came that can be used.
    not_renewed: bool = False
    # The earlier capture that it is of; None if the one that is read ordered it.
    origin: Origin | None = None
    # What may be misread.
    cautions: tuple[Caution, ...] = ()
    # Everybody the hits were compared with; nobody where there is no hit.
    parties: tuple[NamedParty, ...] = ()
    # What became of hits, by fingerprint; whoever reads the result adds it (result.with_dispositions).
    dispositions: Mapping[str, Disposition] = field(default_factory=dict)

    @property
    def lists(self) -> tuple[Word, ...]:
        """The lists that were searched."""
        return self.source.names

    @property
    def came(self) -> bool:
        """Did the provider deliver the chapter, be it empty?"""
        return did_come(self.nothing)

    @property
    def said(self) -> str:
        """The status word in capitals, '' if there is none."""
        return self.status.code if self.status else ""

    @property
    def is_clear(self) -> bool:
        """Did the provider say itself that there is no hit, and is there nothing against it?"""
        is_undoubted = self.is_whole and self.is_message_expected and not self.not_renewed
        return self.says_no_hit and is_undoubted and not (self.hits or self.unread)

    @property
    def says_no_hit(self) -> bool:
        """Is ‘no hits’ the provider’s status word, whatever stands beside it?"""
        return self.said == SanctionStatus.NONE

    @property
    def has_failed(self) -> bool:
        """Does the provider say itself that it could not tell whether there is a hit?"""
        return self.came and self.said == SanctionStatus.UNKNOWN

    @property
    def is_empty(self) -> bool:
        """Did it come without a word on the outcome, and with nothing else? It means ‘nothing found’ (contract §7)."""
        return came_empty(self.nothing)

    @property
    def is_message_expected(self) -> bool:
        """Is there no message, or one that belongs to a screening without a hit?"""
        if not self.message:
            return self.message is not NOT_SINGLE
        return self.says_no_hit and _plain(self.message) in map(_plain, self.no_hit_messages)

    @property
    def is_whole(self) -> bool:
        """Is the chapter all there, all read, and said once?"""
        return not self.contradictions and not self.is_cut and not self.not_read

    def disposition(self, hit: Hit) -> Disposition:
        """What became of a hit."""
        return self.dispositions.get(hit.fingerprint, Disposition.OPEN)

    def disposed(self, disposition: Disposition) -> tuple[Hit, ...]:
        """The hits of which that became."""
        return tuple(hit for hit in self.hits if self.disposition(hit) is disposition)

    @property
    def uncleared(self) -> tuple[Hit, ...]:
        """The hits that are not cleared: those confirmed, and then those to be judged."""
        return (*self.disposed(Disposition.CONFIRMED), *self.open_hits)

    @property
    def confirmed(self) -> tuple[Hit, ...]:
        """The hits that were judged to be the same, by two."""
        return self.disposed(Disposition.CONFIRMED)

    @property
    def open_hits(self) -> tuple[Hit, ...]:
        """The hits that are to be judged."""
        return self.disposed(Disposition.OPEN)

    @property
    def likely(self) -> tuple[Hit, ...]:
        """Open hits on sanctions lists that are the same as a named party in name, and in date of birth or number."""
        return tuple(hit for hit in self.open_hits if hit.is_likely)

    @property
    def pep_hits(self) -> tuple[Hit, ...]:
        """Hits of lists of politically exposed persons: they bear on the verdict on PEP, and on no other."""
        return tuple(hit for hit in self.hits if hit.is_of_pep_list)

    @property
    def sanctions_hits(self) -> tuple[Hit, ...]:
        """Hits of all other lists, those of a list not told among them."""
        return tuple(hit for hit in self.hits if not hit.is_of_pep_list)

    @property
    def hit_count(self) -> HitCount:
        """How many hits wait to be judged, of both kinds of lists; likely ones of sanctions lists."""
        return replace(HitCount.of(self.open_hits), likely=len(self.likely))

    @property
    def pep_lists(self) -> tuple[Word, ...]:
        """The lists of politically exposed persons among those named."""
        return tuple(name for name in self.lists if is_pep_list(name))

    @property
    def is_told(self) -> bool:
        """Does it say what came of the search? If not, that a list is named does not mean that it was searched."""
        return bool(self.hits) or self.said in {SanctionStatus.NONE, SanctionStatus.SANCTION}
