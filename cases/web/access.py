"""Who may see a case. Everything that shows one gets it here, and here it is recorded that a person opened it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, User
from cases.models.people.permissions import Perm
from cases.presentation import closed_words
from cases.web import visits
from cases.workflows.casework import cases as workflow
from cases.workflows.locks.open_case import CaseIsClosed


class SignedInRequest(HttpRequest):
    """A request that the login middleware let through."""

    user: User


def case_for(
    request: SignedInRequest, reference: str, *, is_opening: bool = False, is_poll: bool = False
) -> Case:
    """The case, if this person may see it. Raises Http404 otherwise: whether it exists stays unsaid.

    That it was opened is kept: once as long as this browser session has it open, or each time with `is_opening`. What
    a page asks by itself (`is_poll`) opens nothing until something is shown: then the view calls `opened`.
    """
    user = request.user
    if not user.has_perm(Perm.VIEW_CASE):
        raise Http404(_("There is no such case, or you may not see it."))
    case = (
        Case.objects.select_related("organisation", "assignee", "opened_by")
        .filter(reference=reference)
        .first()
    )
    if case is None:
        raise Http404(_("There is no such case, or you may not see it."))
    if not is_poll:
        opened(request, case, is_anew=is_opening)
    return case


def opened(request: SignedInRequest, case: Case, *, is_anew: bool = False) -> None:
    """Record that this person opens the case, unless this browser session has it open with its present results."""
    now = timezone.now()
    if is_anew or not visits.is_open(request.session, case, now):
        workflow.opened(case, request.user)
        visits.remember(request.session, case, now)


View = Callable[..., HttpResponse]


def of_open_cases(view: View) -> View:
    """Decorate a view that changes a case: if the case is closed, lead back to it and say so."""

    @wraps(view)
    def guarded(request: SignedInRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, reference, *args, **kwargs)
        except CaseIsClosed:
            messages.warning(request, closed_words.nothing_done(Case.objects.get(reference=reference)))
            return redirect("case", reference)

    return guarded
