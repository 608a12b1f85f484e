"""Propose a decision, withdraw it, countersign it or send it back, and reopen a case. Each is a form sent whole."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.findings.vocabulary.wording import Words
from cases.models import SecondState
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.decision.decision_area import DecisionArea
from cases.web.case_page.decision.decision_form import DecisionForm, ReopenForm, SecondForm, form_shows
from cases.web.case_page.page import address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework.decisions import countersigning, proposing, reopening
from cases.workflows.casework.decisions.refused import NotDecided, Refused
from cases.workflows.locks.open_case import CaseIsClosed

SEND_BACK = "send_back"
DOES = ("countersign", SEND_BACK)
CLOSED = gettext_lazy("The case was closed meanwhile. Nothing was kept; what you wrote stands below.")


@permission_required(Perm.PROPOSE_DECISION, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """Propose a decision; what cannot be proposed is shown with what is wrong, and what was filled in."""
    page = page_for(request, reference, Tab.DECISION)
    tab = address(page.case, Tab.DECISION)
    if request.method != "POST":
        return redirect(tab)
    form = DecisionForm(request.POST)
    area = DecisionArea(page, form=form)
    if not form.is_valid():
        if not form.is_complete:
            area.problem = _("The form was incomplete. Nothing was kept yet; send it once more.")
            area.form = form.to_send_again(form_shows(*area.seen))
        return _refused(request, area)
    try:
        proposing.propose(page.case, form.seen, form.draft, request.user, form.cleaned_data["submission"])
    except Refused as refused:
        form.refuse(refused.objections)
        area.refused_for = refused.blocking
        return _refused(request, area)
    except NotDecided as refused:
        return _overtaken(request, reference, refused.words, form)
    except CaseIsClosed:
        return _overtaken(request, reference, CLOSED, form)
    messages.success(request, _("It is proposed. Another person must countersign it."))
    return redirect(tab)


@permission_required(Perm.PROPOSE_DECISION, raise_exception=True)
@require_POST
@never_cache
@of_open_cases
def withdraw(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Withdraw one's own proposal. `number` is that of the proposal."""
    page = page_for(request, reference, Tab.DECISION)
    try:
        proposing.withdraw(page.case, number, request.user)
    except NotDecided as refused:
        messages.error(request, str(refused.words))
    else:
        messages.success(request, _("The proposal is withdrawn. What you wrote is kept in the form."))
    return redirect(address(page.case, Tab.DECISION))


@permission_required(Perm.COUNTERSIGN_DECISION, raise_exception=True)
@require_POST
@never_cache
@of_open_cases
def answer(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Countersign a proposal, or send it back with words. `number` is that of the proposal."""
    page = page_for(request, reference, Tab.DECISION)
    form = SecondForm(request.POST)
    area = DecisionArea(page, answer=form)
    if not form.is_valid():
        return _refused(request, area)
    data, do = form.cleaned_data, request.POST.get("do")
    if do not in DOES:
        area.problem = _("The form was incomplete. Nothing was kept yet; send it once more.")
        return _refused(request, area)
    sends_back = do == SEND_BACK
    if not sends_back and not data["is_read"]:
        form.add_error("is_read", _("Say that you have read it."))
        return _refused(request, area)
    try:
        if sends_back:
            made = countersigning.send_back(page.case, number, data["digest"], data["words"], request.user)
        else:
            made = countersigning.countersign(page.case, number, data["digest"], request.user, data["words"])
    except NotDecided as refused:
        return _overtaken(request, reference, refused.words, form)
    except CaseIsClosed:
        return _overtaken(request, reference, CLOSED, form)
    is_made = made.second_state == SecondState.CONFIRMED
    messages.success(request, _("The case is decided.") if is_made else _("The proposal is sent back."))
    return redirect(address(page.case, Tab.DECISION))


@permission_required(Perm.REOPEN_CASE, raise_exception=True)
@require_POST
@never_cache
def reopen(request: SignedInRequest, reference: str) -> HttpResponse:
    """Reopen a case that was decided, with a reason."""
    page = page_for(request, reference, Tab.DECISION)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _refused(request, DecisionArea(page, reopen=form))
    try:
        reopening.reopen(page.case, form.cleaned_data["reason"], request.user)
    except NotDecided as refused:
        return _overtaken(request, reference, refused.words, form)
    messages.success(request, _("The case is reopened."))
    return redirect(address(page.case, Tab.DECISION))


def _overtaken(
    request: SignedInRequest, reference: str, problem: Words, form: DecisionForm | SecondForm | ReopenForm
) -> HttpResponse:
    """Show the tab as it is now to who saw something else, with what was filled in, to be sent anew."""
    area = DecisionArea(page_for(request, reference, Tab.DECISION), problem=problem)
    if isinstance(form, DecisionForm):
        area.form = form.to_send_again(form_shows(*area.seen))
    elif isinstance(form, SecondForm):
        area.answer = form.to_send_again(area.awaited.digest if area.awaited else "")
    else:
        area.reopen = form
    return _refused(request, area)


def _refused(request: SignedInRequest, area: DecisionArea) -> HttpResponse:
    """Show the tab as it is now, with what was filled in."""
    shown = show(request, area.page, tab_context={"area": area})
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown
