"""What holds of the requirements of every case, whatever came and whatever people said."""

import datetime
import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.case_facts import CaseFacts
from cases.assessment.requirements.found import State
from cases.assessment.requirements.statement import Outcome, Statement, StatementKind
from cases.assessment.requirements.work_out import work_out
from cases.findings.verdicts.summary import summary
from tests.assessment.requirements.made import EVERY, SAID, SET, TODAY, evidence, facts, statuses
from tests.findings.documents import anything, spoiled
from tests.findings.reading import CONTRACT, result

# What was said of R19 and R13 decides on these.
FOLLOWING = {"R20", "R08", "R12"}
FIXED = {State.MET_BY_EVIDENCE, State.NOT_APPLICABLE}
classes = st.sampled_from([*RiskClass])
gone: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "capture": st.none(),
        "screening": st.none(),
        "screened_on": st.none(),
        "assessment": st.none(),
        "owners": st.none(),
        "files": st.just({}),
        "country_lists": st.just({}),
        "answers": st.just({}),
        "answered_by": st.just(""),
        "today": st.dates(datetime.date(2026, 1, 1), datetime.date(2030, 1, 1)),
    },
)
expands = st.lists(st.sampled_from(CONTRACT.expands), unique=True).map(tuple)
days = st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 1, 1))


@st.composite
def cases(draw: st.DrawFn) -> CaseFacts:
    """Facts of a case whose result is any JSON, held against any order."""
    document = draw(spoiled() | anything)
    read = result(document, expands=draw(expands)) if draw(st.booleans()) else result(document)
    return facts(read, evidence(), risk_class=draw(classes), **draw(gone))


@st.composite
def statements(draw: st.DrawFn, of_case: CaseFacts) -> dict[str, Statement]:
    """What people said of some requirements, about what is so or about something else."""
    found = statuses(of_case)
    return {
        name: Statement(
            kind=draw(st.sampled_from([*StatementKind])),
            by="Ola Vest",
            on=draw(days),
            about=found[name].found.about if draw(st.booleans()) else ("Somebody Else",),
            outcome=draw(st.sampled_from([*Outcome])),
            until=draw(st.none() | days),
            evidence_day=draw(st.none() | days),
            evidence=(SAID,),
        )
        for name in draw(st.lists(st.sampled_from(EVERY), unique=True, max_size=6))
    }


@settings(max_examples=150, deadline=None)
@given(of_case=cases())
def test_whatever_came_every_requirement_stands_once_in_its_order(of_case: CaseFacts) -> None:
    assert tuple(status.required.id for status in work_out(SET, of_case, {})) == EVERY


@settings(max_examples=150, deadline=None)
@given(of_case=cases())
def test_whatever_came_nothing_is_met_without_evidence(of_case: CaseFacts) -> None:
    met = [status for status in work_out(SET, of_case, {}) if status.state is State.MET_BY_EVIDENCE]
    assert [status.required.id for status in met if not status.evidence] == []


@settings(max_examples=150, deadline=None)
@given(of_case=cases())
def test_whatever_came_every_requirement_says_why_it_stands_so(of_case: CaseFacts) -> None:
    found = work_out(SET, of_case, {})
    assert [status.required.id for status in found if not str(status.found.words).strip()] == []


@settings(max_examples=150, deadline=None)
@given(data=st.data(), of_case=cases())
def test_whatever_people_said_evidence_and_class_stand(data: st.DataObject, of_case: CaseFacts) -> None:
    spoken = data.draw(statements(of_case))
    before, after = statuses(of_case), statuses(of_case, **spoken)
    fixed = [name for name in EVERY if before[name].state in FIXED and name not in FOLLOWING]
    assert [name for name in fixed if after[name].state is not before[name].state] == []


@settings(max_examples=150, deadline=None)
@given(data=st.data(), of_case=cases())
def test_whatever_people_said_what_nobody_said_stands(data: st.DataObject, of_case: CaseFacts) -> None:
    spoken = data.draw(statements(of_case))
    before, after = statuses(of_case), statuses(of_case, **spoken)
    silent = [name for name in EVERY if name not in spoken and name not in FOLLOWING]
    assert [name for name in silent if after[name].state is not before[name].state] == []


@settings(max_examples=100, deadline=None)
@given(data=st.data(), of_case=cases())
def test_the_same_facts_give_the_same_plain_values(data: st.DataObject, of_case: CaseFacts) -> None:
    spoken = data.draw(statements(of_case))
    once, again = (
        json.dumps([status.as_json() for status in work_out(SET, of_case, spoken)]) for _ in range(2)
    )
    assert once == again


@settings(max_examples=100, deadline=None)
@given(document=spoiled())
def test_a_result_that_is_not_read_meets_nothing(document: Any) -> None:
    """Whatever the result that is set aside says, without a capture only documents count."""
    read = result(document)
    known = evidence(documents=())
    of_case = facts(read, known, capture=None, screening=None, screened_on=None, assessment=None, files={})
    of_case = replace(of_case, cautions=summary(read, known).cautions, today=TODAY)
    assert [
        status.required.id for status in work_out(SET, of_case, {}) if status.state is State.MET_BY_EVIDENCE
    ] == []
