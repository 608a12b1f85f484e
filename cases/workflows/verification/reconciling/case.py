"""The row of a case against what its events say it was opened with, and changed to."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from cases.models import Case, CaseState, Verb
from cases.models.audit import subject
from cases.workflows.audit.recorded_columns import CASE, plain
from cases.workflows.verification.reconciling.findings import Findings, words
from cases.workflows.verification.reconciling.trail import BEFORE, ERASED, Event, Trail

COLUMNS = (*CASE, "opened_by_id", "state", "withdrawn_reason", "waits_for", "waits_until")
# What they have where no event tells of them.
UNSET: dict[str, str | None] = {"withdrawn_reason": "", "waits_for": "", "waits_until": None}
CHANGED = ("due", "purpose", "customer_reference")
MOVES = (
    Verb.CASE_CREATED,
    Verb.CASE_TAKEN,
    Verb.CASE_HANDED_OVER,
    Verb.CASE_HANDED_BACK,
    Verb.CASE_WITHDRAWN,
    Verb.CASE_PAUSED,
    Verb.CASE_RESUMED,
    Verb.CASE_REOPENED,
    Verb.DECISION_PROPOSED,
    Verb.DECISION_COUNTERSIGNED,
    Verb.DECISION_SENT_BACK,
    Verb.DECISION_WITHDRAWN,
    Verb.DECISION_VOIDED,
)
# With these a case waits for nothing any more.
END_A_WAIT = (Verb.CASE_RESUMED, Verb.CASE_WITHDRAWN, Verb.DECISION_PROPOSED)


class RecordedValue(NamedTuple):
    """The last value that was recorded of a column, and by which event; `why_not` says why it is not known."""

    value: Any
    event: Event
    why_not: str = ""


def compare(case: Case, trail: Trail, found: Findings) -> None:
    found.rows += 1
    opened = trail.with_verb(Verb.CASE_CREATED)
    if not opened:
        found.differ("no event tells that the case was opened")
        return
    known = _known(trail)
    for name in COLUMNS:
        recorded = known.get(name)
        if recorded is None:
            found.compare("the case", name, getattr(case, name), plain(UNSET.get(name)), opened[0])
        elif recorded.why_not:
            found.leave_out(f"the {words(name)} of a case", recorded.why_not)
        else:
            found.compare("the case", name, getattr(case, name), recorded.value, recorded.event)
    _compare_number(case, trail, found)


def _known(trail: Trail) -> dict[str, RecordedValue]:
    """The last value recorded of each column, by its name."""
    known: dict[str, RecordedValue] = {}
    for event in trail.of(subject.CASE):
        known |= dict(_recorded(event))
    return known


def _recorded(event: Event) -> Iterator[tuple[str, RecordedValue]]:
    if event.verb in MOVES:
        yield "state", _recorded_state(event)
    if event.verb in END_A_WAIT:
        yield "waits_for", RecordedValue("", event)
        yield "waits_until", RecordedValue(None, event)
    if event.verb == Verb.CASE_CREATED:
        yield "opened_by_id", RecordedValue(event.actor, event)
        yield from ((name, _recorded_column(event, name)) for name in CASE)
    elif event.verb == Verb.CASE_TAKEN:
        yield "assignee_id", RecordedValue(event.actor, event)
    elif event.verb == Verb.CASE_HANDED_BACK:
        yield "assignee_id", RecordedValue(None, event)
    elif event.verb == Verb.CASE_HANDED_OVER:
        yield "assignee_id", _recorded_column(event, "assignee_id")
    elif event.verb == Verb.CASE_PAUSED:
        yield "waits_for", _recorded_word(event, "waits_for")
        yield "waits_until", _recorded_word(event, "until")
    elif event.verb == Verb.CASE_WITHDRAWN:
        yield "withdrawn_reason", _recorded_word(event, "withdrawn_reason")
    elif event.verb == Verb.CASE_CHANGED:
        yield from _recorded_changes(event)


def _recorded_state(event: Event) -> RecordedValue:
    state = event.detail.get("now")
    return RecordedValue(state, event, "" if state in CaseState.values else event.why_not)


def _recorded_column(event: Event, name: str) -> RecordedValue:
    row = event.row or {}
    return RecordedValue(row.get(name), event, "" if name in row else event.why_not)


def _recorded_word(event: Event, name: str) -> RecordedValue:
    return RecordedValue(event.detail.get(name), event, "" if name in event.detail else event.why_not)


def _recorded_changes(event: Event) -> Iterator[tuple[str, RecordedValue]]:
    """The columns that a change recorded; one that was erased may have been of any of them."""
    for name in CHANGED:
        if not event.detail:
            yield name, RecordedValue(None, event, ERASED)
        elif name in event.detail:
            now = event.detail[name][1]
            yield name, RecordedValue((now or None) if name == "due" else now, event)


# --- The number it is about ----------------------------------------------------------------------------------


def numbers(trail: Trail) -> Iterator[tuple[Event, str | None]]:
    """Each event from which on the case was about another number, and that number; None if it does not tell it."""
    for event in trail.with_verb(Verb.CASE_CREATED, Verb.NUMBER_CORRECTED):
        recorded = event.detail.get("organisation" if event.verb == Verb.CASE_CREATED else "number")
        yield event, (recorded[-1] if isinstance(recorded, list) else recorded)


def same_number(one: str, other: str) -> bool:
    """Are they one number, however it is written?"""
    return _digits(one) == _digits(other)


def _digits(number: str) -> str:
    return "".join(filter(str.isalnum, number)).upper()


def _compare_number(case: Case, trail: Trail, found: Findings) -> None:
    *_earlier, (event, number) = numbers(trail)
    if number is None:
        found.leave_out("the number of a case", event.why_not or BEFORE)
    elif not same_number(case.organisation.number, number):
        found.differ(f"the case is about another number than {event} tells")
