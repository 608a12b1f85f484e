"""What people change of a case: what it says of the work, and who has it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, case_for, of_open_cases
from cases.web.case_changes.change_form import ChangeForm
from cases.web.sign_in import typed
from cases.workflows.casework import changing, recusing
from cases.workflows.locks.open_case import CaseIsClosed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(Perm.CHANGE_CASE, raise_exception=True)
@of_open_cases
@typed.comes_back_filled_in("change_case")
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change what the form says. If somebody else was faster, say what changed and keep what was typed."""
    case = case_for(request, reference)
    if case.is_closed:
        raise CaseIsClosed(reference)
    form = ChangeForm(typed.sent_or_recalled(request, "change_case"), case, request.user)
    if form.is_valid() and request.method != "POST":
        form.refuse_if_stale()
    elif form.is_valid() and not form.must_warn:
        try:
            changed = changing.change(case, form.cleaned_data["seen"], form.wanted, request.user)
        except changing.Stale as stale:
            form.refuse_stale(stale.now)
        except changing.NotTheirs:
            text = _("The case cannot be given to this person, or is no longer yours to give.")
            messages.warning(request, text)
        except recusing.IsRecused as recused:
            messages.warning(request, str(recused.words))
        else:
            messages.success(request, _("The case is changed.") if changed else _("Nothing was changed."))
            return redirect("case", reference)
    return render(request, "case_changes/change.html", {"case": case, "nav": "cases", "form": form})


@require_POST
@permission_required(Perm.CHANGE_CASE, raise_exception=True)
@of_open_cases
def hand_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Hand back a case that the user has, so that it is assigned to nobody."""
    case = case_for(request, reference)
    if changing.hand_back(case, request.user):
        messages.success(request, _("%(case)s is handed back. Anybody may take it.") % {"case": case})
    else:
        messages.warning(request, _("The case is not yours any more; nothing was done."))
    return redirect("case", reference)
