"""Comments in the timeline."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models.people.permissions import Perm
from cases.presentation import closed_words
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tabs import timeline
from cases.web.case_page.timeline import timeline_events
from cases.web.case_page.timeline.comment_form import CommentForm
from cases.web.sign_in import typed
from cases.workflows.casework import comments
from cases.workflows.locks.open_case import CaseIsClosed


@permission_required(Perm.NOTE_CASE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def comment(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep a comment and lead to it; one that cannot be kept stays in its form, with what is wrong."""
    page = page_for(request, reference, Tab.TIMELINE)
    if request.method != "POST":
        return redirect(f"{address(page.case, Tab.TIMELINE)}?{request.GET.urlencode()}")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _refused(request, page, form)
    try:
        event = comments.comment(
            page.case, request.user, form.cleaned_data["text"], form.cleaned_data["submission"]
        )
    except CaseIsClosed:
        page.case.refresh_from_db(fields=["state"])
        form.add_error("text", closed_words.nothing_written(page.case))
        return show(request, page, tab_context=timeline.context_with(request, page, form))
    return redirect(timeline_events.address_of(event, page.case))


def _refused(request: SignedInRequest, page: CasePage, form: CommentForm) -> HttpResponse:
    """Lead to the timeline with the comment in its form; one too long to be kept is shown at once."""
    filled_in = typed.read("comment", request.POST, was_sent=True)
    if filled_in is None:
        return show(request, page, tab_context=timeline.context_with(request, page, form.to_send_again()))
    word = typed.remember(request.session, filled_in)
    return redirect(f"{typed.address_with(address(page.case, Tab.TIMELINE), word)}#comment")
