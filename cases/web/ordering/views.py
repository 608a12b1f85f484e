"""What a person may do about captures. Each says first what it costs, and each is done by a POST."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import AmlSession, Case
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import CasePage
from cases.web.case_page.render import page_for
from cases.web.case_page.tab_names import Tab
from cases.web.ordering.again_form import WhyAgainForm
from cases.web.ordering.reorder_form import ReorderForm
from cases.web.ordering.stuck_choices import CHOICES
from cases.web.sign_in import typed
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.ordering import recapturing, session_requests
from cases.workflows.ordering.ordered_lately import OrderedLately
from cases.workflows.ordering.session_requests import NotPossible


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required(Perm.CAPTURE_CASE, raise_exception=True)
@of_open_cases
@typed.comes_back_filled_in("order_again")
def order(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what a new capture costs; when that is confirmed, order it once, however often it is sent."""
    page = page_for(request, reference, Tab.OVERVIEW)
    newest = page.newest
    if page.case.is_closed:
        raise CaseIsClosed(reference)
    if request.method != "POST":
        return render(request, "ordering/order.html", _context(page, form=_served(request, page)))
    if newest is not None and (not newest.is_ended or str(newest.number) != request.POST.get("after")):
        messages.info(request, _("A new capture was ordered already; nothing more was sent."))
        return _to_case(page.case)
    form = _form(page, request.POST)
    if not form.is_valid():
        return render(request, "ordering/order.html", _context(page, form=form))
    try:
        recapturing.order_new_capture(
            page.case,
            form.result_request(),
            request.user,
            again_reason=form.cleaned_data["again_reason"],
            is_missing_only=form.is_missing_only,
        )
    except OrderedLately:  # since the form looked
        return render(request, "ordering/order.html", _context(page, form=_form(page, request.POST)))
    messages.success(request, _("A new capture is ordered. Its results show here as they come."))
    return _to_case(page.case)


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required(Perm.CAPTURE_CASE, raise_exception=True)
@of_open_cases
@typed.comes_back_filled_in("resolve_capture")
def resolve(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the choices for a capture that does not go on by itself, with what each costs; do the one that is sent."""
    page = page_for(request, reference, Tab.OVERVIEW)
    newest = page.newest
    if page.case.is_closed:
        raise CaseIsClosed(reference)
    if newest is None:
        raise Http404(_("The case has no capture."))
    if request.method == "GET":
        return _choices(request, page, newest, typed.recall(request, "resolve_capture"))
    choice = CHOICES.get(request.POST.get("choice", ""))
    if choice is None or not newest.is_stuck or str(newest.number) != request.POST.get("capture"):
        messages.warning(request, _("The capture has changed meanwhile; nothing was done."))
        return _to_case(page.case)
    form = WhyAgainForm(request.POST)
    if choice.needs_reason and not form.is_valid():
        return _choices(request, page, newest, typed.read("resolve_capture", request.POST, was_sent=True))
    try:
        choice.resolve(newest, request.user, form.cleaned_data["again_reason"] if form.is_valid() else "")
    except NotPossible:
        messages.warning(request, _("The capture has changed meanwhile; nothing was done."))
    else:
        messages.success(request, str(choice.done))
    return _to_case(page.case)


def _choices(
    request: SignedInRequest, page: CasePage, newest: AmlSession, filled_in: typed.Typed | None
) -> HttpResponse:
    if not newest.is_stuck:
        return _to_case(page.case)
    choices = [(word, choice) for word, choice in CHOICES.items() if choice.suits(newest)]
    form = typed.as_filled_in(WhyAgainForm, filled_in)
    return render(request, "ordering/resolve.html", _context(page, choices=choices, form=form))


@require_POST
@never_cache
@permission_required(Perm.CAPTURE_CASE, raise_exception=True)
def poll_again(request: SignedInRequest, reference: str) -> HttpResponse:
    """Poll once more for what never came of one capture; pressed again while that goes on, nothing happens."""
    page = page_for(request, reference, Tab.OVERVIEW)
    number = request.POST.get("capture", "")
    found = next((session for session in page.sessions if str(session.number) == number), None)
    try:
        if found is None:
            raise NotPossible(number)
        session_requests.poll_again(found.pk, request.user)
    except (NotPossible, CaseIsClosed):
        messages.info(request, _("There is nothing to look for just now; nothing was done."))
    else:
        messages.success(request, _("The portal looks again. Nothing is ordered by that."))
    query = f"?session={found.number}" if found is not None and found is not page.newest else ""
    return redirect(f"{reverse('case_tab', args=[page.case.reference, Tab.OVERVIEW])}{query}")


def _context(page: CasePage, **more: object) -> dict[str, object]:
    return {"page": page, "case": page.case, "nav": "cases", **more}


def _form(page: CasePage, data: Any = None, promised: str = "", **initial: str) -> ReorderForm:
    return ReorderForm(data, case=page.case, sessions=page.sessions, promised=promised, initial=initial)


def _served(request: SignedInRequest, page: CasePage) -> ReorderForm:
    """The form as it was filled in before a sign-in, or with what the address asks for: `?what=missing`."""
    before = typed.recall(request, "order_again")
    if before is not None:
        return typed.as_filled_in(partial(ReorderForm, case=page.case, sessions=page.sessions), before)
    initial = {"language": page.newest.language} if page.newest else {}
    return _form(page, promised=request.GET.get("what", ""), **initial)


def _to_case(case: Case) -> HttpResponseRedirect:
    return redirect("case_tab", case.reference, Tab.OVERVIEW)
