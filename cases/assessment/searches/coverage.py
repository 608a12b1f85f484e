"""Which parties were searched: the newest search of each held against what is so now."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.searches.parties import SearchedParty
from cases.assessment.searches.terms import PartyOutcome, SearchMeans, SearchTopic
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class RecordedSearch:
    """One search that a person recorded; `keys` are those of its parties.

    `day`: on which it was made. `capture`: the key of the result that was read then, and `namesakes` the parties that
    nothing told apart in it. `files`: number, SHA-256 and name of each.
    """

    number: int
    topic: SearchTopic
    outcome: PartyOutcome
    by: str
    keys: frozenset[str]
    means: SearchMeans = SearchMeans.NONE
    source: str = ""
    lists: str = ""
    day: datetime.date | None = None
    words: str = ""
    capture: int | None = None
    namesakes: frozenset[str] = frozenset()
    files: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PartyCoverage:
    """A party and its newest search; `why_not` says why that does not count, '' if it does or there is none.

    `is_old`: it does not for its time is over, and for nothing else.
    """

    party: SearchedParty
    search: RecordedSearch | None = None
    why_not: Words = ""
    stale_on: datetime.date | None = None
    is_old: bool = False

    @property
    def is_searched(self) -> bool:
        """Is there a search of it that counts?"""
        return self.search is not None and not self.why_not

    @property
    def can_be_taken_back(self) -> bool:
        """Is there a search of it that was not taken back?"""
        return self.search is not None and self.search.outcome is not PartyOutcome.TAKEN_BACK

    @property
    def is_of_the_rest(self) -> bool:
        """Can it be said of it together with others that nothing was found? Not of whom something was found before."""
        return self.party.is_named and not self.is_searched and not self.is_found

    @property
    def is_found(self) -> bool:
        """Did the newest search find something? That holds until another one is made, however old it is."""
        is_known = self.is_searched or self.is_old
        return is_known and self.search is not None and self.search.outcome is PartyOutcome.FOUND

    def as_json(self) -> dict[str, Any] | None:
        """The newest search in plain values; None if there is none. `not_counted`: why it does not count, or null."""
        if self.search is None:
            return None
        return {
            "outcome": self.search.outcome.value,
            "means": self.search.means.value or None,
            "source": self.search.source or None,
            "lists": self.search.lists or None,
            "day": self.search.day.isoformat() if self.search.day else None,
            "by": self.search.by,
            "stale_on": self.stale_on.isoformat() if self.stale_on else None,
            "not_counted": str(self.why_not) or None,
        }


def cover(
    topic: SearchTopic,
    parties: Iterable[SearchedParty],
    searches: Sequence[RecordedSearch],
    *,
    months: int | None,
    today: datetime.date,
    capture: int | None,
) -> tuple[PartyCoverage, ...]:
    """How each party stands for a topic. `searches`: the newest first; `months`: for how long one counts."""
    newest: dict[str, RecordedSearch] = {}
    for search in searches:
        if search.topic is topic:
            for key in search.keys:
                newest.setdefault(key, search)
    wanted = (party for party in parties if party.is_person or topic is not SearchTopic.PEP)
    return tuple(_covered(party, newest.get(party.key), months, today, capture) for party in wanted)


def _covered(
    party: SearchedParty,
    search: RecordedSearch | None,
    months: int | None,
    today: datetime.date,
    capture: int | None,
) -> PartyCoverage:
    if search is None:
        return PartyCoverage(party)
    if why_not := _why_not_of(party, search, capture):
        return PartyCoverage(party, search, why_not)
    stale_on = months_from(search.day, months) if search.day and months else None
    if stale_on is not None and today >= stale_on:
        too_old = _("Too old since %(day)s.") % {"day": date_words(stale_on)}
        return PartyCoverage(party, search, too_old, stale_on, is_old=True)
    return PartyCoverage(party, search, stale_on=stale_on)


def _why_not_of(party: SearchedParty, search: RecordedSearch, capture: int | None) -> Words:
    """Why a search is none of this party, or none any more; '' if it is."""
    if search.outcome is PartyOutcome.TAKEN_BACK:
        return _("Taken back by %(name)s.") % {"name": search.by}
    is_told_apart = party.is_unique and party.key not in search.namesakes
    if not is_told_apart and search.capture != capture:
        return _("Another of this name cannot be told apart, and the capture is another one.")
    return ""
