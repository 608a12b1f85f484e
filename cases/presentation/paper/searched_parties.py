"""Who was searched elsewhere, as a report tells it: a line for everybody, and every search that was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.assessment.searches.coverage import PartyCoverage
from cases.assessment.searches.parties import SearchedParty
from cases.assessment.searches.terms import SearchTopic
from cases.models import PartySearch
from cases.presentation.requirement_statuses import CaseRequirements


@dataclass(frozen=True)
class PartyLine:
    """A party, and how it stands for each topic in their order; None for one that is not asked of it."""

    party: SearchedParty
    by_topic: tuple[PartyCoverage | None, ...]


@dataclass(frozen=True)
class SearchedParties:
    """The first lines, how many are `left_out`, and the rows of all searches in the order they were recorded.

    `is_read`: is there a result that names somebody, or could?
    """

    lines: Sequence[PartyLine] = ()
    left_out: int = 0
    rows: Sequence[PartySearch] = ()
    topics: tuple[SearchTopic, ...] = tuple(SearchTopic)
    is_read: bool = False


def searched_parties(requirements: CaseRequirements | None, most_rows: int) -> SearchedParties:
    """Put together who was searched; nothing where no requirement set is in force."""
    if requirements is None:
        return SearchedParties()
    covered = [{one.party.key: one for one in requirements.coverage_of(topic)} for topic in SearchTopic]
    parties = requirements.searches.parties
    lines = [
        PartyLine(party, tuple(by_key.get(party.key) for by_key in covered)) for party in parties[:most_rows]
    ]
    return SearchedParties(
        lines,
        max(0, len(parties) - most_rows),
        [*reversed(requirements.searches.rows)],
        is_read=requirements.capture is not None,
    )
