"""The timeline tab: every event of the case as a sentence, and the comments among them."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import AuditEvent
from cases.presentation import timeline
from cases.presentation.event_kinds import KINDS
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tabs import timeline_events
from cases.web.case_page.tabs.comment_form import CLOSED, CommentForm
from cases.web.sign_in import typed
from cases.workflows.casework import comments
from cases.workflows.locks.open_case import CaseIsClosed


@require_GET
@never_cache
def events(request: SignedInRequest, reference: str) -> HttpResponse:
    """The events, newest first, of the kinds that are chosen."""
    page = page_for(request, reference, Tab.TIMELINE)
    return _shown(request, page, _as_filled_in(request))


@permission_required("cases.note_case", raise_exception=True)
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
        form.add_error("text", CLOSED)
        return _shown(request, page, form)
    return redirect(timeline_events.address_of(event, page.case))


def _as_filled_in(request: SignedInRequest) -> CommentForm:
    form = typed.as_filled_in(CommentForm, typed.recall(request, "comment"))
    return form.to_send_again() if form.is_bound else form


def _refused(request: SignedInRequest, page: CasePage, form: CommentForm) -> HttpResponse:
    """Lead to the timeline with the comment in its form; one too long to be kept is shown at once."""
    filled_in = typed.read("comment", request.POST, was_sent=True)
    if filled_in is None:
        return _shown(request, page, form.to_send_again())
    word = typed.remember(request.session, filled_in)
    return redirect(f"{typed.address_with(address(page.case, Tab.TIMELINE), word)}#comment")


def _shown(request: SignedInRequest, page: CasePage, form: CommentForm) -> HttpResponse:
    chosen = timeline_events.chosen(request.GET.getlist("kind"))
    events = AuditEvent.objects.of_case(page.case).newest_first()
    if chosen:
        events = events.with_verbs(*(verb for kind in chosen for verb in KINDS[kind]))
    page_obj = Paginator(events, timeline_events.A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        page,
        days=timeline_events.by_day([timeline.told(event) for event in page_obj]),
        page_obj=page_obj,
        filters=timeline_events.filters(page.case, chosen),
        chosen=chosen,
        form=form,
    )
