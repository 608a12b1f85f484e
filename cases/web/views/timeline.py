"""The timeline tab: every event of the case as a sentence."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.models import AuditEvent
from cases.web import timeline
from cases.web.access import SignedInRequest
from cases.web.tabs import Tab
from cases.web.views.case import open_if_new, page_for, show

A_PAGE = 50


@require_GET
@never_cache
def events(request: SignedInRequest, reference: str) -> HttpResponse:
    """The events, newest first, of one kind if one is chosen."""
    page = page_for(request, reference, Tab.TIMELINE)
    open_if_new(request, page)
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in timeline.EventKind.values else ""
    events = AuditEvent.objects.of_case(page.case).newest_first()
    if chosen:
        events = events.with_verbs(*timeline.KINDS[timeline.EventKind(chosen)])
    page_obj = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    told = [timeline.told(event) for event in page_obj]
    kinds = timeline.EventKind.choices
    return show(request, page, events=told, page_obj=page_obj, kinds=kinds, kind=chosen)
