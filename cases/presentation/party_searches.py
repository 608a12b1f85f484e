"""What people recorded of searches of parties in a case, and whom it is to be known of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from cases.assessment.searches.coverage import RecordedSearch
from cases.assessment.searches.parties import SearchedParty, parties_of
from cases.assessment.searches.terms import PartyOutcome, SearchMeans, SearchTopic
from cases.findings.result import Result
from cases.models import OwnerConclusionWord, PartySearch
from cases.presentation.case_owners import CaseOwners

NOT_OF_AN_OWNER = OwnerConclusionWord.NOT_ONE


@dataclass(frozen=True)
class CaseSearches:
    """The parties of a case, and every search of them, the newest first."""

    parties: tuple[SearchedParty, ...]
    rows: Sequence[PartySearch]

    @cached_property
    def searches(self) -> tuple[RecordedSearch, ...]:
        """The searches in the terms of the assessment."""
        return tuple(map(search_of, self.rows))

    @cached_property
    def by_number(self) -> dict[int, PartySearch]:
        return {row.number: row for row in self.rows}

    @property
    def newest(self) -> int:
        """The number of the newest search, 0 if there is none."""
        return self.rows[0].number if self.rows else 0

    def newest_of(self, topic: SearchTopic) -> int:
        """The same of one topic."""
        return next((row.number for row in self.rows if row.topic == topic), 0)


def of_case(result: Result, owners: CaseOwners, rows: Sequence[PartySearch]) -> CaseSearches:
    """Whom a result names, with those whom people added as owners; `rows`: the newest first."""
    named = parties_of(result)
    keys = {party.key for party in named}
    return CaseSearches((*named, *(party for party in _added(owners) if party.key not in keys)), rows)


def _added(owners: CaseOwners) -> Iterator[SearchedParty]:
    """Whom the result does not name, and people concluded to be an owner or a manager."""
    for row in owners.rows:
        newest = row.newest
        if row.candidate is None and newest and row.counts and newest.conclusion != NOT_OF_AN_OWNER:
            details = (str(_("born %(day)s") % {"day": newest.born}),) if newest.born else ()
            yield SearchedParty(row.key, row.name, details, (_("Added by a person"),))


def search_of(row: PartySearch) -> RecordedSearch:
    """A search, in the terms of the assessment."""
    return RecordedSearch(
        number=row.number,
        topic=SearchTopic(row.topic),
        outcome=PartyOutcome(row.outcome),
        by=row.by.name,
        keys=frozenset(party["key"] for party in row.parties),
        means=SearchMeans(row.means),
        source=row.source,
        lists=row.lists,
        day=row.day,
        words=row.words,
        capture=row.capture_id,
        namesakes=frozenset(party["key"] for party in row.parties if not party.get("is_unique", True)),
        files=tuple((file.number, file.sha256, file.name) for file in row.attachments.all()),
    )
