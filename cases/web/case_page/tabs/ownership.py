"""Owners, beneficial owners and subsidiaries, with what people concluded and the chart of the structure."""

from cases.web.access import SignedInRequest
from cases.web.case_page.ownership import chart
from cases.web.case_page.ownership.conclusion_form import forms_of, unfinished
from cases.web.case_page.ownership.conclusions_area import ConclusionsArea
from cases.web.case_page.ownership.confirm_form import meant_for_all
from cases.web.case_page.ownership.no_owner import NoOwner
from cases.web.case_page.ownership.related_area import RelatedArea
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import Context, TabView
from cases.web.sign_in import typed


def tab_context(page: CasePage, area: ConclusionsArea) -> Context:
    """What the tab is given, with its area of conclusions."""
    return {**chart.of_tab(page), "area": area, "no_owner": NoOwner(area), "related": RelatedArea(page)}


def _context(request: SignedInRequest, page: CasePage) -> Context:
    area = ConclusionsArea(page)
    if filled_in := typed.recall(request, "conclude_owners"):
        read = forms_of if filled_in.was_sent else unfinished
        area.forms, area.confirm = read(filled_in.data), meant_for_all(filled_in.data)
    return tab_context(page, area)


VIEW = TabView(_context, badge="case_page/ownership/_open_count.html")
