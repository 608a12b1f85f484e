"""The signatory check saved last, and where it stands in the timeline."""

from cases.presentation import saved_check
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import Context
from cases.web.case_page.timeline import timeline_events


def last_check(page: CasePage) -> Context:
    """The template context of the signatory check saved last; empty if none was saved."""
    saved = saved_check.last_saved(page.case, page.reading)
    if saved is None:
        return {}
    return {
        "saved_check": saved,
        "saved_check_address": timeline_events.address_of(saved.event, page.case),
    }
