"""Recuse oneself from a case."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, case_for, of_open_cases
from cases.web.sign_in import typed
from cases.web.words_field import WordsField
from cases.workflows.casework import recusing
from cases.workflows.locks.open_case import CaseIsClosed


class RecuseForm(forms.Form):
    """Why a person has nothing more to do with a case."""

    reason = WordsField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It stays with the case and in the audit trail, under your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why you are recused.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(Perm.CHANGE_CASE, raise_exception=True)
@of_open_cases
def recuse(request: SignedInRequest, reference: str) -> HttpResponse:
    """Recuse the user from the case, with the reason."""
    case = case_for(request, reference)
    if case.is_closed:
        raise CaseIsClosed(reference)
    if recusing.is_recused(case, request.user):
        messages.info(request, str(recusing.YOU_ARE))
        return redirect("case", reference)
    form = RecuseForm(typed.sent_or_recalled(request, "recuse"))
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        recusing.recuse(case, form.cleaned_data["reason"], request.user)
        messages.success(request, _("You are recused from %(case)s.") % {"case": case})
        return redirect("case", reference)
    return render(
        request,
        "case_changes/recuse.html",
        {"case": case, "nav": "cases", "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK,
    )
