"""Doors: who may see what. Everything that shows a case gets it here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases.models import Case, User
from cases.workflows.closed import CaseIsClosed


class SignedInRequest(HttpRequest):
    """A request that the login middleware let through."""

    user: User


def case_for(user: User, reference: str) -> Case:
    """The case, if this person may see it. Raises Http404 otherwise: whether it exists is not told."""
    if not user.has_perm("cases.view_case"):
        raise Http404(_("There is no such case, or you may not see it."))
    case = (
        Case.objects.select_related("organisation", "assignee", "opened_by")
        .filter(reference=reference)
        .first()
    )
    if case is None:
        raise Http404(_("There is no such case, or you may not see it."))
    return case


View = Callable[..., HttpResponse]


def of_open_cases(view: View) -> View:
    """Lead back to the case, and say so, where a closed one was to be changed."""

    @wraps(view)
    def guarded(request: SignedInRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, reference, *args, **kwargs)
        except CaseIsClosed:
            messages.warning(request, _("The case was withdrawn. It can be read; nothing was done."))
            return redirect("case", reference)

    return guarded
