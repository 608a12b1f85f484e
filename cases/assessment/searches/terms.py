"""What a recorded search of parties says: about what, how it was made, and what it found."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words


class SearchTopic(StrEnum):
    """What parties are searched for; stored with each search."""

    SANCTIONS = "SANCTIONS"
    PEP = "PEP"

    @property
    def words(self) -> Words:
        """The topic as a reader sees it."""
        return TOPICS[self]


TOPICS: dict[SearchTopic, Words] = {
    SearchTopic.SANCTIONS: _("Sanctions lists"),
    SearchTopic.PEP: _("Politically exposed, family and close associates too"),
}


class SearchMeans(StrEnum):
    """How it is known; '' where a search is taken back."""

    NONE = ""
    SEARCH = "SEARCH"
    DECLARATION = "DECLARATION"

    @property
    def words(self) -> Words:
        """The means as a reader sees it."""
        return MEANS[self]


MEANS: dict[SearchMeans, Words] = {
    SearchMeans.NONE: _("Not stated"),
    SearchMeans.SEARCH: _("Searched"),
    SearchMeans.DECLARATION: _("Declared by the person"),
}


class PartyOutcome(StrEnum):
    """What came of it for every party that it names."""

    NOTHING_FOUND = "NOTHING_FOUND"
    FOUND = "FOUND"
    TAKEN_BACK = "TAKEN_BACK"

    @property
    def words(self) -> Words:
        """The outcome as a reader sees it."""
        return OUTCOMES[self]


OUTCOMES: dict[PartyOutcome, Words] = {
    PartyOutcome.NOTHING_FOUND: _("Nothing was found"),
    PartyOutcome.FOUND: _("Something was found"),
    PartyOutcome.TAKEN_BACK: _("Taken back: what was recorded last does not count"),
}
