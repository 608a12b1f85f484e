"""The signatory check: who of the people signed, and does that suffice. By POST: names stay out of addresses."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.web import signing, stream
from cases.web.access import SignedInRequest
from cases.web.page import address
from cases.web.tabs import Tab
from cases.web.views.case import open_if_new, page_for, show
from cases.workflows import notes


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: SignedInRequest, reference: str) -> HttpResponse:
    """Answer on the tab itself, with the ticks as they were sent."""
    page = page_for(request, reference, Tab.PEOPLE)
    if request.method != "POST":
        return redirect(address(page.case, Tab.PEOPLE) + page.query)
    open_if_new(request, page)
    found = signing.sent(page.reading, request.POST, request.POST.getlist("signed"))
    return show(request, page, signing=found)


@permission_required("cases.note_case", raise_exception=True)
@require_POST
@never_cache
def keep(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put the answer into the timeline, made anew from the ticks and the capture."""
    page = page_for(request, reference, Tab.PEOPLE)
    found = signing.sent(page.reading, request.POST, request.POST.getlist("signed"))
    submission = _number(request.POST.get("submission", ""))
    if found.is_outdated or not found.signed or submission is None:
        return show(request, page, signing=found)
    event = notes.signers_checked(page.case, request.user, found.to_keep(), submission)
    messages.success(request, _("The answer is kept in the timeline."))
    return redirect(stream.address_of(event, page.case))


def _number(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
