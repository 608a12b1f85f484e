"""Say of a requirement that it is met, waive it, or take that back: one form, sent whole."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.requirements.requirement_list import own_address
from cases.web.case_page.requirements.requirements_area import RequirementsArea
from cases.web.case_page.requirements.statement_form import MoveForm, StatementForm
from cases.web.case_page.tab_names import Tab
from cases.web.files_of_people import takes_a_file
from cases.workflows.casework.requirements import moving_set, stating
from cases.workflows.casework.requirements.stated import NotStated
from cases.workflows.policy.versions import NothingInForce


@takes_a_file
@permission_required(Perm.MEET_REQUIREMENT, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def state(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep what a person says; what cannot be kept is shown with what is wrong, and what was filled in."""
    page = page_for(request, reference, Tab.REQUIREMENTS)
    if request.method != "POST":
        return redirect(address(page.case, Tab.REQUIREMENTS))
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        problem = (
            "" if form.is_complete else _("The form was incomplete. Nothing was kept yet; send it once more.")
        )
        return _refused(request, reference, form, problem)
    try:
        stating.state(
            page.case,
            form.seen,
            form.draft,
            request.user,
            form.cleaned_data["submission"],
            upload=form.upload,
        )
    except stating.Refused as refused:
        form.refuse(refused.objections)
        return _refused(request, reference, form)
    except NotStated as refused:
        return _refused(request, reference, form, refused.words, is_overtaken=True)
    except NothingInForce:
        return redirect(address(page.case, Tab.REQUIREMENTS))  # which says so
    messages.success(request, _("It is kept."))
    return redirect(own_address(page.case, form.cleaned_data["requirement"]))


@permission_required(Perm.MEET_REQUIREMENT, raise_exception=True)
@require_POST
@never_cache
@of_open_cases
def move(request: SignedInRequest, reference: str) -> HttpResponse:
    """Move the case to the requirement set in force; `seen` and `wanted` are the versions that the form showed."""
    page = page_for(request, reference, Tab.REQUIREMENTS)
    tab = address(page.case, Tab.REQUIREMENTS)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The form was incomplete. Nothing was kept yet; send it once more."))
        return redirect(tab)
    try:
        data = form.cleaned_data
        moving_set.move(page.case, data["seen"], data["wanted"], request.user, data["submission"])
    except NotStated as refused:
        messages.error(request, str(refused.words))
    except NothingInForce:
        return redirect(tab)  # which says so
    else:
        messages.success(request, _("The case is held by the requirement set in force."))
    return redirect(tab)


def _refused(
    request: SignedInRequest,
    reference: str,
    form: StatementForm,
    problem: str | Promise = "",
    *,
    is_overtaken: bool = False,
) -> HttpResponse:
    """Show the requirement as it is now, with what was filled in."""
    page = page_for(request, reference, Tab.REQUIREMENTS)
    area = RequirementsArea(page, request.POST.get("requirement", ""), form=form, problem=problem)
    if area.current is not None and (is_overtaken or not form.is_complete):
        area.form = form.to_send_again(area.current, area.newest)
    shown = show(request, page, tab_context={"area": area})
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown
