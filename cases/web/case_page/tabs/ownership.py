"""Owners, beneficial owners and subsidiaries, with the chart of the structure."""

from cases.web.access import SignedInRequest
from cases.web.case_page.ownership import chart
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import Context, TabView


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return chart.of_tab(page)


VIEW = TabView(_context)
