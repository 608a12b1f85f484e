"""Doors: who may see what. Everything that shows a case gets it here."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cases.models import Case, User


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
