"""The tabs of a case, in their order."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tab(TextChoices):
    OVERVIEW = "overview", _("Overview")
    COMPANY = "company", _("Company")
    OWNERSHIP = "ownership", _("Ownership")
    PEOPLE = "people", _("People and authority")
    SCREENING = "screening", _("Screening")
    FINANCIALS = "financials", _("Financials")
    DOCUMENTS = "documents", _("Documents")
    TIMELINE = "timeline", _("Timeline")


# The chapters of a result by the beginning of their place in it, and where each is read.
CHAPTERS: dict[str, Tab] = {
    "ownership": Tab.OWNERSHIP,
    "roles": Tab.PEOPLE,
    "authorities": Tab.PEOPLE,
    "sanction": Tab.SCREENING,
    "financials": Tab.FINANCIALS,
    "documents": Tab.DOCUMENTS,
}


def tab_of(place: str) -> Tab:
    """Where a place of the result, such as `ownership.shareholders[0]`, is read."""
    return CHAPTERS.get(place.partition(".")[0].partition("[")[0], Tab.COMPANY)
