"""Let a case wait for information, and go on with it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Case
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, case_for, of_open_cases
from cases.web.case_changes.waiting_form import GoOnForm, WaitForm
from cases.web.sign_in import typed
from cases.workflows.casework import waiting
from cases.workflows.locks.open_case import CaseIsClosed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(Perm.CHANGE_CASE, raise_exception=True)
@of_open_cases
def wait(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let the case wait. If it was moved meanwhile, say so and keep what was typed."""
    case = case_for(request, reference)
    if case.is_closed:
        raise CaseIsClosed(reference)
    form = WaitForm(typed.sent_or_recalled(request, "wait_for_information"))
    if request.method == "POST":
        return _sent(request, case, form)
    if why := waiting.why_not(case):
        if not form.is_bound:
            messages.warning(request, str(why))
            return redirect("case", reference)
        form.add_error(None, str(why))
    return _page(request, case, form, HTTPStatus.OK)


def _sent(request: SignedInRequest, case: Case, form: WaitForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        waiting.wait(case, form.wanted, request.user)
    except waiting.CannotWait as refused:
        form.add_error(None, str(refused.words))
        return _page(request, case, form, HTTPStatus.CONFLICT)
    messages.success(request, _("%(case)s waits for information.") % {"case": case})
    return redirect("case", case.reference)


def _page(request: SignedInRequest, case: Case, form: WaitForm, status: HTTPStatus) -> HttpResponse:
    context = {"case": case, "nav": "cases", "form": form}
    return render(request, "case_changes/wait.html", context, status=status)


@require_POST
@permission_required(Perm.CHANGE_CASE, raise_exception=True)
@of_open_cases
def go_on(request: SignedInRequest, reference: str) -> HttpResponse:
    """Go on with a case that waits for what the page showed."""
    case, seen = case_for(request, reference), GoOnForm(request.POST).seen
    try:
        waiting.go_on(case, seen, request.user)
    except waiting.NotWaiting as refused:
        messages.warning(request, str(refused.words))
    else:
        messages.success(request, _("%(case)s goes on.") % {"case": case})
    return redirect("case", reference)
