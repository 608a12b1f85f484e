"""The case page: its tabs, and what of it keeps itself up to date while a capture runs."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.web.access import SignedInRequest, opened
from cases.web.case_page import live as lives
from cases.web.case_page.render import page_for, require_tab, show, show_changes
from cases.web.case_page.tab_names import AnyTab, Tab
from cases.web.case_page.tabs.table import tab_called


@require_GET
@never_cache
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Open a case. Every opening is recorded."""
    return show(request, page_for(request, reference, Tab.OVERVIEW, is_opening=True))


def tab(request: SignedInRequest, reference: str, tab: AnyTab) -> HttpResponse:
    """Show a tab. One that is kept for others is no address at all, by whatever method it is asked for."""
    require_tab(request, tab)
    return _tab(request, reference, tab)


@require_GET
@never_cache
def _tab(request: SignedInRequest, reference: str, tab: AnyTab) -> HttpResponse:
    return show(request, page_for(request, reference, tab))


@require_GET
@never_cache
def live(request: SignedInRequest, reference: str) -> HttpResponse:
    """Send what changed since a page was last brought up to date; 204 if nothing did."""
    page = page_for(request, reference, tab_called(request.GET.get("tab", ""), request.user), is_poll=True)
    news = lives.since(page, request.GET)
    if not news.changed:
        return HttpResponse(status=204)
    opened(request, page.case)
    return show_changes(request, page, news)
