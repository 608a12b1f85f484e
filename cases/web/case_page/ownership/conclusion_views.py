"""Conclude who is a beneficial owner: one form with a part for each person, sent whole, kept whole or not at all."""

import uuid
from collections.abc import Collection
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models.people.permissions import Perm
from cases.presentation.owners_by_form import OwnersByForm, owners_by_form
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.ownership.conclusion_form import (
    ConclusionForm,
    SendingForm,
    as_filled_in,
    forms_of,
)
from cases.web.case_page.ownership.conclusions_area import PANEL, ConclusionsArea
from cases.web.case_page.ownership.confirm_form import (
    ALL,
    ConfirmForm,
    changed_forms,
    fields_of,
    meant_for_all,
)
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tabs.ownership import tab_context
from cases.web.files_of_people import takes_a_file
from cases.web.sign_in import typed
from cases.web.sign_in.typed import Typed
from cases.workflows.casework.attachments import NotTaken
from cases.workflows.casework.owners import concluding, confirming
from cases.workflows.casework.owners.concluding import seen_of
from cases.workflows.casework.owners.confirming import AtOnce

FORM = "conclude_owners"
FILLED_IN = gettext_lazy("something is filled in in their row")
MOST_NAMED = 10


@takes_a_file
@permission_required(Perm.CONCLUDE_OWNER, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def conclude(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep the conclusions; what cannot be kept is shown with what is wrong, and what was filled in."""
    page = page_for(request, reference, Tab.OWNERSHIP)
    if request.method != "POST":
        return redirect(address(page.case, Tab.OWNERSHIP))
    keep = _confirm_all if ALL in request.POST else _conclude
    return keep(request, reference, page)


def _conclude(request: SignedInRequest, reference: str, page: CasePage) -> HttpResponse:
    """Conclude on everybody in whose row something is filled in."""
    forms, sending = forms_of(request.POST), SendingForm(request.POST, request.FILES)
    are_valid = [form.is_valid() for form in forms.values()]
    if not (all(are_valid) and sending.is_valid()):
        return _refused(request, reference, forms, _problem_of(sending))
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
    _tell_kept(request, len(made))
    return redirect(f"{address(page.case, Tab.OWNERSHIP)}#{PANEL}")


def _confirm_all(request: SignedInRequest, reference: str, page: CasePage) -> HttpResponse:
    """Conclude on all owners by the legal form at once, but for those in whose row something was filled in.

    That stays filled in.
    """
    form, sending = ConfirmForm(request.POST, prefix=ALL), SendingForm(request.POST, request.FILES)
    before = owners_by_form(page.owners)
    changed = changed_forms(request.POST, [row.key for row in before.rows])
    if not (form.is_valid() and sending.is_valid()):
        return _refused(request, reference, changed, _problem_of(sending), confirm=form)
    data = form.cleaned_data
    try:
        made = confirming.confirm_all(
            page.case,
            AtOnce(data["words"], data["seen"], frozenset(changed)),
            request.user,
            sending.cleaned_data["submission"],
            upload=sending.upload,
        )
    except (NotTaken, concluding.NotConcluded) as refused:
        return _refused(request, reference, changed, refused.words, confirm=form)
    _tell_kept(request, len(made))
    _tell_left_out(request, before, changed)
    return redirect(f"{_with_unfinished(request, page, changed)}#{PANEL}")


def _problem_of(sending: SendingForm) -> str:
    if not sending.is_complete:
        return _("The form was incomplete. Nothing was kept yet; send it once more.")
    return " ".join(str(error) for error in sending.errors.get("attachment", ()))


def _tell_kept(request: SignedInRequest, count: int) -> None:
    words = ngettext("%(n)d conclusion is kept.", "%(n)d conclusions are kept.", count)
    messages.success(request, words % {"n": count})


def _tell_left_out(request: SignedInRequest, by_form: OwnersByForm, changed: Collection[str]) -> None:
    """Name whom the conclusions leave out, and why."""
    found = [(left_out.row.name, left_out.why) for left_out in by_form.left_out]
    found += [(row.name, FILLED_IN) for row in by_form.rows if row.key in changed]
    if not found:
        return
    named = "; ".join(f"{name} ({why})" for name, why in found[:MOST_NAMED])
    if len(found) > MOST_NAMED:
        named = _("%(names)s; and %(n)d more") % {"names": named, "n": len(found) - MOST_NAMED}
    messages.warning(request, _("Left out, and still open: %(names)s.") % {"names": named})


def _with_unfinished(request: SignedInRequest, page: CasePage, changed: Collection[str]) -> str:
    """The address of the tab, with what was filled in on those who were left out."""
    tab = address(page.case, Tab.OWNERSHIP)
    held = Typed(FORM, fields_of(request.POST, changed), was_sent=False)
    kept = typed.read(FORM, held.data, was_sent=False) if changed else None
    return typed.address_with(tab, typed.remember(request.session, kept)) if kept else tab


def _refused(
    request: SignedInRequest,
    reference: str,
    forms: dict[str, ConclusionForm],
    problem: str | Promise = "",
    *,
    is_overtaken: bool = False,
    confirm: ConfirmForm | None = None,
) -> HttpResponse:
    """Show the tab as it is now, with what was filled in, as a sending of its own.

    `confirm`: what was refused was meant for all owners by the legal form, and the rows were not sent.
    """
    page = page_for(request, reference, Tab.OWNERSHIP)
    area = ConclusionsArea(page, forms=forms, problem=problem, confirm=confirm or meant_for_all(request.POST))
    if confirm is not None:
        area.forms = {key: as_filled_in(form) for key, form in forms.items()}
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
