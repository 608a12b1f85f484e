"""The signatory check: who of the people signed, and does that suffice. By POST: names stay out of addresses.

A POST leads to the tab, where the answer is made of the ticks kept with the sign-in: back and reload work.
"""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.people import signatory_check
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tabs import people
from cases.web.case_page.timeline import timeline_events
from cases.web.sign_in import typed
from cases.workflows.casework import comments


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep the ticks, and lead to the tab with what follows from them."""
    page = page_for(request, reference, Tab.PEOPLE)
    if request.method != "POST":
        return redirect(address(page.case, Tab.PEOPLE) + page.query)
    return _to_tab(request, page, "signing" if request.POST.get("turn") else "signers-answer")


@permission_required(Perm.NOTE_CASE, raise_exception=True)
@require_POST
@never_cache
@of_open_cases
def keep(request: SignedInRequest, reference: str) -> HttpResponse:
    """Save the check, made anew from the ticks and the capture."""
    page = page_for(request, reference, Tab.PEOPLE)
    found = signatory_check.sent(page.reading, request.POST, request.POST.getlist("signed"))
    submission = _number(request.POST.get("submission", ""))
    if found.is_outdated or not found.signed or submission is None:
        return _to_tab(request, page, "signers-answer")
    event = comments.signers_checked(page.case, request.user, found.to_keep(), submission)
    messages.success(request, _("The check is saved."))
    return redirect(timeline_events.address_of(event, page.case))


def _to_tab(request: SignedInRequest, page: CasePage, anchor: str) -> HttpResponse:
    """Lead to the tab with the ticks; those that are too many to be kept are answered at once."""
    filled_in = typed.read("check_signers", request.POST, was_sent=True)
    if filled_in is None:
        found = signatory_check.sent(page.reading, request.POST, request.POST.getlist("signed"))
        return show(request, page, tab_context=people.context_with(page, found))
    word = typed.remember(request.session, filled_in)
    return redirect(f"{typed.address_with(address(page.case, Tab.PEOPLE) + page.query, word)}#{anchor}")


def _number(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
