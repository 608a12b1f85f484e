"""What the tab Risk shows: the class, every factor with its state and points, the gates, and the questions."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import Factor
from cases.assessment.policy.risk_terms import Gate, RiskModel
from cases.assessment.risk.assessment import Assessment, GroupScore, Score, State
from cases.assessment.risk.questions import questions as questions_of
from cases.models import PolicyVersion, RiskAnswers
from cases.presentation.risk_in_force import RiskInForce
from cases.web.case_page.page import CasePage
from cases.web.case_page.risk.answer_form import AnswerForm, QuestionRow, chosen_of, served
from cases.web.case_page.risk.override_area import OverrideArea

STATE_WORDS: dict[State, str | Promise] = {
    State.KNOWN: _("known"),
    State.UNKNOWN: _("unknown"),
    State.UNANSWERED: _("not answered"),
    State.NOT_APPLICABLE: _("not applicable"),
}
STATE_ICONS: dict[State, str] = {
    State.KNOWN: "check",
    State.UNKNOWN: "circle-question-mark",
    State.UNANSWERED: "circle-alert",
    State.NOT_APPLICABLE: "minus",
}


@dataclass(frozen=True)
class FactorRow:
    """One factor with what it came to."""

    factor: Factor
    score: Score

    @property
    def state_words(self) -> str | Promise:
        return STATE_WORDS[self.score.state]

    @property
    def icon(self) -> str:
        return STATE_ICONS[self.score.state]


@dataclass(frozen=True)
class GroupRows:
    """A group of factors: its title, its cap, what they came to before and after it."""

    group: GroupScore
    rows: tuple[FactorRow, ...]


@dataclass(frozen=True)
class GateRow:
    """A gate; `why_open`: why it is not known whether it holds, '' if that is known."""

    gate: Gate
    holds: bool
    why_open: str | Promise

    @property
    def class_words(self) -> str | Promise:
        return self.gate.risk_class.words

    @property
    def state(self) -> str:
        return "shut" if self.holds else "open" if self.why_open else ""

    @property
    def icon(self) -> str:
        return "circle-alert" if self.holds or self.why_open else "check"

    @property
    def words(self) -> str | Promise:
        return _("holds") if self.holds else self.why_open or _("no")


@dataclass
class RiskArea:
    """The tab Risk. `form` is what a person filled in and was refused; None for one that is served."""

    page: CasePage
    form: AnswerForm | None = None
    problem: str | Promise = ""
    override: OverrideArea | None = None

    @cached_property
    def overriding(self) -> OverrideArea | None:
        """The panel in which people set the class; None where none can be worked out."""
        return self.override or (OverrideArea(self.page, self.present) if self.present else None)

    @property
    def version(self) -> PolicyVersion | None:
        return self.page.risk.version

    @property
    def model(self) -> RiskModel:
        assert self.page.risk.model is not None  # noqa: S101 - read only with a version
        return self.page.risk.model

    @property
    def answered(self) -> RiskAnswers | None:
        return self.page.risk.answered

    @property
    def present(self) -> RiskInForce | None:
        """The class that counts, with all that it came from; None if it cannot be worked out."""
        return self.page.risk.present

    @property
    def assessment(self) -> Assessment | None:
        return self.present.found if self.present else None

    @property
    def why_not(self) -> str | Promise:
        """Why no class can be worked out; '' if one can."""
        return self.page.risk.why_not

    @property
    def class_words(self) -> str | Promise:
        return self.present.risk_class.words if self.present else ""

    @property
    def groups(self) -> list[GroupRows]:
        found = self.assessment
        if found is None:
            return []
        return [
            GroupRows(
                group,
                tuple(
                    FactorRow(factor, found.factors[factor.id])
                    for factor in self.model.factors
                    if factor.group == name
                ),
            )
            for name, group in found.groups.items()
        ]

    @property
    def gates(self) -> list["GateRow"]:
        """Every gate, the class that it forces, and whether it holds, as far as that is known."""
        found = self.assessment
        if found is None:
            return []
        holding = {gate.id for gate in found.gates}
        return [
            GateRow(gate, gate.id in holding, found.open_gates.get(gate.id, "")) for gate in self.model.gates
        ]

    # --- The questions ---

    @cached_property
    def answer_form(self) -> AnswerForm:
        return self.form or served(self.answered.number if self.answered else 0)

    @property
    def questions(self) -> list[QuestionRow]:
        given = chosen_of(self.answer_form, self.answered.answers if self.answered else {})
        return [
            QuestionRow(question, str(given.get(question.id, ""))) for question in questions_of(self.model)
        ]

    @property
    def open_questions(self) -> int:
        return len(self.assessment.open_questions) if self.assessment else 0
