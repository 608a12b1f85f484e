"""Set the risk class of a case; confirm or send back how another person set it. Each is a form sent whole."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import RiskOverride
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.risk.override_area import OverrideArea
from cases.web.case_page.risk.override_form import OverrideForm, SecondForm
from cases.web.case_page.risk.risk_area import RiskArea
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework import overriding
from cases.workflows.casework.overriding import NotSet
from cases.workflows.casework.risk import CannotAssess
from cases.workflows.policy.versions import NothingInForce

PANEL = "override"


@permission_required(Perm.ASSESS_RISK, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def override(request: SignedInRequest, reference: str) -> HttpResponse:
    """Set the class; what cannot be set is shown with what is wrong, and what was filled in."""
    page = page_for(request, reference, Tab.RISK)
    if request.method != "POST":
        return redirect(address(page.case, Tab.RISK))
    form = OverrideForm(request.POST)
    if not form.is_valid():
        problem = (
            "" if form.is_complete else _("The form was incomplete. Nothing was kept yet; send it once more.")
        )
        return _refused(request, reference, form=form, problem=problem)
    try:
        row = overriding.override(page.case, form.wanted, request.user, form.cleaned_data["submission"])
    except NotSet as refused:
        return _refused(request, reference, form=form, problem=refused.words)
    except (CannotAssess, NothingInForce):
        return redirect(address(page.case, Tab.RISK))  # which says why there is no class
    messages.success(
        request,
        _("A second person must confirm it. Until then the class stays as it is.")
        if row.awaits_second
        else _("The class is set."),
    )
    return redirect(f"{address(page.case, Tab.RISK)}#{PANEL}")


@permission_required(Perm.CONFIRM_OVERRIDE, raise_exception=True)
@require_POST
@never_cache
@of_open_cases
def answer(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Confirm, or send back with words, how another person set the class. `number` is that of the override."""
    page = page_for(request, reference, Tab.RISK)
    row = RiskOverride.objects.filter(case=page.case, number=number).select_related("case", "by").first()
    if row is None:
        raise Http404(_("The case has no such override."))
    sends_back, form = "send_back" in request.POST, SecondForm(request.POST)
    if not form.is_valid():
        return _refused(request, reference, second=form)
    try:
        if sends_back:
            overriding.send_back(row, request.user, form.cleaned_data["words"])
        else:
            overriding.confirm(row, request.user)
    except NotSet as refused:
        return _refused(request, reference, second=form, problem=refused.words)
    except (CannotAssess, NothingInForce):
        return redirect(address(page.case, Tab.RISK))
    messages.success(request, _("It is sent back.") if sends_back else _("The class is confirmed."))
    return redirect(f"{address(page.case, Tab.RISK)}#{PANEL}")


def _refused(
    request: SignedInRequest,
    reference: str,
    form: OverrideForm | None = None,
    second: SecondForm | None = None,
    problem: str | Promise = "",
) -> HttpResponse:
    """Show the tab as it is now, with what was filled in."""
    page = page_for(request, reference, Tab.RISK)
    area = RiskArea(page)
    if area.present is not None:
        again = form.to_send_again(area.present) if form else None
        area.override = OverrideArea(page, area.present, form=again, second=second, problem=problem)
    shown = show(request, page, tab_context={"area": area})
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown
