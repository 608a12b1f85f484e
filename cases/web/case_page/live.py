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
from cases.presentation.capture_status import standing_of
from cases.presentation.document_status import Checked
from cases.presentation.reading import is_waiting
from cases.web.case_page import capture_progress
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_names import Tab

_MARKS = re.compile(r"([a-z_]{1,40})-([0-9a-z]{1,14})")
NOTHING_YET = "0"
UNHURRIED = 20  # seconds between two looks where only people do something
VERDICT = "verdict_"
LIST, DOCUMENT = "list", "document"


@dataclass(frozen=True)
class Live:
    """The marks of the parts as they are now, and the names of those that are another than the page has."""

    marks: dict[str, str]
    changed: frozenset[str]
    # The content the page shows, whatever has come since.
    shown: str
    address: str
    seconds: int
    # What is known of the signatures of the documents that stand on the page, where that has changed.
    verdicts: tuple[Checked, ...] = ()
    # Whether they stand in the list of documents, or on a page of their own.
    source: str = LIST

    @property
    def has_news(self) -> bool:
        return self.marks["news"] != NOTHING_YET


def now(page: CasePage, document: Artefact | None = None) -> Live:
    """The marks of a page that is shown whole; `document` if it shows that one alone instead of the tab's list."""
    source, alone = (LIST, None) if document is None else (DOCUMENT, document)
    on_page = [of for of in _verdicts(page) if alone is None or of.artefact == alone]
    return _live(page, _content(page), source, on_page, frozenset())


def since(page: CasePage, query: Mapping[str, str]) -> Live:
    """What changed since a page got the marks in its query (`seen`), and since it shows what it shows (`shown`)."""
    had = dict(_MARKS.findall(query.get("seen", "")))
    shown, content = query.get("shown", NOTHING_YET)[:12], _content(page)
    replaced = shown == NOTHING_YET != content
    # What is swapped in must have its place on the page: a document that came later is announced, not listed.
    on_page = [of for of in _verdicts(page) if replaced or VERDICT + of.artefact.kind in had]
    source = DOCUMENT if query.get("from") == DOCUMENT else LIST
    fresh = _live(page, content if replaced else shown, source, on_page, frozenset())
    changed = {part for part, mark in fresh.marks.items() if had.get(part) != mark}
    if replaced:
        changed.add("content")
    if had.get("capture") != fresh.marks.get("capture"):
        changed -= {"head", "listed", *(kind for kind in ArtefactKind.values)}  # one panel for another, whole
    return _live(page, fresh.shown, source, on_page, frozenset(changed))


def _live(
    page: CasePage, shown: str, source: str, on_page: Sequence[Checked], changed: frozenset[str]
) -> Live:
    verdicts = {VERDICT + of.artefact.kind: of for of in on_page}
    marks = _marks(page, shown) | {part: of.mark for part, of in verdicts.items()}
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
        capture_progress.pace(page.clock.session, page.now) if page.clock and page.is_live else UNHURRIED
    )
    address = f"{reverse('case_live', args=[page.case.reference])}?{urlencode(query)}"
    swapped = [] if "content" in changed else [of for part, of in verdicts.items() if part in changed]
    return Live(marks, changed, shown, address, seconds, tuple(swapped), source)


def _verdicts(page: CasePage) -> list[Checked]:
    """Of the capture that is watched, where its documents are read."""
    if page.tab != Tab.DOCUMENTS or page.clock is None:
        return []
    return [step.checked for step in page.clock.steps if step.checked is not None]


def _marks(page: CasePage, shown: str) -> dict[str, str]:
    marks = {"news": _news(page, shown), "action": page.action or NOTHING_YET, "name": _name(page)}
    if page.tab == Tab.OVERVIEW:
        marks |= _summary_marks(page)
    if page.clock is not None:
        marks |= {
            "capture": str(page.clock.session.number),
            "listed": _listed(page),
            "head": f"{page.clock.head_version}{'s' if page.is_silent else ''}",
            "summary": page.clock.summary_version,
            "waiting": _waiting(page),
        }
        marks |= {step.artefact.kind: step.version for step in page.clock.steps}
        marks["pace"] = (
            str(capture_progress.pace(page.clock.session, page.now)) if page.is_live else NOTHING_YET
        )
    return marks


def _listed(page: CasePage) -> str:
    """A mark for how the newest capture stands in the list of all of them; NOTHING_YET where there is no list."""
    newest, *others = page.sessions
    return f"{newest.number}x{capture_progress.digest(standing_of(newest).words)}" if others else NOTHING_YET


def _name(page: CasePage) -> str:
    """A mark for what the organisation is called; NOTHING_YET while nobody knows."""
    name = page.case.organisation.name
    return capture_progress.digest(name) if name else NOTHING_YET


def _summary_marks(page: CasePage) -> dict[str, str]:
    """What a document that comes, or is checked, changes of the overview: verdicts, alarms, points to check."""
    found = page.summary
    return {
        "verdicts": capture_progress.digest(
            *(each.state for each in found.verdicts), *found.verdicts[-1].because
        ),
        "alarms": capture_progress.digest(*(each.text for each in found.alarms)),
        "points": capture_progress.digest(*(each.text for each in found.cautions)),
    }


def _waiting(page: CasePage) -> str:
    if page.held_up and page.clock is not None:
        return page.clock.head_version
    return capture_progress.digest(page.awaited.title) if page.awaited else NOTHING_YET


def _news(page: CasePage, shown: str) -> str:
    content = _content(page)
    return NOTHING_YET if content == shown else content


def _content(page: CasePage) -> str:
    """A mark for what the tab would show now; NOTHING_YET while there is nothing to read in it."""
    if page.tab == Tab.TIMELINE:
        return str(page.case.audit_chain.length)
    if page.tab == Tab.DOCUMENTS:
        done = sum(not each.is_pending for session in page.sessions for each in session.artefacts.all())
        return str(done) if done else NOTHING_YET
    session = page.read_session
    return NOTHING_YET if session is None or is_waiting(session) else str(session.number)
