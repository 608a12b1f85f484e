"""The tabs of a case, in their order."""

from django.db.models import TextChoices

from cases.findings.chapters import PARTS, part_of


class Tab(TextChoices):
    OVERVIEW = "overview", PARTS["overview"]
    COMPANY = "company", PARTS["company"]
    OWNERSHIP = "ownership", PARTS["ownership"]
    PEOPLE = "people", PARTS["people"]
    SCREENING = "screening", PARTS["screening"]
    FINANCIALS = "financials", PARTS["financials"]
    DOCUMENTS = "documents", PARTS["documents"]
    TIMELINE = "timeline", PARTS["timeline"]


def tab_of(place: str) -> Tab:
    """Where a place of the result, such as `ownership.shareholders[0]`, is read."""
    return Tab(part_of(place))
