"""The risk class of the case: how it comes about, what is not known, and the questions that a person answers."""

from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.risk.risk_area import RiskArea
from cases.web.case_page.tab_view import Context, TabView


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return {"area": RiskArea(page)}


VIEW = TabView(_context)
