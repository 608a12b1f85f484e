"""Record a search of parties elsewhere, or take one back: one form, sent whole."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.requirements.requirement_list import own_address
from cases.web.case_page.requirements.requirements_area import RequirementsArea
from cases.web.case_page.requirements.search_form import SearchForm
from cases.web.case_page.tab_names import Tab
from cases.web.files_of_people import takes_a_file
from cases.workflows.casework.requirements import party_searching
from cases.workflows.casework.requirements.stated import NotStated
from cases.workflows.casework.requirements.stating import Refused
from cases.workflows.policy.versions import NothingInForce


@takes_a_file
@permission_required(Perm.MEET_REQUIREMENT, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def record(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep a search; what cannot be kept is shown with what is wrong, and what was filled in."""
    page = page_for(request, reference, Tab.REQUIREMENTS)
    if request.method != "POST":
        return redirect(address(page.case, Tab.REQUIREMENTS))
    form = SearchForm(request.POST, request.FILES)
    if not form.is_valid():
        problem = (
            "" if form.is_complete else _("The form was incomplete. Nothing was kept yet; send it once more.")
        )
        return _refused(request, reference, form, problem)
    try:
        party_searching.record(
            page.case,
            form.seen,
            form.draft,
            request.user,
            form.cleaned_data["submission"],
            upload=form.upload,
        )
    except Refused as refused:
        form.refuse(refused.objections)
        return _refused(request, reference, form)
    except NotStated as refused:
        return _refused(request, reference, form, refused.words, is_overtaken=True)
    except NothingInForce:
        return redirect(address(page.case, Tab.REQUIREMENTS))  # which says so
    messages.success(request, _("The search is kept."))
    return redirect(own_address(page.case, form.cleaned_data["on"]))


def _refused(
    request: SignedInRequest,
    reference: str,
    form: SearchForm,
    problem: str | Promise = "",
    *,
    is_overtaken: bool = False,
) -> HttpResponse:
    """Show the parties as they stand now, with what was filled in."""
    page = page_for(request, reference, Tab.REQUIREMENTS)
    known = page.requirements.covered if page.requirements else {}
    wanted = request.POST.get("on", "")
    wanted = wanted if wanted in known else next(iter(known), "")
    area = RequirementsArea(page, wanted, search_form=form, search_problem=problem)
    if area.present is not None and (is_overtaken or not form.is_complete):
        area.search_form = form.to_send_again(wanted, area.present)
    shown = show(request, page, tab_context={"area": area})
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown
