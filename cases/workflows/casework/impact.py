"""What a draft of policy would do to the stored cases, before anybody puts it in force. Nothing is written."""

import datetime
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, InterfaceError

from cases.assessment.judging.allowed_reasons import refusal
from cases.assessment.judging.second_person import because
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict
from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.policy.risk_terms import RiskModel
from cases.findings.screening.hit import Hit
from cases.models import AmlSession, Case
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.judged_hits import JudgedHit
from cases.presentation.requirement_statuses import CaseRequirements
from cases.workflows.casework import answers_given, risk
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.policy import versions
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

REASON_NOT_ALLOWED, SECOND_NEEDED = "reason_not_allowed", "second_person_needed"
OF_JUDGEMENTS = (REASON_NOT_ALLOWED, SECOND_NEEDED)


@dataclass(frozen=True)
class CaseImpact:
    """What changes for one case: `was` and `now` are classes, or hits that would be open or need a second person."""

    reference: str
    what: str
    was: str
    now: str


@dataclass
class Impact:
    """What changes, case by case; how many were looked at, and the references of those of which nothing can be said."""

    changes: list[CaseImpact] = field(default_factory=list)
    cases: int = 0
    not_read: list[str] = field(default_factory=list)
    # Whether the store could not be read at some case, for now: then it is not known what would change there.
    is_out_of_reach: bool = False

    @property
    def not_worked_out(self) -> int:
        """How many cases could not be worked out."""
        return len(self.not_read)

    @property
    def changed(self) -> int:
        """In how many cases something would be different."""
        return len({change.reference for change in self.changes})

    def as_json(self) -> dict[str, Any]:
        """In plain values: the same from the same cases and documents, byte for byte."""
        return {
            "cases": self.cases,
            "not_worked_out": self.not_worked_out,
            "changed": self.changed,
            "changes": [
                {"case": change.reference, "what": change.what, "was": change.was, "now": change.now}
                for change in self.changes
            ],
        }


@contextmanager
def _left_out_if_broken(case: Case, found: Impact) -> Iterator[None]:
    """Say of a case with which something goes wrong that nothing is known of it: it keeps no other from being told."""
    try:
        yield
    except (DatabaseError, InterfaceError, versions.NothingInForce):
        raise
    except Exception as problem:
        log.error("what a draft would do to case %s cannot be worked out: %s", case.pk, described(problem))
        found.not_read.append(case.reference)


def of_risk_model(draft: RiskModel, cases: Iterable[Case], today: datetime.date) -> Impact:
    """Which cases would get another class than by the model in force. Raises versions.NothingInForce."""
    present, found = risk.model_in_force(), Impact()
    for case, reading in _readings(cases):
        found.cases += 1
        found.is_out_of_reach |= reading.out_of_reach
        with _left_out_if_broken(case, found):
            answered = answers_given.newest(case)
            try:
                was, now = (risk.of_reading(reading, answered, model, today) for model in (present, draft))
            except risk.CannotAssess:
                found.not_read.append(case.reference)
                continue
            if was.risk_class != now.risk_class:
                found.changes.append(CaseImpact(case.reference, "class", was.risk_class, now.risk_class))
    return found


def of_hit_reasons(draft: HitReasons, cases: Iterable[Case]) -> Impact:
    """Which judgements that stand could not be made any more, or would need a second person that they did not have.

    Judgements hold by the version they were made by: this says what the draft would have done, not what it undoes.
    """
    found = Impact()
    for case, reading in _readings(cases):
        found.cases += 1
        found.is_out_of_reach |= reading.out_of_reach
        with _left_out_if_broken(case, found):
            if reading.spoiled or reading.is_about_another:
                found.not_read.append(case.reference)
                continue
            for hit in reading.result.screening.hits:
                judged = reading.judged.of(hit.fingerprint)
                if judged is not None and judged.stands:
                    found.changes += [
                        CaseImpact(case.reference, what, hit.name or "", now)
                        for what, now in _of_judgement(draft, hit, judged)
                    ]
    return found


def of_requirement_set(draft: RequirementSet, cases: Iterable[Case], today: datetime.date) -> Impact:
    """Which requirements would stand otherwise than by the set of their case. Raises versions.NothingInForce."""
    found = Impact()
    for case, reading, sessions in _readings_with_sessions(cases):
        found.cases += 1
        found.is_out_of_reach |= reading.out_of_reach
        with _left_out_if_broken(case, found):
            if reading.spoiled or reading.is_about_another:
                found.not_read.append(case.reference)
                continue
            was = requirement_status.of_reading(case, reading, sessions, today)
            now = requirement_status.of_reading(case, reading, sessions, today, draft=draft)
            found.changes += [
                CaseImpact(case.reference, name, before, after)
                for name, before, after in _of_requirements(was, now)
                if before != after
            ]
    return found


def _of_requirements(was: CaseRequirements, now: CaseRequirements) -> Iterator[tuple[str, str, str]]:
    """The state of every requirement by both sets, '' where one of them does not have it."""
    for name in dict.fromkeys((*was.by_id, *now.by_id)):
        before, after = was.by_id.get(name), now.by_id.get(name)
        yield name, before.state if before else "", after.state if after else ""


def _of_judgement(draft: HitReasons, hit: Hit, judged: JudgedHit) -> Iterator[tuple[str, str]]:
    judgement = judged.judgement
    for code in judgement.reasons:
        reason = draft.reasons.get(code)
        line = "the reason is gone" if reason is None else str(refusal(reason, hit))
        if line:
            yield REASON_NOT_ALLOWED, f"{code}: {line}"
    why = because(draft, hit, HitVerdict(judgement.verdict), tuple(judgement.reasons))
    if why and not judgement.is_confirmed:
        yield SECOND_NEEDED, ", ".join(why)


def _readings(cases: Iterable[Case]) -> Iterator[tuple[Case, CaptureReading]]:
    """Each case with the capture that is read of it, one at a time."""
    for case, reading, _sessions in _readings_with_sessions(cases):
        yield case, reading


def _readings_with_sessions(
    cases: Iterable[Case],
) -> Iterator[tuple[Case, CaptureReading, list[AmlSession]]]:
    for case in cases:
        sessions = sessions_of(case.pk)
        yield case, read_session(to_read(sessions), sessions), sessions
