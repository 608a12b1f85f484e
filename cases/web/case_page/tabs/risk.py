"""The risk class of the case: how it comes about, what is not known, and the questions that a person answers."""

from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.risk.answer_form import AnswerForm
from cases.web.case_page.risk.override_area import OverrideArea
from cases.web.case_page.risk.override_form import OverrideForm
from cases.web.case_page.risk.risk_area import RiskArea
from cases.web.case_page.tab_view import Context, TabView
from cases.web.sign_in import typed


def _context(request: SignedInRequest, page: CasePage) -> Context:
    area = RiskArea(page)
    if filled_in := typed.recall(request, "answer_risk"):
        area.form = AnswerForm(filled_in.data)
    if area.present and (filled_in := typed.recall(request, "override_risk")):
        area.override = OverrideArea(page, area.present, form=OverrideForm(filled_in.data))
    return {"area": area}


VIEW = TabView(_context, badge="case_page/risk/_question_count.html")
