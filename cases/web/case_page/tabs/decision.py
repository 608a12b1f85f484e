"""The decision of two: what is proposed, waits, was decided, and what it rests on."""

from cases.web.access import SignedInRequest
from cases.web.case_page.decision.decision_area import DecisionArea
from cases.web.case_page.decision.decision_form import DecisionForm, ReopenForm, SecondForm
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import Context, TabView
from cases.web.sign_in import typed


def _context(request: SignedInRequest, page: CasePage) -> Context:
    area = DecisionArea(page)
    if filled_in := typed.recall(request, "propose_decision"):
        area.form = DecisionForm(filled_in.data)
    if filled_in := typed.recall(request, "answer_decision"):
        area.answer = SecondForm(filled_in.data)
    if filled_in := typed.recall(request, "reopen_case"):
        area.reopen = ReopenForm(filled_in.data)
    return {"area": area}


VIEW = TabView(_context, shows_result=False)
