"""Which class counts where people set another one than is worked out, and when a second person must agree."""

import datetime

import pytest

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.risk.assessment import Assessment, Forced
from cases.assessment.risk.override import Override, class_in_force, floor, needs_second

TODAY = datetime.date(2026, 11, 28)
TOMORROW = TODAY + datetime.timedelta(days=1)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def found(risk_class: str, *gates: str) -> Assessment:
    """An assessment of which only the class and the gates are of interest here."""
    forced = tuple(Forced(f"H{number}", RiskClass(name), "") for number, name in enumerate(gates))
    return Assessment("", 1, RiskClass(risk_class), 0, forced, {}, {}, ())


def set_to(to: str, was: str, until: datetime.date = TOMORROW) -> Override:
    return Override(RiskClass(to), RiskClass(was), until)


@pytest.mark.parametrize(
    ("now", "override", "counts"),
    [
        (found("normal"), set_to("high", "normal", TODAY), "high"),
        (found("normal"), set_to("high", "normal", YESTERDAY), "normal"),
        (found("low"), set_to("high", "normal"), "high"),
        # A raised class is never below the one worked out, nor below a gate.
        (found("high"), set_to("normal", "low"), "high"),
        (found("prohibited", "prohibited"), set_to("high", "normal"), "prohibited"),
        # A lowered class counts as long as nothing graver is worked out than was lowered.
        (found("high"), set_to("normal", "high", TODAY), "normal"),
        (found("high"), set_to("normal", "high", YESTERDAY), "high"),
        (found("normal"), set_to("normal", "high"), "normal"),
        (found("low"), set_to("normal", "high"), "normal"),
        (found("high"), set_to("low", "normal"), "high"),
        (found("prohibited", "prohibited"), set_to("low", "high"), "prohibited"),
        # The points alone gave it then; now a gate holds.
        (found("high", "high"), set_to("normal", "high"), "high"),
    ],
)
def test_the_class_that_counts(now: Assessment, override: Override, counts: str) -> None:
    assert class_in_force(now, override, TODAY) == counts


def test_without_an_override_the_class_is_the_one_worked_out() -> None:
    assert class_in_force(found("normal"), None, TODAY) == "normal"


@pytest.mark.parametrize(
    ("worked_out", "in_force", "wanted", "is_needed"),
    [
        ("normal", "normal", "high", False),
        ("normal", "normal", "low", True),
        ("high", "normal", "normal", True),
        # Taking back what was raised lowers the class; taking back what was lowered does not.
        ("normal", "high", "normal", True),
        ("high", "normal", "high", False),
        ("low", "high", "normal", True),
    ],
)
def test_a_class_is_lowered_by_two(worked_out: str, in_force: str, wanted: str, is_needed: bool) -> None:
    assert needs_second(found(worked_out), RiskClass(in_force), RiskClass(wanted)) is is_needed


def test_the_gravest_gate_is_the_least_that_can_be_set() -> None:
    assert floor(found("high")) == "low"
    assert floor(found("prohibited", "high", "prohibited", "high")) == "prohibited"
