"""Write a note of suspicion: one form, sent whole. For who may not see suspicion there is no such address."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models import SuspicionConclusion
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.render import page_for, require_tab, show
from cases.web.case_page.suspicion.suspicion_area import area_for
from cases.web.case_page.suspicion.suspicion_form import SuspicionForm
from cases.web.case_page.tab_names import SealedTab
from cases.workflows.casework import suspicion


def note(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep a note; what cannot be kept is shown with what is wrong, and what was filled in."""
    require_tab(request, SealedTab.SUSPICION)  # before the method is looked at
    return _note(request, reference)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def _note(request: SignedInRequest, reference: str) -> HttpResponse:
    page = page_for(request, reference, SealedTab.SUSPICION)
    if request.method != "POST":
        return redirect(address(page.case, SealedTab.SUSPICION))
    form = SuspicionForm(request.POST)
    if not form.is_valid():
        return _refused(request, page, form)
    data = form.cleaned_data
    suspicion.note(
        page.case, data["words"], SuspicionConclusion(data["conclusion"]), request.user, data["submission"]
    )
    messages.success(request, _("It is kept."))
    return redirect(address(page.case, SealedTab.SUSPICION))


def _refused(request: SignedInRequest, page: CasePage, form: SuspicionForm) -> HttpResponse:
    """Show the tab with what was filled in."""
    area = area_for(request, page, form.to_send_again())
    shown = show(request, page, tab_context={"area": area})
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown
