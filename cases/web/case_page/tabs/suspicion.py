"""The tab Suspicion, for those entitled alone: the notes, their form, and who opened them."""

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.suspicion.suspicion_area import area_for
from cases.web.case_page.tab_view import Context, TabView


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return {"area": area_for(request, page)}


def _mark(page: CasePage) -> str:
    """Nothing of it is brought up to date while somebody writes."""
    return "1"


VIEW = TabView(_context, _mark, shows_result=False, permission=Perm.SEE_SUSPICION)
