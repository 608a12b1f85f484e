"""The questions of a risk model, the answers it has, and the gates that are open as long as nobody answered."""

import datetime

from cases.assessment.policy import risk_model
from cases.assessment.policy.defaults import default
from cases.assessment.risk.assess import assess
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.questions import not_answers, questions
from tests.findings.reading import of

MODEL = risk_model.read(default("risk_model"))
TODAY = datetime.date(2026, 11, 28)
ANSWERS = {
    "A1": "no",
    "A2": "plain",
    "A3": "fits",
    "A4": "no",
    "A5": "met, or electronic ID",
    "A6": "none found, searched",
    "A7": "none found, searched",
    "complex": "no",
    "CDD": "possible",
}


def test_every_question_of_the_model_is_asked_with_its_options() -> None:
    asked = {question.id: question.options for question in questions(MODEL)}
    assert list(asked) == ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "complex", "CDD", "listed"]
    assert asked["A1"] == ("no", "partly", "yes")
    assert (asked["CDD"], asked["listed"]) == (("possible", "impossible"), ("no", "EEA regulated market"))
    assert {question.id for question in questions(MODEL) if question.is_required} == {
        f"A{number}" for number in range(1, 8)
    }


def test_what_the_model_does_not_have_is_no_answer() -> None:
    assert not_answers(MODEL, ANSWERS) == ()
    assert not_answers(MODEL, {"A1": "perhaps", "A9": "yes", "A6": "yes"}) == ("A1", "A9")


def test_a_gate_of_which_nothing_is_known_is_open_and_one_that_holds_is_shut() -> None:
    result = of("no_full")
    nothing = assess(MODEL, Facts(result, TODAY))
    assert {name: str(why) for name, why in nothing.open_gates.items()} == {
        "X1": "hits are open",
        "X2": "not answered",
        "H1": "not known",
        "H2": "not answered",
        "H4": "not answered",
    }
    answered = assess(MODEL, Facts(result, TODAY, answers={**ANSWERS, "A6": "yes"}))
    assert [gate.id for gate in answered.gates] == ["H2"]
    assert set(answered.open_gates) == {"X1", "H1"}
    assert answered.risk_class == "high"
