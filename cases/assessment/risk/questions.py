"""The questions that a risk model asks of people, and which answers it has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import Test
from cases.assessment.policy.risk_gates import CDD, COMPLEX, LISTED
from cases.assessment.policy.risk_terms import Condition, LowTest, RiskModel
from cases.assessment.risk.forced import NO, YES
from cases.findings.vocabulary.wording import Words

POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the `options` are the words that are kept, and shown as they stand in the model."""

    id: str
    title: Words
    options: tuple[str, ...]
    basis: Words = ""
    is_required: bool = False


def questions(model: RiskModel) -> tuple[Question, ...]:
    """What a person is asked, the factors of the model first, then what gates and ‘low’ rest on."""
    return tuple(_questions(model))


def _questions(model: RiskModel) -> Iterator[Question]:
    for factor in model.factors:
        if factor.test is Test.ANSWER:
            yield Question(factor.id, factor.title, tuple(factor.scores), factor.basis, factor.required)
    if model.asks_complex:
        title = _(
            "Is the structure complex: three levels or more, and intermediate countries or arrangements?"
        )
        yield Question(
            COMPLEX, title, (NO, YES), _("Asked unless the result tells of fewer than three levels")
        )
    forcing = [
        gate.names[1] for gate in model.gates if gate.condition is Condition.ANSWER and gate.names[0] == CDD
    ]
    if forcing:
        title = _("Can due diligence be completed?")
        yield Question(CDD, title, (POSSIBLE, *dict.fromkeys(forcing)))
    earning = [
        reason.value
        for reason in model.low.one_of
        if reason.test is LowTest.ANSWER and reason.question == LISTED
    ]
    if earning:
        yield Question(LISTED, _("Is it listed?"), (NO, *dict.fromkeys(earning)))


def not_answers(model: RiskModel, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions, by id, whose answer the model does not have."""
    known = {question.id: question.options for question in questions(model)}
    return tuple(name for name, answer in answers.items() if answer not in known.get(name, ()))
