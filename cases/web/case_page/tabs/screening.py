"""What the search in lists of sanctions and of exposed persons found, and what people judge it to be."""

from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.screening.hit_lines import Shown
from cases.web.case_page.screening.judge_form import JudgeForm
from cases.web.case_page.screening.judging_area import HIT, SHOWN, JudgingArea
from cases.web.case_page.tab_view import Context, TabView
from cases.web.sign_in import typed


def _context(request: SignedInRequest, page: CasePage) -> Context:
    shown = request.GET.get(SHOWN, "")
    area = JudgingArea(page, request.GET.get(HIT, ""), Shown(shown) if shown in Shown.values else Shown.ALL)
    if filled_in := typed.recall(request, "judge_hit"):
        area.wanted = filled_in.data.get(HIT, "")
        area.form = JudgeForm(filled_in.data)
    return {"area": area}


VIEW = TabView(_context, badge="case_page/screening/_hit_count.html")
