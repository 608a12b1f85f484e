"""The form with the questions of the risk model: nothing is chosen in it that nobody answered."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from cases.assessment.risk.questions import Question
from cases.models import RiskAnswers

PREFIX = "answer-"


class AnswerForm(forms.Form):
    """What was answered, by the id of the question; `seen` is the number of the answers that were shown."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def to_send_again(self, newest: RiskAnswers | None) -> "AnswerForm":
        """This form with what was chosen, to be held against the newest answers, and as a sending of its own."""
        chosen = {f"{PREFIX}{name}": option for name, option in self.answers.items()}
        return AnswerForm({**chosen, "seen": newest.number if newest else 0, "submission": str(uuid.uuid4())})

    @property
    def answers(self) -> dict[str, str]:
        """The options that are chosen, by the id of the question."""
        return {
            name.removeprefix(PREFIX): str(self.data[name]) for name in self.data if name.startswith(PREFIX)
        }


def served(seen: int) -> AnswerForm:
    """The form as it is served."""
    return AnswerForm(initial={"seen": seen, "submission": uuid.uuid4()})


@dataclass(frozen=True)
class QuestionRow:
    """A question with the option that is chosen, '' if none is."""

    question: Question
    chosen: str

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.question.id}"

    @property
    def is_open(self) -> bool:
        return not self.chosen and self.question.is_required


def chosen_of(form: AnswerForm, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is chosen: as it was sent, or as it was answered before."""
    return form.answers if form.is_bound else answers
