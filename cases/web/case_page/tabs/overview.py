"""The tab Overview: what the capture comes to, what to do next, and the latest events."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.utils.functional import SimpleLazyObject

from cases.models import AuditEvent, Verb
from cases.presentation import timeline
from cases.presentation.event_kinds import KINDS, EventKind
from cases.web.access import SignedInRequest
from cases.web.case_page import next_step
from cases.web.case_page.capture_progress import digest
from cases.web.case_page.ownership import chart
from cases.web.case_page.page import CasePage
from cases.web.case_page.people.saved_check import last_check
from cases.web.case_page.requirements.requirement_list import RequirementList
from cases.web.case_page.tab_view import Context, LivePart, TabView

LATEST = 3


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return {
        **last_check(page),
        "latest": [timeline.entry_of(event) for event in _latest(page)],
        "next_step": next_step.next_step(page),
        "age": next_step.age(page),
        **chart.of_overview(page),
        "requirements": _requirements(page),
    }


def _requirements(page: CasePage) -> RequirementList | None:
    return RequirementList(page.case, page.requirements) if page.requirements else None


def _latest(page: CasePage) -> Iterable[AuditEvent]:
    events = AuditEvent.objects.of_case(page.case).newest_first()
    # That somebody opened the case, most often the reader just now, is in the timeline and no news.
    news = events.exclude(verb__in=KINDS[EventKind.PEOPLE])
    # What the portal's own check of a document found stands beside that document, and among the warnings.
    return news.exclude(verb=Verb.SIGNATURE_CHECKED, actor=None)[:LATEST]


def _parts(page: CasePage) -> Sequence[LivePart]:
    """The parts that change when a document comes or is checked: verdicts, alarms, points to check, requirements."""
    found = page.summary
    verdicts = digest(*(verdict.state for verdict in found.verdicts), *found.verdicts[-1].because)
    alarms = digest(*(alarm.text for alarm in found.alarms))
    points = digest(*(caution.text for caution in found.cautions))
    is_read = not page.reading.is_waiting and not page.is_quarantined
    return (
        LivePart("verdicts", verdicts, "case_page/overview/_verdicts.html"),
        LivePart("alarms", alarms, "case_page/overview/_dangers.html", has_place=is_read),
        LivePart("points", points, "case_page/overview/_warnings.html", has_place=is_read),
        # What a document shows of requirements changes with what it comes to.
        LivePart(
            "requirements",
            verdicts,
            "case_page/overview/_requirements.html",
            given=SimpleLazyObject(partial(_requirements, page)),
        ),
    )


VIEW = TabView(_context, parts=_parts, kept_back="case_page/overview/_overview_kept_back.html")
