"""Hits against the events that tell how many of them results named, and in newer events which."""

from collections import Counter

from cases.models import Case, Hit, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import HIT_DIGITS, hit_digest
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Event, Trail

KIND = "columns of a hit"


def compare(case: Case, trail: Trail, found: Findings) -> None:
    hits = list(case.hits.all())
    found.rows += len(hits)
    events = trail.with_verb(Verb.HITS_FOUND)
    _compare_counts(_by_result(case, hits), events, found)
    _compare_rows(hits, _recorded(events), events, found)


def _by_result(case: Case, hits: list[Hit]) -> Counter[str]:
    """How many hits each result named first."""
    subjects = {
        artefact.pk: str(EventSubject.result(session.number, artefact.kind))
        for session in case.sessions.all()
        for artefact in session.artefacts.all()
    }
    return Counter(subjects.get(hit.first_seen_id, "a result of another case") for hit in hits)


def _compare_counts(there: Counter[str], events: list[Event], found: Findings) -> None:
    recorded: Counter[str] = Counter()
    for event in events:
        recorded[event.subject] += int(event.detail.get("hits_new") or 0)
    erased = {counted.subject for counted in events if not counted.detail}
    for subject in sorted({*there, *recorded}):
        if subject in erased:
            found.leave_out("the number of hits", next(e.why_not for e in events if not e.detail))
        elif there[subject] != recorded[subject]:
            last = [counted for counted in events if counted.subject == subject]
            by = f"{last[-1]} tells of {recorded[subject]}" if last else "no event tells of them"
            found.differ(f"hits that {subject} named first: {there[subject]} rows, and {by}")


def _recorded(events: list[Event]) -> dict[str, tuple[str, Event]]:
    """The last recorded digest of each hit, and the event that recorded it."""
    recorded = {}
    for event in events:
        for line in (event.row or {}).get("hits", ()):
            recorded[line[:HIT_DIGITS]] = (line, event)
    return recorded


def _compare_rows(
    hits: list[Hit], recorded: dict[str, tuple[str, Event]], events: list[Event], found: Findings
) -> None:
    silent = [other for other in events if other.row is None]
    for hit in hits:
        there = hit_digest(hit)
        known, event = recorded.pop(there[:HIT_DIGITS], ("", None))
        if event is None and silent:
            found.leave_out(KIND, silent[-1].why_not)
        elif event is None:
            found.differ(f"no event tells of the hit in row {hit.pk}")
        elif known != there and silent and silent[-1].sequence > event.sequence:
            found.leave_out(KIND, silent[-1].why_not)
        elif known != there:
            found.differ(f"the hit in row {hit.pk} is not as {event} tells")
    for teller, gone in Counter(event for _known, event in recorded.values()).items():
        found.differ(f"{teller} tells of {gone} hits of which there is no row")
