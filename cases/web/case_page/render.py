"""The case page as it is sent: whose page it is, and what its templates are given."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from cases.models import AuditEvent, Verb
from cases.presentation import saved_check, timeline
from cases.presentation.event_kinds import KINDS, EventKind
from cases.web.access import SignedInRequest, case_for
from cases.web.case_page import live as lives
from cases.web.case_page import next_step
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tabs import document_files, ownership, timeline_events
from cases.web.case_page.tabs.signatory_check import Signing
from cases.web.paging import Portions
from cases.workflows.casework import cases as workflow

LATEST = 3


def page_for(
    request: SignedInRequest, reference: str, tab: Tab, *, is_opening: bool = False, is_poll: bool = False
) -> CasePage:
    """The page of a case that this person may see, which is opened by that. Raises Http404."""
    found = case_for(request, reference, is_opening=is_opening, is_poll=is_poll)
    return CasePage(
        found,
        request.user,
        tab,
        _chosen(request),
        timezone.now(),
        Portions(request.GET),
        shows_anyway="anyway" in request.GET,
    )


def _chosen(request: SignedInRequest) -> int | None:
    number = request.GET.get("session", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else None


def show(
    request: SignedInRequest, page: CasePage, *, live: lives.Live | None = None, **more: Any
) -> HttpResponse:
    """The whole page. Its result counts as read, unless it is that of an earlier capture."""
    if page.shows_news:
        workflow.results_shown(page.case, page.user, page.newest.ended_at if page.newest else None)
    return TemplateResponse(
        request, "case_page/case_page.html", context(page, live=live or lives.now(page), **more)
    )


def context(page: CasePage, **more: Any) -> dict[str, Any]:
    return {
        "page": page,
        "case": page.case,
        "nav": "cases",
        "tab_template": "case_page/_quarantined.html"
        if page.is_quarantined
        else f"case_page/tabs/{page.tab}.html",
        "portions": page.portions,
        **_of_tab(page),
        **more,
    }


def _of_tab(page: CasePage) -> dict[str, Any]:
    if page.tab == Tab.PEOPLE:
        return {"signing": Signing(page.reading), **_saved_check(page)}
    if page.tab == Tab.OWNERSHIP:
        return ownership.of_tab(page)
    if page.tab == Tab.DOCUMENTS:
        return {"captures_at_once": document_files.CAPTURES}
    if page.tab != Tab.OVERVIEW:
        return {}
    told = AuditEvent.objects.of_case(page.case).newest_first()
    # That somebody looked, the reader just now most often, is in the timeline and no news.
    news = told.exclude(verb__in=KINDS[EventKind.PEOPLE])
    # What the portal's own look at a document told stands beside that document, and among the warnings.
    news = news.exclude(verb=Verb.SIGNATURE_CHECKED, actor=None)[:LATEST]
    return {
        **_saved_check(page),
        "latest": [timeline.told(event) for event in news],
        "next_step": next_step.next_step(page),
        "age": next_step.age(page),
        **ownership.of_overview(page),
    }


def _saved_check(page: CasePage) -> dict[str, Any]:
    """The signatory check saved last, and where it stands in the timeline."""
    saved = saved_check.last_saved(page.case, page.reading)
    return (
        {"saved_check": saved, "saved_check_address": timeline_events.address_of(saved.event, page.case)}
        if saved
        else {}
    )
