"""Answer the questions of the risk model: one form, sent whole."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.risk.answer_form import AnswerForm
from cases.web.case_page.risk.risk_area import RiskArea
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework import answers, answers_given
from cases.workflows.policy.versions import NothingInForce


@permission_required(Perm.ASSESS_RISK, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def answer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep the answers; those that cannot be kept are shown with what is wrong."""
    page = page_for(request, reference, Tab.RISK)
    tab = address(page.case, Tab.RISK)
    if request.method != "POST":
        return redirect(tab)
    form = AnswerForm(request.POST)
    problem = str(_("The form was incomplete. Nothing was kept yet; send it once more."))
    if form.is_valid():
        data = form.cleaned_data
        try:
            answers.answer(page.case, data["seen"], form.answers, request.user, data["submission"])
        except answers.NotKept as refused:
            problem = str(refused.words)
        except NothingInForce:
            problem = str(_("No risk model is in force."))
        else:
            messages.success(request, _("The answers are kept."))
            return redirect(f"{tab}#questions")
    page = page_for(request, reference, Tab.RISK)
    area = RiskArea(page, form=form.to_send_again(answers_given.newest(page.case)), problem=problem)
    shown = show(request, page, tab_context={"area": area})
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown
