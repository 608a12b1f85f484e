"""What people say of requirements: when it counts, and why it does not any more."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.requirement_terms import Who
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.statement import Outcome, StatementKind
from cases.assessment.requirements.work_out import work_out
from tests.assessment.requirements.made import CAPTURED_ON, SAID, SET, TODAY, facts, stated, states, statuses
from tests.assessment.risk.assessing import plain

WAIVED, TAKEN_BACK = StatementKind.WAIVED, StatementKind.TAKEN_BACK
UNTIL = datetime.date(2026, 4, 30)
ONE_DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "before"),
    [("R05", "open"), ("R16", "cannot_be_known"), ("R19", "cannot_be_known"), ("R26", "open")],
)
def test_a_persons_word_meets_what_is_open_or_cannot_be_known(name: str, before: str) -> None:
    of_case = facts()
    assert states(of_case, name) == {name: before}
    status = statuses(of_case, **{name: stated(name, of_case)})[name]
    assert (status.state.value, status.by, status.evidence) == ("met_by_person", "Ola Vest", (SAID,))


def test_a_persons_word_meets_no_other_requirement() -> None:
    of_case = facts()
    before, after = states(of_case), states(of_case, R16=stated("R16", of_case))
    assert {name for name, state in after.items() if state != before[name]} == {"R16"}


@pytest.mark.parametrize(
    ("today", "state"), [(TODAY, "waived"), (UNTIL, "waived"), (UNTIL + ONE_DAY, "cannot_be_known")]
)
def test_a_waiver_holds_until_its_last_day(today: datetime.date, state: str) -> None:
    waiver = stated("R16", facts(), WAIVED, until=UNTIL)
    assert states(facts(today=today), "R16", R16=waiver) == {"R16": state}


def test_a_waiver_shows_its_last_day_only_while_it_holds() -> None:
    waiver = stated("R16", facts(), WAIVED, until=UNTIL)
    found = [statuses(facts(today=today), R16=waiver)["R16"].until for today in (UNTIL, UNTIL + ONE_DAY)]
    assert found == [UNTIL, None]


def test_a_waiver_that_ended_says_so() -> None:
    waiver = stated("R16", facts(), WAIVED, until=UNTIL)
    status = statuses(facts(today=UNTIL + ONE_DAY), R16=waiver)["R16"]
    assert str(status.why_not).replace("\xa0", " ") == "The waiver ended on 30 Apr 2026."


def test_a_waiver_does_not_age() -> None:
    waiver = stated("R16", facts(), WAIVED, until=datetime.date(2027, 1, 1))
    status = statuses(facts(today=datetime.date(2026, 12, 1)), R16=waiver)["R16"]
    assert (status.state.value, status.stale_on) == ("waived", None)


def test_what_was_taken_back_leaves_open_and_names_who_did() -> None:
    of_case = facts()
    status = statuses(of_case, R05=stated("R05", of_case, TAKEN_BACK))["R05"]
    assert (status.state.value, str(status.why_not), status.by) == ("open", "Taken back by Ola Vest.", "")


STALE_ON = datetime.date(2026, 5, 20)  # three months after the day of the evidence


@pytest.mark.parametrize(
    ("today", "state"), [(STALE_ON - ONE_DAY, "met_by_person"), (STALE_ON, "cannot_be_known")]
)
def test_a_word_on_evidence_too_old_does_not_count(today: datetime.date, state: str) -> None:
    searched = stated("R16", facts(), evidence_day=datetime.date(2026, 2, 20))
    assert states(facts(today=today), "R16", R16=searched) == {"R16": state}


def test_evidence_too_old_says_since_when() -> None:
    searched = stated("R16", facts(), evidence_day=datetime.date(2026, 2, 20))
    status = statuses(facts(today=STALE_ON), R16=searched)["R16"]
    assert str(status.why_not).replace("\xa0", " ") == "What it rests on is too old since 20 May 2026."


def test_evidence_without_a_day_is_as_old_as_the_word() -> None:
    searched = stated("R16", facts())
    assert statuses(facts(), R16=searched)["R16"].stale_on == datetime.date(2026, 6, 15)


def test_what_rests_on_nothing_that_ages_counts_for_years() -> None:
    chosen = stated("R05", facts())
    later = facts(today=datetime.date(2036, 1, 1))
    status = statuses(later, R05=chosen)["R05"]
    assert (status.state.value, status.stale_on) == ("met_by_person", None)


def test_a_word_about_something_else_does_not_count_and_says_what_changed() -> None:
    of_case = facts()
    searched = stated("R16", of_case, about=("Somebody Else",))
    status = statuses(of_case, R16=searched)["R16"]
    assert (status.state.value, status.evidence, status.by) == ("cannot_be_known", (), "")
    assert str(status.why_not).startswith("It was about something else: new: Aarne Koskela")
    assert str(status.why_not).endswith("; no more: Somebody Else")


@pytest.mark.parametrize("kind", [StatementKind.MET, WAIVED])
def test_a_persons_word_never_stands_in_for_evidence(kind: StatementKind) -> None:
    of_case = facts()
    found = statuses(of_case, R03=stated("R03", of_case, kind, until=UNTIL))["R03"]
    assert (found.state.value, found.by, found.until) == ("met_by_evidence", "", None)
    assert found.stale_on == datetime.date(2026, 6, 1)


@pytest.mark.parametrize("kind", [StatementKind.MET, WAIVED])
def test_a_persons_word_never_makes_apply_what_does_not(kind: StatementKind) -> None:
    of_case = facts(plain())
    for name in ("R07", "R11", "R13"):
        assert states(of_case, name, **{name: stated(name, of_case, kind)}) == {name: "not_applicable"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in ("R17", "R22", "R28", "R30") for kind in (StatementKind.MET, WAIVED)),
        ("R08", WAIVED),
        ("R14", WAIVED),
    ],
)
def test_a_word_that_the_set_lets_nobody_say_does_not_count(name: str, kind: StatementKind) -> None:
    of_case = facts()
    status = statuses(of_case, **{name: stated(name, of_case, kind)})[name]
    assert (status.state.value, bool(status.why_not)) == ("open", True)


def test_a_word_that_a_newer_set_lets_nobody_say_any_more_does_not_count() -> None:
    of_case = facts()
    of_nobody = tuple(
        replace(required, met_by=Who.NOBODY) if required.id == "R05" else required
        for required in SET.requirements
    )
    newer = replace(SET, requirements=of_nobody)
    found = {
        policy: next(
            status.state.value
            for status in work_out(policy_set, of_case, {"R05": stated("R05", of_case)})
            if status.required.id == "R05"
        )
        for policy, policy_set in (("before", SET), ("newer", newer))
    }
    assert found == {"before": "met_by_person", "newer": "open"}


def test_a_word_on_a_requirement_that_the_set_lacks_changes_nothing() -> None:
    of_case = facts()
    assert states(of_case, R99=stated("R05", of_case)) == states(of_case)


def test_a_list_that_was_not_searched_can_be_waived() -> None:
    of_case = facts(today=CAPTURED_ON + datetime.timedelta(days=100))
    waiver = stated("R15", of_case, WAIVED, until=datetime.date(2026, 7, 1))
    assert states(of_case, "R15", R15=waiver) == {"R15": "waived"}


OF_JSON: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "R16",
        {"outcome": Outcome.NOTHING_FOUND, "evidence_day": TODAY},
        {"state": "met_by_person", "by": "Ola Vest", "until": None, "stale_on": "2026-06-15"},
    ),
    (
        "R16",
        {"kind": WAIVED, "until": UNTIL},
        {"state": "waived", "by": "Ola Vest", "until": "2026-04-30", "stale_on": None},
    ),
    (
        "R16",
        {"kind": TAKEN_BACK},
        {"state": "cannot_be_known", "by": None, "evidence": [], "not_counted": "Taken back by Ola Vest."},
    ),
    ("R03", {}, {"state": "met_by_evidence", "by": None, "stale_on": "2026-06-01", "not_counted": None}),
]


def test_how_a_requirement_stands_is_given_in_plain_values() -> None:
    of_case = facts()
    for name, changes, expected in OF_JSON:
        status = statuses(of_case, **{name: stated(name, of_case, **changes)})[name].as_json()
        assert {key: status[key] for key in expected} == expected


def test_plain_values_name_the_requirement_and_its_evidence() -> None:
    of_case = facts(risk_class=RiskClass.NORMAL)
    found = statuses(of_case)["R01"].as_json()
    assert found == {
        "id": "R01",
        "title": "The result is about the organisation ordered",
        "words": "Number as ordered.",
        "basis": "Own policy",
        "state": "met_by_evidence",
        "evidence": [{"kind": "capture", "id": "1/json", "hash": "a" * 64}],
        "by": None,
        "until": None,
        "stale_on": None,
        "not_counted": None,
    }
