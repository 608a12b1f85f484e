"""The case page as it is sent: whose page it is, and what its templates are given."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.presentation.paging import Paging
from cases.web.access import SignedInRequest, case_for
from cases.web.case_page import live as lives
from cases.web.case_page.live import Live
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.tab_names import AnyTab
from cases.web.case_page.tab_view import Context
from cases.web.case_page.tabs.table import VIEWS, views_of
from cases.web.case_page.waiting_notice import waiting_notice
from cases.workflows.casework import cases as workflow


def page_for(
    request: SignedInRequest, reference: str, tab: AnyTab, *, is_opening: bool = False, is_poll: bool = False
) -> CasePage:
    """The page of a case, whose opening is recorded. Raises Http404 if this person may not see it, or the tab."""
    require_tab(request, tab)
    found = case_for(request, reference, is_opening=is_opening, is_poll=is_poll)
    return CasePage(
        found,
        request.user,
        tab,
        VIEWS[tab],
        _chosen(request),
        timezone.now(),
        Paging(request.GET),
        shows_anyway="anyway" in request.GET,
    )


def require_tab(request: SignedInRequest, tab: AnyTab) -> None:
    """Raise Http404 if there is no such tab for this person, before anything is read or recorded."""
    if not VIEWS[tab].is_open_to(request.user):
        raise Http404(_("There is no such page."))


def _chosen(request: SignedInRequest) -> int | None:
    number = request.GET.get("session", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else None


def show(
    request: SignedInRequest,
    page: CasePage,
    *,
    live: Live | None = None,
    tab_context: Context | None = None,
) -> HttpResponse:
    """The whole page, with `tab_context` in place of what its tab hands in.

    Its result counts as read, unless it is that of an earlier capture.
    """
    if page.shows_news:
        workflow.results_shown(page.case, page.user, page.newest.ended_at if page.newest else None)
    of_tab = page.view.context(request, page) if tab_context is None else tab_context
    return TemplateResponse(
        request, "case_page/case_page.html", context(page, live or lives.now(page), of_tab)
    )


def show_changes(request: SignedInRequest, page: CasePage, changes: Live) -> HttpResponse:
    """The parts of the page that have changed."""
    of_tab = {}
    if "content" in changes.changed:
        workflow.results_shown(page.case, page.user, page.newest.ended_at if page.newest else None)
        of_tab = page.view.context(request, page)
    return render(request, "case_page/live.html", context(page, changes, of_tab))


def context(page: CasePage, live: Live, of_tab: Context) -> Context:
    return {
        "page": page,
        "case": page.case,
        "nav": "cases",
        "live": live,
        "waits": waiting_notice(page.case),
        "tabs": [
            (tab, view, address(page.case, tab) + page.query) for tab, view in views_of(page.user).items()
        ],
        "tab_template": page.view.kept_back if page.is_quarantined else f"case_page/tabs/{page.tab}.html",
        "paging": page.paging,
        # As every page has it, from what this one has read already.
        "queue_warning": page.queue_warning,
        **of_tab,
    }
