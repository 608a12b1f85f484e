"""What a complete case must show: every requirement, how it stands, and what people said of it."""

from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.requirements.requirement_list import ON
from cases.web.case_page.requirements.requirements_area import RequirementsArea
from cases.web.case_page.requirements.search_form import SearchForm
from cases.web.case_page.requirements.statement_form import StatementForm
from cases.web.case_page.tab_view import Context, TabView
from cases.web.sign_in import typed


def _context(request: SignedInRequest, page: CasePage) -> Context:
    area = RequirementsArea(page, request.GET.get(ON, ""))
    if filled_in := typed.recall(request, "state_requirement"):
        area.wanted = filled_in.data.get("requirement", "")
        area.form = StatementForm(filled_in.data)
    if filled_in := typed.recall(request, "record_search"):
        area.wanted = filled_in.data.get("on", "")
        area.search_form = SearchForm(filled_in.data)
    return {"area": area}


VIEW = TabView(_context, shows_result=False)
