"""The tabs of a case, in their order: the one table of them.

The word of a tab is its address, the name of its module (`tabs/<word>.py`, which hands in its TabView) and that of its
template (`templates/case_page/tabs/<word>.html`).
"""

from django.db.models import TextChoices

from cases.findings.vocabulary.caution_codes import Topic
from cases.findings.vocabulary.chapters import PARTS, part_of


class Tab(TextChoices):
    OVERVIEW = "overview", PARTS["overview"]
    COMPANY = "company", PARTS["company"]
    OWNERSHIP = "ownership", PARTS["ownership"]
    PEOPLE = "people", PARTS["people"]
    SCREENING = "screening", PARTS["screening"]
    FINANCIALS = "financials", PARTS["financials"]
    DOCUMENTS = "documents", PARTS["documents"]
    TIMELINE = "timeline", PARTS["timeline"]


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
    """Where a place of the result, such as `ownership.shareholders[0]`, is read."""
    return Tab(part_of(place))
