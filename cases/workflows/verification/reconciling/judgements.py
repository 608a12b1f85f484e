"""What people judged, answered and set against the events that tell of it, and of the second person's answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import (
    Case,
    Decision,
    Judgement,
    OwnerConclusion,
    PartySearch,
    Recusal,
    RequirementSetChoice,
    RequirementStatement,
    RiskAnswers,
    RiskOverride,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import (
    ANSWERED,
    ATTACHED,
    CONCLUDED,
    ENDED,
    JUDGED,
    MOVED,
    OVERRIDDEN,
    PROPOSED,
    RECUSED,
    SEARCHED,
    SECOND,
    STATED,
)
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Event, Trail

ANSWERS = (Verb.JUDGEMENT_CONFIRMED, Verb.JUDGEMENT_SENT_BACK)
DECISION_ANSWERS = (Verb.DECISION_COUNTERSIGNED, Verb.DECISION_SENT_BACK)
DECISION_ENDS = (Verb.DECISION_WITHDRAWN, Verb.DECISION_VOIDED)
OVERRIDE_ANSWERS = (Verb.OVERRIDE_CONFIRMED, Verb.OVERRIDE_SENT_BACK)


def compare(case: Case, trail: Trail, found: Findings) -> None:
    """Compare every judgement of a case with the event that it was made by, and with the second person's."""
    judgements = [judgement for hit in case.hits.all() for judgement in hit.judgements.all()]
    made, answered = _by_row(trail.with_verb(Verb.HIT_JUDGED)), _by_row(trail.with_verb(*ANSWERS))
    erased = _erased(trail, Verb.HIT_JUDGED, *ANSWERS)
    for judgement in judgements:
        _compare(judgement, Named("the judgement", "a judgement", JUDGED, "rationale"), made, erased, found)
        _compare_second(judgement, "judgement", answered, erased, found)
    _compare_left([*made.values(), *answered.values()], "a judgement", found)


def compare_answers(case: Case, trail: Trail, found: Findings) -> None:
    """Compare what people answered with the events that tell of it."""
    made = _by_row(trail.with_verb(Verb.QUESTIONS_ANSWERED))
    erased = _erased(trail, Verb.QUESTIONS_ANSWERED)
    for row in case.risk_answers.all():
        _compare(row, Named("the answers", "answers", ANSWERED), made, erased, found)
    _compare_left([*made.values()], "answers", found)


def compare_overrides(case: Case, trail: Trail, found: Findings) -> None:
    """Compare how people set the class with the events that tell of it, and of the second person's answer."""
    made = _by_row(trail.with_verb(Verb.CLASS_OVERRIDDEN))
    answered = _by_row(trail.with_verb(*OVERRIDE_ANSWERS))
    erased = _erased(trail, Verb.CLASS_OVERRIDDEN, *OVERRIDE_ANSWERS)
    for row in case.risk_overrides.all():
        _compare(row, Named("the override", "an override", OVERRIDDEN, "rationale"), made, erased, found)
        _compare_second(row, "override", answered, erased, found)
    _compare_left([*made.values(), *answered.values()], "an override", found)


def compare_set_choices(case: Case, trail: Trail, found: Findings) -> None:
    """Compare the moves of a case to other requirement sets with the events that tell of them."""
    made = _by_row(trail.with_verb(Verb.REQUIREMENT_SET_MOVED))
    erased = _erased(trail, Verb.REQUIREMENT_SET_MOVED)
    for row in case.requirement_set_choices.all():
        _compare(row, Named("the move to a requirement set", "a move", MOVED), made, erased, found)
    _compare_left([*made.values()], "a move to a requirement set", found)


def compare_recusals(case: Case, trail: Trail, found: Findings) -> None:
    """Compare who is recused from a case with the events that tell of it."""
    made, erased = _by_row(trail.with_verb(Verb.RECUSED)), _erased(trail, Verb.RECUSED)
    for row in case.recusals.all():
        event = made.get(row.pk)
        _compare(row, Named("the recusal", "a recusal", RECUSED, by="person_id"), made, erased, found)
        if event is not None:
            found.compare_detail(
                f"the recusal in row {row.pk}", "a recusal", "recused_reason", row.reason, event
            )
    _compare_left([*made.values()], "a recusal", found)


def compare_statements(case: Case, trail: Trail, found: Findings) -> None:
    """Compare what people said of requirements with the events that tell of it."""
    made = _by_row(trail.with_verb(Verb.REQUIREMENT_STATED))
    erased = _erased(trail, Verb.REQUIREMENT_STATED)
    for row in case.requirement_statements.all():
        _compare(row, Named("the statement", "a statement", STATED, "words"), made, erased, found)
    _compare_left([*made.values()], "a statement", found)


def compare_decisions(case: Case, trail: Trail, found: Findings) -> None:
    """Compare what was proposed with the events that tell of it, of its answer and of its end."""
    made = _by_row(trail.with_verb(Verb.DECISION_PROPOSED))
    answered = _by_row(trail.with_verb(*DECISION_ANSWERS))
    ended = _by_row(trail.with_verb(*DECISION_ENDS))
    erased = _erased(trail, Verb.DECISION_PROPOSED, *DECISION_ANSWERS, *DECISION_ENDS)
    for row in case.decisions.all():
        _compare(row, Named("the proposal", "a proposal", PROPOSED, "rationale"), made, erased, found)
        _compare_second(row, "proposal", answered, erased, found)
        _compare_end(row, ended, erased, found)
    _compare_left([*made.values(), *answered.values(), *ended.values()], "a proposal", found)


def compare_conclusions(case: Case, trail: Trail, found: Findings) -> None:
    """Compare what people concluded on owners with the events that tell of it."""
    made = _by_row(trail.with_verb(Verb.OWNER_CONCLUDED))
    erased = _erased(trail, Verb.OWNER_CONCLUDED)
    for row in case.owner_conclusions.all():
        _compare(row, Named("the conclusion", "a conclusion", CONCLUDED, "words"), made, erased, found)
    _compare_left([*made.values()], "a conclusion", found)


def compare_searches(case: Case, trail: Trail, found: Findings) -> None:
    """Compare the searches of parties that people recorded with the events that tell of them."""
    made = _by_row(trail.with_verb(Verb.PARTIES_SEARCHED))
    erased = _erased(trail, Verb.PARTIES_SEARCHED)
    for row in case.party_searches.all():
        _compare(row, Named("the search", "a search", SEARCHED, "words"), made, erased, found)
    _compare_left([*made.values()], "a search", found)


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


@dataclass(frozen=True)
class Named:
    """What rows of a kind are called, one of them and any, and the columns that their event tells.

    `words`: the column with what the person said, which the detail tells under its name; '' if there is none. `by`: the
    column with the person.
    """

    one: str
    any: str
    columns: tuple[str, ...]
    words: str = ""
    by: str = "by_id"


def _by_row(events: Iterable[Event]) -> dict[int, Event]:
    return {event.row["id"]: event for event in events if event.row and "id" in event.row}


def _erased(trail: Trail, *verbs: Verb) -> list[Event]:
    return [event for event in trail.with_verb(*verbs) if event.row is None]


def _compare(
    row: Decision
    | Judgement
    | OwnerConclusion
    | PartySearch
    | Recusal
    | RequirementSetChoice
    | RequirementStatement
    | RiskAnswers
    | RiskOverride,
    named: Named,
    made: dict[int, Event],
    erased: list[Event],
    found: Findings,
) -> None:
    """Compare a row with the event that tells of it, and take that event from `made`."""
    found.rows += 1
    what, event = f"{named.one} in row {row.pk}", made.pop(row.pk, None)
    if event is None and erased:
        found.leave_out(named.any, erased[-1].why_not)
    elif event is None:
        found.differ(f"no event tells of {what}")
    else:
        found.compare(what, named.by, getattr(row, named.by), event.actor, event)
        found.compare_row(what, named.any, named.columns, row, event)
        if named.words:
            found.compare_detail(what, named.any, named.words, getattr(row, named.words), event)


def _compare_second(
    row: Decision | Judgement | RiskOverride,
    name: str,
    answered: dict[int, Event],
    erased: list[Event],
    found: Findings,
) -> None:
    what, event = f"the answer to the {name} in row {row.pk}", answered.pop(row.pk, None)
    if event is not None:
        found.compare(what, "second_by_id", row.second_by_id, event.actor, event)
        found.compare_row(what, f"an answer to a {name}", SECOND, row, event)
    elif row.second_by_id is None:
        return
    elif erased:
        found.leave_out(f"an answer to a {name}", erased[-1].why_not)
    else:
        found.differ(f"no event tells of {what}")


def _compare_end(row: Decision, ended: dict[int, Event], erased: list[Event], found: Findings) -> None:
    what, event = f"the end of the proposal in row {row.pk}", ended.pop(row.pk, None)
    if event is not None:
        found.compare_row(what, "an end of a proposal", ENDED, row, event)
    elif not row.ending:
        return
    elif erased:
        found.leave_out("an end of a proposal", erased[-1].why_not)
    else:
        found.differ(f"no event tells of {what}")


def _compare_left(events: Iterable[Event], what: str, found: Findings) -> None:
    """Name the events that are left when every row was held against its own."""
    for event in events:
        found.differ(f"{event} tells of {what}, and there is no such row")
