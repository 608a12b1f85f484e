"""Conclude who is a beneficial owner: one form with a part for each person, sent whole, kept whole or not at all."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.ownership.conclusion_form import ConclusionForm, SendingForm, forms_of
from cases.web.case_page.ownership.conclusions_area import ConclusionsArea
from cases.web.case_page.page import address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tabs.ownership import tab_context
from cases.web.files_of_people import takes_a_file
from cases.workflows.casework.attachments import NotTaken
from cases.workflows.casework.owners import concluding
from cases.workflows.casework.owners.concluding import seen_of

PANEL = "conclusions"


@takes_a_file
@permission_required(Perm.CONCLUDE_OWNER, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def conclude(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep the conclusions; what cannot be kept is shown with what is wrong, and what was filled in."""
    page = page_for(request, reference, Tab.OWNERSHIP)
    tab = address(page.case, Tab.OWNERSHIP)
    if request.method != "POST":
        return redirect(tab)
    forms, sending = forms_of(request.POST), SendingForm(request.POST, request.FILES)
    are_valid = [form.is_valid() for form in forms.values()]
    if not (all(are_valid) and sending.is_valid()):
        problem = " ".join(str(error) for error in sending.errors.get("attachment", ()))
        if not sending.is_complete:
            problem = _("The form was incomplete. Nothing was kept yet; send it once more.")
        return _refused(request, reference, forms, problem)
    try:
        made = concluding.conclude(
            page.case,
            [form.draft for form in forms.values()],
            request.user,
            sending.cleaned_data["submission"],
            upload=sending.upload,
        )
    except NotTaken as not_taken:
        return _refused(request, reference, forms, not_taken.words)
    except concluding.Refused as refused:
        for form in forms.values():
            form.refuse(refused.objections.get(form.key, ()))
        return _refused(request, reference, forms)
    except concluding.NotConcluded as refused:
        return _refused(request, reference, forms, refused.words, is_overtaken=True)
    words = ngettext("%(n)d conclusion is kept.", "%(n)d conclusions are kept.", len(made))
    messages.success(request, words % {"n": len(made)})
    return redirect(f"{tab}#{PANEL}")


def _refused(
    request: SignedInRequest,
    reference: str,
    forms: dict[str, ConclusionForm],
    problem: str | Promise = "",
    *,
    is_overtaken: bool = False,
) -> HttpResponse:
    """Show the tab as it is now, with what was filled in, as a sending of its own."""
    page = page_for(request, reference, Tab.OWNERSHIP)
    area = ConclusionsArea(page, forms=forms, problem=problem)
    area.sending = SendingForm(initial={"submission": uuid.uuid4()})
    if is_overtaken:
        area.forms = {key: _to_send_again(area, form) for key, form in forms.items()}
    shown = show(request, page, tab_context=tab_context(page, area))
    shown.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return shown


def _to_send_again(area: ConclusionsArea, form: ConclusionForm) -> ConclusionForm:
    """A form with what was filled in, to be held against what is known of the person now."""
    person = area.present.row(form.key) if form.key else None
    seen = seen_of(person, area.present.capture) if person else ""
    return type(form)({**dict(form.data.items()), f"{form.prefix}-seen": seen}, prefix=form.prefix)
