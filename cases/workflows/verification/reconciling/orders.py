"""Orders and attempts against their events: who asked, for what, for which number, and what became of it."""

from collections.abc import Iterator

from cases.models import AmlSession, AttemptOutcome, Case, CreateAttempt, SessionState, Verb
from cases.models.audit.subject import EventSubject
from cases.models.capture.session import ENDED
from cases.workflows.audit.recorded_columns import ORDER
from cases.workflows.verification.reconciling.case import numbers, same_number
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import BEFORE, Event, Trail

OPENINGS = {Verb.SESSION_OPENED: AttemptOutcome.OPENED, Verb.SESSION_ADOPTED: AttemptOutcome.ADOPTED}
# What tells of an attempt that made no session, or may tell of it in other words.
REFUSALS = (Verb.CREATE_REFUSED, Verb.ANSWER_LOST, Verb.SESSION_ENDED)


def compare(case: Case, trail: Trail, found: Findings) -> None:
    sessions = {row.number: row for row in case.sessions.all()}
    for session in sessions.values():
        found.rows += 1
        _compare(session, trail, found)
        _compare_attempts(session, trail, found)
    for event in trail.with_verb(Verb.SESSION_REQUESTED):
        if event.subject not in {str(_subject(row)) for row in sessions.values()}:
            found.differ(f"{event} tells of the order of {event.subject}, and there is no such row")
    _compare_numbers(case, trail, found)


def _subject(session: AmlSession) -> EventSubject:
    return EventSubject.session(session.number)


def _compare(session: AmlSession, trail: Trail, found: Findings) -> None:
    what = f"{_subject(session)} (row {session.pk})"
    ordered = trail.of(_subject(session), Verb.SESSION_REQUESTED)
    if not ordered:
        found.differ(f"no event tells of the order of {what}")
        return
    order = ordered[0]
    found.compare(what, "requested_by_id", session.requested_by_id, order.actor, order)
    found.compare_detail(what, "an order", "language", session.language, order)
    found.compare_row(what, "an order", ORDER, session, order)
    _compare_kinds(session, order, found)
    _compare_opening(session, what, trail, found)
    _compare_end(session, what, trail, found)


def _compare_kinds(session: AmlSession, order: Event, found: Findings) -> None:
    ordered = order.detail.get("results")
    if not isinstance(ordered, list):
        found.leave_out("the results of an order", order.why_not)
        return
    there = {artefact.kind for artefact in session.artefacts.all()}
    for kind in sorted({*ordered} - there):
        found.differ(f"{order} tells that {kind} of {order.subject} was ordered, and there is no such row")
    for kind in sorted(there - {*ordered}):
        found.differ(f"{kind} of {order.subject} has a row, and {order} does not tell that it was ordered")


def _compare_opening(session: AmlSession, what: str, trail: Trail, found: Findings) -> None:
    openings = trail.of(_subject(session), *OPENINGS)
    if openings and not session.provider_id:
        found.differ(f"{what} has no session at the provider, and {openings[-1]} tells that one was opened")
    elif session.provider_id and not openings:
        found.differ(f"no event tells that {what} was opened at the provider")
    elif openings:
        found.compare_row(what, "a session", ("provider_id",), session, openings[-1])
    granted = trail.of(_subject(session), Verb.CREATE_SENT, *OPENINGS)
    if granted:
        found.compare_row(what, "a session", ("granted_scopes",), session, granted[-1])
    elif session.granted_scopes:
        found.differ(f"no event tells that {what} was sent, and it has granted scopes")


def _compare_end(session: AmlSession, what: str, trail: Trail, found: Findings) -> None:
    """Compare how a session ended; on its way there it moves without an event of each step."""
    moves = [event for event in trail.of(_subject(session)) if event.detail.get("now") in SessionState.values]
    if not moves:
        return
    last = moves[-1]
    recorded = last.detail["now"]
    if session.state != recorded and (session.state in ENDED or recorded in ENDED):
        found.differ(f"{what} has another state than {last} tells: {session.state}, not {recorded}")
    elif recorded in ENDED and last.verb == Verb.SESSION_ENDED:
        found.compare_detail(what, "the end of a session", "reason", session.reason, last)


# --- Attempts ------------------------------------------------------------------------------------------------


def _compare_attempts(session: AmlSession, trail: Trail, found: Findings) -> None:
    attempts = {item.number: item for item in session.attempts.all()}
    sent = trail.of(_subject(session), Verb.CREATE_SENT)
    recorded = {item.detail.get("attempt"): item for item in sent}
    for number, attempt in attempts.items():
        found.rows += 1
        if number not in recorded and len(sent) < len(attempts):
            found.differ(f"no event tells that attempt {number} of {_subject(session)} was sent")
        for problem in _outcome_problems(attempt, trail, _subject(session)):
            found.differ(problem)
    for number_recorded, event in recorded.items():
        if number_recorded is None:
            found.leave_out("the number of an attempt", event.why_not)
        elif number_recorded not in attempts:
            found.differ(
                f"{event} tells that attempt {number_recorded} of {event.subject} was sent, and there is no such row"
            )


def _outcome_problems(attempt: CreateAttempt, trail: Trail, subject: EventSubject) -> Iterator[str]:
    """What is wrong with an attempt's outcome: by number where events tell it, else by any event of its kind."""
    what = f"attempt {attempt.number} of {subject}"
    for event in trail.of(subject, Verb.CREATE_REFUSED, *OPENINGS):
        outcome = OPENINGS.get(Verb(event.verb), AttemptOutcome.REFUSED)
        if (event.row or {}).get("attempt") == attempt.number and attempt.outcome != outcome:
            yield f"{what} has the outcome {attempt.outcome}, and {event} tells of {outcome}"
    verbs = [verb for verb, outcome in OPENINGS.items() if outcome == attempt.outcome]
    if attempt.outcome == AttemptOutcome.REFUSED:
        verbs = list(REFUSALS)
    if verbs and not trail.of(subject, *verbs):
        yield f"no event tells that {what} ended as {attempt.outcome}"


# --- For which number ----------------------------------------------------------------------------------------


def _compare_numbers(case: Case, trail: Trail, found: Findings) -> None:
    """Compare for which number each order was: the one the case had then, whatever it was corrected to since."""
    recorded = list(numbers(trail))
    for session in case.sessions.all():
        ordered = trail.of(_subject(session), Verb.SESSION_REQUESTED)
        if not ordered or not recorded:
            continue
        before = [number for event, number in recorded if event.sequence < ordered[0].sequence]
        number = before[-1] if before else None
        there = (session.ordered_for or case.organisation).number
        if number is None:
            found.leave_out("the number of an order", ordered[0].why_not or BEFORE)
        elif not same_number(there, number):
            found.differ(
                f"{_subject(session)} (row {session.pk}) is for another number than {ordered[0]} was for"
            )
