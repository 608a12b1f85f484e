"""The case page: its tabs, and what of it keeps itself up to date while a capture runs."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.web.access import SignedInRequest, opened
from cases.web.case_page import live as lives
from cases.web.case_page.render import page_for, show, show_changes
from cases.web.case_page.tab_names import Tab


@require_GET
@never_cache
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Open a case. Every opening is recorded."""
    return show(request, page_for(request, reference, Tab.OVERVIEW, is_opening=True))


@require_GET
@never_cache
def tab(request: SignedInRequest, reference: str, tab: Tab) -> HttpResponse:
    """Show a tab."""
    return show(request, page_for(request, reference, tab))


@require_GET
@never_cache
def live(request: SignedInRequest, reference: str) -> HttpResponse:
    """Send what changed since a page was last brought up to date; 204 if nothing did."""
    name = request.GET.get("tab", "")
    page = page_for(request, reference, Tab(name) if name in Tab.values else Tab.OVERVIEW, is_poll=True)
    news = lives.since(page, request.GET)
    if not news.changed:
        return HttpResponse(status=204)
    opened(request, page.case)
    return show_changes(request, page, news)
