"""What a case is found by, as rows; how they are searched is in search_index.py."""

from __future__ import annotations

from django.db import models

from cases.findings.search import searchable
from cases.findings.search.searchable import Entry
from cases.models.casework.case import Case
from cases.models.casework.organisation import IdentifierKind


class CaseSearch(models.Model):
    """What a case is found by: derived, and made anew at any time (workflows/results/searching.py).

    Indexes are made by a migration: on PostgreSQL over an expression, on SQLite as a table that triggers keep.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="search")
    # What the newest result tells: [text, [what it is, …]], as findings/search/searchable.py has them.
    stated = models.JSONField(default=list)
    # What its firm is known by besides, as captures taught: the same form.
    known_as = models.JSONField(default=list)
    # Every word of these and of own_entries() once, parted by spaces.
    words = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"search of {self.case_id}"


def own_entries(case: Case) -> list[Entry]:
    """The entries that a case is found by whatever its results tell: its references, number and name."""
    about = case.organisation
    own = (
        (searchable.REFERENCE, case.reference),
        (searchable.DUNS if about.kind == IdentifierKind.DUNS else searchable.NUMBER, about.number),
        (searchable.NAME, about.name),
        (searchable.CUSTOMER_REFERENCE, case.customer_reference),
    )
    return [(text, [what]) for what, text in own if text]
