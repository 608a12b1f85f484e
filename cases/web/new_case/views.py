"""Opening a case."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.models.people.permissions import Perm
from cases.provider.numbers.identifiers import LONGEST_INPUT
from cases.provider.numbers.typed_number import looks_personal
from cases.web.access import SignedInRequest
from cases.web.new_case.forms import NewCaseForm
from cases.web.sign_in import typed
from cases.web.sign_in.typed import Typed
from cases.workflows.casework import cases as workflow
from cases.workflows.ordering.ordered_lately import OrderedLately

ABOUT = "new_case_about"


@permission_required(Perm.OPEN_CASE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@typed.comes_back_filled_in("new_case")
def new_case(request: SignedInRequest) -> HttpResponse:
    """Show the form of a new case, and open the case once the warnings were shown and confirmed."""
    if request.method != "POST":
        form = _served(request)
        return _page(request, form, ask=form.is_valid())
    form = NewCaseForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    already = form.opened
    if already is not None:
        messages.info(request, _("This form had opened the case already. Nothing was opened twice."))
        return redirect("case", already.reference)
    if not form.is_confirmed:
        return _page(request, form, ask=True)
    assignee = request.user if form.cleaned_data["mine"] else None
    try:
        case = workflow.open_case(form.new_case(), request.user, assignee)
    except OrderedLately:  # since the form looked
        return _page(request, NewCaseForm(request.POST))
    messages.success(
        request, _("%(case)s is opened, and the provider is being asked.") % {"case": case.reference}
    )
    return redirect("case", case.reference)


@permission_required(Perm.OPEN_CASE, raise_exception=True)
@require_POST
def about(request: SignedInRequest) -> HttpResponse:
    """Lead to the form of a new case with the number of an organisation filled in. Nothing is opened, nothing ordered.

    By POST, so that no number stands in an address; one of a person is not taken along.
    """
    page = reverse("new_case")
    number = {name: [request.POST.get(name, "")[:LONGEST_INPUT]] for name in ("country", "identifier")}
    if looks_personal(number["identifier"][0]):
        return redirect(page)
    return redirect(
        typed.address_with(page, typed.remember(request.session, Typed(ABOUT, number, was_sent=False)))
    )


@permission_required(Perm.OPEN_CASE, raise_exception=True)
@require_POST
def check(request: SignedInRequest) -> HttpResponse:
    """Say at once what is to be known of the number typed so far. By POST: numbers can be those of persons."""
    form = NewCaseForm(request.POST)
    form.is_valid()
    form.errors.pop("again_reason", None)  # it was just asked for
    # Buttons that stay as they are are not replaced under somebody's finger.
    keeps_buttons = request.POST.get("offered") == (form.offered.reference if form.offered else "")
    return render(
        request, "new_case/_notes.html", {"form": form, "live": True, "keeps_buttons": keeps_buttons}
    )


def _served(request: SignedInRequest) -> NewCaseForm:
    """The form as it was filled in, with the number of an organisation that somebody came from, or empty."""
    if found := typed.recall(request, ABOUT):
        return NewCaseForm(initial=found.data.dict())
    return typed.as_filled_in(NewCaseForm, typed.recall(request, "new_case"))


def _page(request: SignedInRequest, form: NewCaseForm, *, ask: bool = False) -> HttpResponse:
    return render(request, "new_case/new_case.html", {"nav": "new_case", "form": form, "ask": ask})
