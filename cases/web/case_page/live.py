"""What of a case page keeps itself up to date, and how it does so without moving what a person reads.

Each part has a mark that changes with what it shows. A page asks with the marks it has; only parts whose mark is
another are sent, each in its own place. The tab itself is sent only while there was nothing in it to read; later
results are announced at the edge of the window, and shown when the person asks for them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from cases.models import Artefact, ArtefactKind
from cases.presentation.capture_status import status_of
from cases.web.case_page import capture_progress
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import NOTHING_YET, LivePart

_MARKS = re.compile(r"([a-z_]{1,40})-([0-9a-z]{1,14})")
UNHURRIED = 20  # seconds between two requests where only people do something
LIST, DOCUMENT = "list", "document"


@dataclass(frozen=True)
class Live:
    """The marks of a page's parts as they are now, and the names of the parts whose mark on the page is another."""

    marks: dict[str, str]
    changed: frozenset[str]
    # The content the page shows, whatever has come since.
    shown: str
    address: str
    seconds: int
    # The parts of the tab that stand on the page and have changed.
    parts: tuple[LivePart, ...] = ()
    # Whether they stand in the list of documents, or on a page of their own.
    source: str = LIST

    @property
    def has_news(self) -> bool:
        return self.marks["news"] != NOTHING_YET


def now(page: CasePage, document: Artefact | None = None) -> Live:
    """The marks of a page that is shown whole; `document` if it shows that one alone instead of the tab's list."""
    parts = page.view.parts(page)
    if document is None:
        return _live(page, page.view.mark(page), LIST, parts, frozenset())
    alone = [part for part in parts if part.about is not None and part.about.artefact == document]
    return _live(page, page.view.mark(page), DOCUMENT, alone, frozenset())


def since(page: CasePage, query: Mapping[str, str]) -> Live:
    """What changed since a page got the marks in its query (`seen`), and since it shows what it shows (`shown`)."""
    had = dict(_MARKS.findall(query.get("seen", "")))
    shown, content = query.get("shown", NOTHING_YET)[:12], page.view.mark(page)
    replaced = shown == NOTHING_YET != content
    # What is swapped in must have its place on the page: a document that came later is announced, not listed.
    on_page = [part for part in page.view.parts(page) if replaced or part.name in had]
    source = DOCUMENT if query.get("from") == DOCUMENT else LIST
    fresh = _live(page, content if replaced else shown, source, on_page, frozenset())
    changed = {part for part, mark in fresh.marks.items() if had.get(part) != mark}
    if replaced:
        changed.add("content")
    if had.get("capture") != fresh.marks.get("capture"):
        changed -= {"head", "listed", *(kind for kind in ArtefactKind.values)}  # one panel for another, whole
    return _live(page, fresh.shown, source, on_page, frozenset(changed))


def _live(
    page: CasePage, shown: str, source: str, on_page: Sequence[LivePart], changed: frozenset[str]
) -> Live:
    marks = _marks(page, shown) | {part.name: part.mark for part in on_page}
    query = {
        "tab": page.tab,
        "shown": shown,
        "seen": ".".join(f"{part}-{mark}" for part, mark in marks.items()),
    }
    if page.chosen is not None:
        query["session"] = str(page.chosen)
    if page.shows_anyway:
        query["anyway"] = "1"
    if source != LIST:
        query["from"] = source
    seconds = (
        capture_progress.pace(page.progress.session, page.now)
        if page.progress and page.is_live
        else UNHURRIED
    )
    address = f"{reverse('case_live', args=[page.case.reference])}?{urlencode(query)}"
    is_whole = "content" in changed
    swapped = (part for part in on_page if part.has_place and part.name in changed and not is_whole)
    return Live(marks, changed, shown, address, seconds, tuple(swapped), source)


def _marks(page: CasePage, shown: str) -> dict[str, str]:
    marks = {"news": _news(page, shown), "action": page.action or NOTHING_YET, "name": _name(page)}
    if page.progress is not None:
        marks |= {
            "capture": str(page.progress.session.number),
            "listed": _listed(page),
            "head": f"{page.progress.head_version}{'s' if page.is_silent else ''}",
            "summary": page.progress.summary_version,
            "waiting": _waiting(page),
        }
        marks |= {step.artefact.kind: step.version for step in page.progress.steps}
        marks["pace"] = (
            str(capture_progress.pace(page.progress.session, page.now)) if page.is_live else NOTHING_YET
        )
    return marks


def _listed(page: CasePage) -> str:
    """A mark for how the newest capture stands in the list of all of them; NOTHING_YET where there is no list."""
    newest, *others = page.sessions
    return f"{newest.number}x{capture_progress.digest(status_of(newest).words)}" if others else NOTHING_YET


def _name(page: CasePage) -> str:
    """A mark for what the organisation is called; NOTHING_YET while nobody knows."""
    name = page.case.organisation.name
    return capture_progress.digest(name) if name else NOTHING_YET


def _waiting(page: CasePage) -> str:
    if page.held_up and page.progress is not None:
        return page.progress.head_version
    return capture_progress.digest(page.awaited.title) if page.awaited else NOTHING_YET


def _news(page: CasePage, shown: str) -> str:
    content = page.view.mark(page)
    return NOTHING_YET if content == shown else content
