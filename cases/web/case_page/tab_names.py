"""The tabs of a case, in their order."""

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


# The tabs that show what the JSON result says.
OF_THE_RESULT = {Tab.OVERVIEW, Tab.COMPANY, Tab.OWNERSHIP, Tab.PEOPLE, Tab.SCREENING, Tab.FINANCIALS}

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
