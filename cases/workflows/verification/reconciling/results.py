"""Results against their events: which file was captured, what was learned of its signature, what it names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, ArtefactState, Case, SignatureCheck, UnreadableAnswer, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import CAPTURED, CHECKED
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Event, Trail

ENDS = {
    Verb.ARTEFACT_CAPTURED: ArtefactState.CAPTURED,
    Verb.ARTEFACT_FAILED: ArtefactState.FAILED,
    Verb.ARTEFACT_EXPIRED: ArtefactState.EXPIRED,
}
SUBJECT = re.compile(r"session [0-9]+ [a-z_]+")


def compare(case: Case, trail: Trail, found: Findings) -> None:
    there = set()
    for session in case.sessions.all():
        for artefact in session.artefacts.all():
            there.add(str(subject(session, artefact)))
            found.rows += 1
            _compare(session, artefact, trail, found)
    for event in trail.events:
        if event.verb in ENDS and event.subject not in there:
            found.differ(f"{event} tells of the result {event.subject}, and there is no such row")


def subject(session: AmlSession, artefact: Artefact) -> EventSubject:
    return EventSubject.result(session.number, artefact.kind)


def _compare(session: AmlSession, artefact: Artefact, trail: Trail, found: Findings) -> None:
    its = subject(session, artefact)
    what = f"{its} (row {artefact.pk})"
    captured = trail.of(its, Verb.ARTEFACT_CAPTURED)
    if captured:
        _compare_capture(artefact, what, captured[-1], found)
    elif artefact.is_captured:
        found.differ(f"no event tells that {what} was captured")
    else:
        _compare_end(session, artefact, what, trail, found)
    _compare_answers(list(artefact.unreadable_answers.all()), its, trail, found)
    _compare_checks(artefact, its, trail.of(its, Verb.SIGNATURE_CHECKED), found)


def _compare_capture(artefact: Artefact, what: str, event: Event, found: Findings) -> None:
    if not artefact.is_captured:
        found.differ(f"{what} is {artefact.state}, and {event} tells that it was captured")
        return
    found.compare(what, "sha256", artefact.sha256, event.rests_on, event)
    if not is_name_of(artefact.file, artefact.sha256, artefact.kind):
        found.differ(f"{what} names a file that is not called after its hash")
    found.compare_row(what, "a result", CAPTURED, artefact, event)
    if event.row is None:
        found.compare_detail(what, "a result", "size", artefact.size, event)


def is_name_of(file: str, sha256: str, kind: str) -> bool:
    """Is it a name that evidence with this hash is kept under?"""
    return file in {
        evidence_files.name_for(sha256, kind, copy) for copy in range(1, evidence_files.MOST_COPIES + 1)
    }


def _compare_end(session: AmlSession, artefact: Artefact, what: str, trail: Trail, found: Findings) -> None:
    ends = trail.of(subject(session, artefact), *ENDS)
    if not ends:
        if artefact.state in ENDS.values():
            found.differ(f"no event tells that {what} became {artefact.state}")
        return
    last, recorded = ends[-1], ENDS[Verb(ends[-1].verb)]
    resumed = any(
        event.sequence > last.sequence
        for event in trail.of(EventSubject.session(session.number), Verb.SESSION_RESUMED)
    )
    if artefact.state == recorded:
        if recorded == ArtefactState.FAILED:
            found.compare_detail(what, "a failure", "reason", artefact.reason, last)
    elif not resumed or recorded == ArtefactState.EXPIRED:
        found.differ(f"{what} is {artefact.state}, and {last} tells that it became {recorded}")


# --- What came and could not be read -------------------------------------------------------------------------


def _compare_answers(
    answers: Sequence[UnreadableAnswer], its: EventSubject, trail: Trail, found: Findings
) -> None:
    """Compare unreadable answers: the same bytes are recorded once, and kept as often as they came."""
    recorded = {item.rests_on: item for item in trail.of(its, Verb.FETCH_FAILED) if item.rests_on}
    for answer in answers:
        found.rows += 1
        what = f"an unreadable answer for {its} (row {answer.pk})"
        event = recorded.get(answer.sha256)
        if event is None:
            found.differ(f"no event tells of {what}")
            continue
        found.compare_detail(what, "an unreadable answer", "size", answer.size, event)
        if not is_name_of(answer.file, answer.sha256, its.part):
            found.differ(f"{what} names a file that is not called after its hash")
    kept = {item.sha256 for item in answers}
    for sha256, event in recorded.items():
        if sha256 not in kept:
            found.differ(f"{event} tells of an unreadable answer for {its}, and there is no such row")


# --- Signature checks ----------------------------------------------------------------------------------------


def _compare_checks(artefact: Artefact, its: EventSubject, events: Sequence[Event], found: Findings) -> None:
    for check, event in _pairs(artefact.signature_checks.all(), events):
        if event is None:
            assert check is not None  # noqa: S101 - one of the two is there
            found.rows += 1
            found.differ(f"no event tells of the check of the signature of {its} (row {check.pk})")
        elif check is None:
            found.differ(f"{event} tells of a check of the signature of {its}, and there is no such row")
        else:
            found.rows += 1
            _compare_check(artefact, check, event, found)


def _compare_check(artefact: Artefact, check: SignatureCheck, event: Event, found: Findings) -> None:
    what = f"the check of the signature of {event.subject} (row {check.pk})"
    found.compare(what, "asked_by_id", check.ordered_by_id, event.actor, event)
    if artefact.sha256 != event.rests_on:
        found.differ(f"{what} is of another file than {event} rests on")
    found.compare_detail(what, "a check of a signature", "verdict", check.verdict, event)
    found.compare_detail(what, "a check of a signature", "explanation", check.explanation, event)
    found.compare_row(what, "a check of a signature", CHECKED, check, event)


def _pairs(
    checks: Iterable[SignatureCheck], events: Sequence[Event]
) -> Iterator[tuple[SignatureCheck | None, Event | None]]:
    """Each check with its event: by the key that the event tells, and those that tell none in their order."""
    left = {check.pk: check for check in sorted(checks, key=lambda check: check.pk)}
    named = {(item.row or {}).get("id"): item for item in events}
    for key, event in named.items():
        if key is not None:
            yield left.pop(key, None), event
    yield from zip_longest(list(left.values()), [item for item in events if not (item.row or {}).get("id")])
