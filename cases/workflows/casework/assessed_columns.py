"""Keeps what a case says of how it is assessed: its risk class and its conditions (models/casework/assessed.py).

Whoever works on a case has them worked out in the same transaction (worked_on.py). A capture, a move of the case and a
judgement that ends mark them (`derive`, `case_moves`), a day that changes them is kept with them, and cases whose class
is by another model than the one in force are found by that: the queue works all of these out
(background/changed_assessments.py).
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.assessment.requirements.statement import StatementKind
from cases.assessment.risk.known import next_anniversary, registered_on
from cases.models import AmlSession, Case, CaseState, PolicyKind, PolicyVersion
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk
from cases.workflows.casework import risk_in_force
from cases.workflows.casework.decisions import proposals
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read

COLUMNS = ("risk_class", "risk_is_provisional", "risk_model", "assess_at", "condition_due")
DAY = datetime.timedelta(days=1)
# When what is out of reach is looked for again.
LATER = datetime.timedelta(minutes=10)


def keep(case: Case) -> None:
    """Work the columns out anew. Inside the lock of the case."""
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    Case.objects.filter(pk=case.pk).update(**columns(case, reading, sessions))


def put_off(key: int) -> None:
    """Work nothing out for a case for a while: what it keeps is not of now."""
    Case.objects.filter(pk=key).update(**_put_off())


def _put_off() -> dict[str, Any]:
    return {"risk_model": None, "assess_at": timezone.now() + LATER}


@transaction.atomic
def again(reference: str) -> tuple[str, ...]:
    """Work them out for a case, whatever it keeps; give the names of those that changed."""
    case = (
        Case.objects.select_for_update(of=("self",)).select_related("organisation").get(reference=reference)
    )
    before = case.assessed
    keep(case)
    case.refresh_from_db()
    return tuple(name for name, value in case.assessed.items() if before[name] != value)


def held(case: Case) -> dict[str, Any]:
    """What a case keeps that is another than what would be worked out now; nothing as long as that is to be done."""
    model = PolicyVersion.objects.key_in_force(PolicyKind.RISK_MODEL)
    if not case.is_assessed(timezone.now()) or (case.risk_model_id != model and not case.is_decided):
        return {}
    sessions = sessions_of(case.pk)
    reading = read_session(to_read(sessions), sessions)
    if reading.spoiled:
        return {}
    found = columns(case, reading, sessions)
    return {name: found[name] for name, value in case.assessed.items() if found[name] != value}


def columns(case: Case, reading: CaptureReading, sessions: Sequence[AmlSession]) -> dict[str, Any]:
    """The columns from a capture that is read. As long as its files are out of reach, none is by any model.

    Nor is any while no model is in force: it is looked for again.
    """
    if reading.out_of_reach:
        return _put_off()
    today = timezone.localdate()
    found = risk_in_force.case_risk(case, reading, today)
    if found.version is None and not case.is_decided:
        return {"risk_class": "", "risk_is_provisional": False, "condition_due": None, **_put_off()}
    present = found.present
    return {
        "risk_class": present.risk_class.value if present else "",
        "risk_is_provisional": present.found.is_provisional if present else False,
        "risk_model": found.version,
        **_of_days(case, reading, sessions, found, today),
    }


def _of_days(
    case: Case, reading: CaptureReading, sessions: Sequence[AmlSession], found: CaseRisk, today: datetime.date
) -> dict[str, Any]:
    """What comes with a day: the next condition, and the first day on which any of it may be another."""
    days = [*_days_of_risk(reading, found, today)]
    condition = None
    if case.state == CaseState.CONDITIONS:
        of_case = requirement_status.of_reading(case, reading, sessions, today, risk=found)
        condition = _condition(case, of_case)
        days += _days_of_waivers(of_case, today)
    return {"condition_due": condition, "assess_at": _begin_of(min(days)) if days else None}


def _days_of_risk(reading: CaptureReading, found: CaseRisk, today: datetime.date) -> Iterator[datetime.date]:
    """The day after an override ends and after the organisation is a year older, and on which a judgement ends."""
    if found.present is None:
        return
    for judged in reading.judged.by_fingerprint.values():
        ends = judged.judgement.expires_on if judged.stands else None
        if ends is not None and ends > today:
            yield ends
    if (agreed := found.present.agreed) and agreed.until and agreed.until >= today:
        yield agreed.until + DAY
    if registered := registered_on(reading.result):
        yield next_anniversary(registered, today) + DAY


def _condition(case: Case, of_case: CaseRequirements) -> datetime.date | None:
    """The last day of the first condition that nobody has shown or waived."""
    made = proposals.facts_of(case)
    dues = {f"K{number}": due for number, (_words, due) in enumerate(made.conditions if made else (), 1)}
    return min((dues[one.required.id] for one in of_case.open if one.required.id in dues), default=None)


def _days_of_waivers(of_case: CaseRequirements, today: datetime.date) -> list[datetime.date]:
    rows = (row for row in of_case.statements if row.kind == StatementKind.WAIVED and row.until)
    return [row.until + DAY for row in rows if row.until and row.until >= today]


def _begin_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(
        datetime.datetime.combine(day, datetime.time()), timezone.get_current_timezone()
    )
