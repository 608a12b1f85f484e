"""What people judged, answered and set against the events that tell of it, and of the second person's answer."""

from collections.abc import Iterable

from cases.models import Case, Judgement, RiskOverride, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import ANSWERED, ATTACHED, JUDGED, OVERRIDDEN, SECOND
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Event, Trail

ANSWERS = (Verb.JUDGEMENT_CONFIRMED, Verb.JUDGEMENT_SENT_BACK)
OVERRIDE_ANSWERS = (Verb.OVERRIDE_CONFIRMED, Verb.OVERRIDE_SENT_BACK)


def compare(case: Case, trail: Trail, found: Findings) -> None:
    """Compare every judgement of a case with the event that it was made by, and with the second person's."""
    judgements = [judgement for hit in case.hits.all() for judgement in hit.judgements.all()]
    found.rows += len(judgements)
    made, answered = _by_row(trail.with_verb(Verb.HIT_JUDGED)), _by_row(trail.with_verb(*ANSWERS))
    erased = [event for event in trail.with_verb(Verb.HIT_JUDGED, *ANSWERS) if event.row is None]
    for judgement in judgements:
        _compare(judgement, made.pop(judgement.pk, None), erased, found)
        _compare_second(judgement, "judgement", answered.pop(judgement.pk, None), erased, found)
    for event in (*made.values(), *answered.values()):
        found.differ(f"{event} tells of a judgement, and there is no such row")


def compare_answers(case: Case, trail: Trail, found: Findings) -> None:
    """Compare what people answered with the events that tell of it."""
    answered = _by_row(trail.with_verb(Verb.QUESTIONS_ANSWERED))
    erased = [event for event in trail.with_verb(Verb.QUESTIONS_ANSWERED) if event.row is None]
    for row in case.risk_answers.all():
        found.rows += 1
        what = f"the answers in row {row.pk}"
        event = answered.pop(row.pk, None)
        if event is not None:
            found.compare(what, "by_id", row.by_id, event.actor, event)
            found.compare_row(what, "answers", ANSWERED, row, event)
        elif erased:
            found.leave_out("answers", erased[-1].why_not)
        else:
            found.differ(f"no event tells of {what}")
    for event in answered.values():
        found.differ(f"{event} tells of answers, and there is no such row")


def compare_overrides(case: Case, trail: Trail, found: Findings) -> None:
    """Compare how people set the class with the events that tell of it, and of the second person's answer."""
    made, answered = (
        _by_row(trail.with_verb(Verb.CLASS_OVERRIDDEN)),
        _by_row(trail.with_verb(*OVERRIDE_ANSWERS)),
    )
    erased = [
        event for event in trail.with_verb(Verb.CLASS_OVERRIDDEN, *OVERRIDE_ANSWERS) if event.row is None
    ]
    for row in case.risk_overrides.all():
        found.rows += 1
        what = f"the override in row {row.pk}"
        event = made.pop(row.pk, None)
        if event is not None:
            found.compare(what, "by_id", row.by_id, event.actor, event)
            found.compare_row(what, "an override", OVERRIDDEN, row, event)
            found.compare_detail(what, "an override", "rationale", row.rationale, event)
        elif erased:
            found.leave_out("an override", erased[-1].why_not)
        else:
            found.differ(f"no event tells of {what}")
        _compare_second(row, "override", answered.pop(row.pk, None), erased, found)
    for event in (*made.values(), *answered.values()):
        found.differ(f"{event} tells of an override, and there is no such row")


def compare_attachments(case: Case, trail: Trail, found: Findings) -> None:
    """Compare every attachment of a case with the event that tells of it."""
    there = set()
    for attachment in case.attachments.all():
        found.rows += 1
        its = EventSubject.attachment(attachment.number)
        there.add(str(its))
        what = f"{its} (row {attachment.pk})"
        events = trail.of(its, Verb.ATTACHED)
        if not events:
            found.differ(f"no event tells of {what}")
            continue
        found.compare(what, "attached_by_id", attachment.attached_by_id, events[0].actor, events[0])
        found.compare(what, "sha256", attachment.sha256, events[0].rests_on, events[0])
        found.compare_row(what, "an attachment", ATTACHED, attachment, events[0])
    for event in trail.with_verb(Verb.ATTACHED):
        if event.subject not in there:
            found.differ(f"{event} tells of {event.subject}, and there is no such row")


def _by_row(events: Iterable[Event]) -> dict[int, Event]:
    return {event.row["id"]: event for event in events if event.row and "id" in event.row}


def _compare(judgement: Judgement, event: Event | None, erased: list[Event], found: Findings) -> None:
    what = f"the judgement in row {judgement.pk}"
    if event is None and erased:
        found.leave_out("a judgement", erased[-1].why_not)
    elif event is None:
        found.differ(f"no event tells of {what}")
    else:
        found.compare(what, "by_id", judgement.by_id, event.actor, event)
        found.compare_row(what, "a judgement", JUDGED, judgement, event)
        found.compare_detail(what, "a judgement", "rationale", judgement.rationale, event)


def _compare_second(
    row: Judgement | RiskOverride, name: str, event: Event | None, erased: list[Event], found: Findings
) -> None:
    what = f"the answer to the {name} in row {row.pk}"
    if event is not None:
        found.compare(what, "second_by_id", row.second_by_id, event.actor, event)
        found.compare_row(what, f"an answer to a {name}", SECOND, row, event)
    elif row.second_by_id is None:
        return
    elif erased:
        found.leave_out(f"an answer to a {name}", erased[-1].why_not)
    else:
        found.differ(f"no event tells of {what}")
