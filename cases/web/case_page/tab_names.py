"""The tabs of a case, in their order: the one table of them.

The word of a tab is its address, the name of its module (`tabs/<word>.py`, which hands in its TabView) and that of its
template (`templates/case_page/tabs/<word>.html`).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.sections import Part, Topic, part_of


class Tab(TextChoices):
    OVERVIEW = Part.OVERVIEW, Part.OVERVIEW.words
    REQUIREMENTS = "requirements", _("Requirements")
    COMPANY = Part.COMPANY, Part.COMPANY.words
    OWNERSHIP = Part.OWNERSHIP, Part.OWNERSHIP.words
    PEOPLE = Part.PEOPLE, Part.PEOPLE.words
    SCREENING = Part.SCREENING, Part.SCREENING.words
    RISK = "risk", _("Risk")
    FINANCIALS = Part.FINANCIALS, Part.FINANCIALS.words
    DOCUMENTS = Part.DOCUMENTS, Part.DOCUMENTS.words
    DECISION = "decision", _("Decision")
    TIMELINE = Part.TIMELINE, Part.TIMELINE.words


class SealedTab(TextChoices):
    """Tabs of those entitled: for anybody else there is no such tab, and its address is none of ours."""

    SUSPICION = "suspicion", _("Suspicion")


AnyTab = Tab | SealedTab
EVERY_TAB: tuple[AnyTab, ...] = (*Tab, *SealedTab)


# Where each of the six verdicts is read.
TOPICS: dict[Topic, Tab] = {
    Topic.IDENTITY: Tab.COMPANY,
    Topic.OWNERS: Tab.OWNERSHIP,
    Topic.AUTHORITY: Tab.PEOPLE,
    Topic.SANCTIONS: Tab.SCREENING,
    Topic.PEP: Tab.SCREENING,
    Topic.DOCUMENTS: Tab.DOCUMENTS,
}


def tab_of(place: str) -> Tab:
    """The tab on which a place of the result, such as `ownership.shareholders[0]`, is read."""
    return Tab(part_of(place))
