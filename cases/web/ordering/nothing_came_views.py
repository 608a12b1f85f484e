"""A case of which nothing usable came: correct the number, or withdraw the case."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models import Case
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import CasePage
from cases.web.case_page.render import page_for
from cases.web.case_page.tab_names import Tab
from cases.web.ordering.nothing_came_forms import CorrectForm, WithdrawForm
from cases.web.sign_in import typed
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.ordering import correcting
from cases.workflows.ordering.ordered_lately import OrderedLately
from cases.workflows.ordering.session_requests import NotPossible, ResultRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required([Perm.CHANGE_CASE, Perm.CAPTURE_CASE], raise_exception=True)
@of_open_cases
@typed.comes_back_filled_in("correct_number")
def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put the right number in the place of a wrong one, and order what was ordered."""
    page = _page(request, reference)
    if not page.came_to_nothing or page.newest is None:
        return _too_late(request, page.case)
    form = CorrectForm(typed.sent_or_recalled(request, "correct_number"), page.case)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not form.is_of_now:
        return _too_late(request, page.case)
    if is_sent and form.number is not None and form.is_confirmed:
        try:
            correcting.correct_number(
                page.case,
                page.case.organisation.identifier,
                form.number,
                ResultRequest.of(page.newest),
                request.user,
                again_reason=form.cleaned_data["again_reason"],
            )
        except NotPossible:
            return _too_late(request, page.case)
        except OrderedLately:  # since the form looked
            form = CorrectForm(request.POST, page.case)
            return _correct_page(request, page, form)
        messages.success(request, _("The number is corrected, and the provider is being asked."))
        return redirect("case", reference)
    return _correct_page(request, page, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(Perm.CHANGE_CASE, raise_exception=True)
@of_open_cases
@typed.comes_back_filled_in("withdraw_case")
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Close the case, with the reason."""
    page = _page(request, reference)
    form = WithdrawForm(typed.sent_or_recalled(request, "withdraw_case"))
    if not page.came_to_nothing:
        return _too_late(request, page.case)
    if request.method == "POST" and form.is_valid():
        try:
            correcting.withdraw(page.case, form.cleaned_data["reason"], request.user)
        except NotPossible:
            return _too_late(request, page.case)
        messages.success(request, _("%(case)s is withdrawn.") % {"case": page.case})
        return redirect("case", reference)
    return render(request, "ordering/withdraw.html", {"case": page.case, "nav": "cases", "form": form})


def _page(request: SignedInRequest, reference: str) -> CasePage:
    page = page_for(request, reference, Tab.OVERVIEW)
    if page.case.is_closed:
        raise CaseIsClosed(reference)
    return page


def _correct_page(request: SignedInRequest, page: CasePage, form: CorrectForm) -> HttpResponse:
    context = {"page": page, "case": page.case, "nav": "cases", "form": form, "ask": form.is_valid()}
    return render(request, "ordering/correct_number.html", context)


def _too_late(request: SignedInRequest, case: Case) -> HttpResponseRedirect:
    text = _(
        "This is possible only while nothing that can be used is captured and no order is under way. Nothing was done."
    )
    messages.warning(request, text)
    return redirect("case", case.reference)
