"""Every event of the case as a sentence, newest first, and the comments among them."""

from django.core.paginator import Paginator

from cases.models import AuditEvent
from cases.presentation import timeline
from cases.presentation.event_kinds import KINDS
from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import Context, TabView
from cases.web.case_page.timeline import timeline_events
from cases.web.case_page.timeline.comment_form import CommentForm
from cases.web.sign_in import typed


def context_with(request: SignedInRequest, page: CasePage, form: CommentForm) -> Context:
    """The template context of the tab: the events of the kinds that are chosen, and this comment form."""
    chosen = timeline_events.chosen(request.GET.getlist("kind"))
    events = AuditEvent.objects.of_case(page.case).newest_first()
    if chosen:
        events = events.with_verbs(*(verb for kind in chosen for verb in KINDS[kind]))
    page_obj = Paginator(events, timeline_events.A_PAGE).get_page(request.GET.get("page"))
    return {
        "days": timeline_events.by_day([timeline.entry_of(event) for event in page_obj]),
        "page_obj": page_obj,
        "filters": timeline_events.filters(page.case, chosen),
        "chosen": chosen,
        "form": form,
    }


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return context_with(request, page, _as_filled_in(request))


def _as_filled_in(request: SignedInRequest) -> CommentForm:
    form = typed.as_filled_in(CommentForm, typed.recall(request, "comment"))
    return form.to_send_again() if form.is_bound else form


def _mark(page: CasePage) -> str:
    return str(page.case.audit_chain.length)


VIEW = TabView(
    _context,
    _mark,
    shows_result=False,
    is_always_watched=True,  # people write in it
    news="case_page/timeline/_new_events.html",
)
