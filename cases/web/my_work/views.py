"""My work, and taking cases."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, case_for, of_open_cases
from cases.web.case_page.tab_names import Tab
from cases.web.my_work.to_confirm import MOST_SHOWN, decisions_to_countersign, to_confirm
from cases.web.my_work.work_groups import work_groups_of
from cases.workflows.casework import cases as workflow
from cases.workflows.casework.recusing import IsRecused


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """Show My work, the first page. Who may not see cases is led to the provider's page, if they may see that."""
    if not request.user.has_perm(Perm.VIEW_CASE):
        if request.user.has_perm(Perm.VIEW_PROVIDER):
            return redirect("provider")
        raise PermissionDenied
    context = {
        "nav": "my_work",
        "work": work_groups_of(request.user),
        "to_confirm": to_confirm(request.user),
        "most_to_confirm": MOST_SHOWN,
    }
    return render(request, "my_work/my_work.html", context)


@permission_required(Perm.VIEW_CASE, raise_exception=True)
@require_safe
def my_work_changes(request: SignedInRequest) -> HttpResponse:
    """What has changed on My work since a browser asked last; 204 if nothing has and results are awaited.

    States change in their place. Cases do not move under the reader: that they would is said, with a link.
    """
    work = work_groups_of(request.user)
    if work.is_waiting and (request.GET.get("order"), request.GET.get("standing")) == (
        work.order_mark,
        work.state_mark,
    ):
        return HttpResponse(status=204)
    return render(
        request,
        "my_work/_changes.html",
        {
            "work": work,
            "rows": work.rows_of(request.GET.get("shown", "")),
            "first": request.GET.get("shown", "").partition(".")[0],
            "moved": request.GET.get("order") != work.order_mark,
        },
    )


@permission_required(Perm.COUNTERSIGN_DECISION, raise_exception=True)
@require_safe
def countersign_next(request: SignedInRequest) -> HttpResponse:
    """Lead to the most pressing proposal of somebody else; nothing is taken by it."""
    row = decisions_to_countersign(request.user).first()
    if row is None:
        messages.info(request, _("Nothing waits for your countersignature."))
        return redirect("my_work")
    return redirect("case_tab", row.case.reference, Tab.DECISION)


@permission_required(Perm.TAKE_CASE, raise_exception=True)
@require_POST
def take_next(request: SignedInRequest) -> HttpResponse:
    case = workflow.take_next(request.user)
    if case is None:
        messages.info(request, _("There is no unassigned case left to take."))
        return redirect("my_work")
    return redirect("case", case.reference)


@permission_required(Perm.TAKE_CASE, raise_exception=True)
@require_POST
@of_open_cases
def take(request: SignedInRequest, reference: str) -> HttpResponse:
    case = case_for(request, reference)
    try:
        is_theirs = workflow.take(case, request.user)
    except IsRecused as recused:
        messages.warning(request, str(recused.words))
        return redirect("case", case.reference)
    if not is_theirs:
        case.refresh_from_db(fields=["assignee"])
        messages.warning(
            request, _("%(person)s was faster and has %(case)s.") % {"person": case.assignee, "case": case}
        )
    return redirect("case", case.reference)
