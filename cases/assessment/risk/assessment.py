"""A risk assessment: the class, and everything that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cases.assessment.policy.risk_terms import CountryList, RiskClass
from cases.findings.vocabulary.wording import Words


class State(StrEnum):
    """What is known of a factor."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Score:
    """What one factor came to. `value`: what was found, in plain words; `rests_on`: places of the result."""

    state: State
    value: str | None = None
    points: int = 0
    words: Words = ""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupScore:
    """What the factors of a group came to: `sum` before, `points` after the cap."""

    title: str
    points: int
    cap: int
    sum: int


@dataclass(frozen=True, slots=True)
class Forced:
    """A gate that holds."""

    id: str
    risk_class: RiskClass
    words: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A class with its reasons. `open_questions`: ids; `low_refused`: why the class is not 'low'."""

    model_name: str
    model_version: int
    risk_class: RiskClass
    points: int
    gates: tuple[Forced, ...]
    groups: Mapping[str, GroupScore]
    factors: Mapping[str, Score]
    lists: tuple[CountryList, ...]
    open_questions: tuple[str, ...] = ()
    open_hits: int = 0
    low_reasons: tuple[str, ...] = ()
    low_refused: tuple[Words, ...] = ()
    # Of gates that do not hold, by id, why it is not known that they do not.
    open_gates: Mapping[str, Words] = field(default_factory=dict)

    @property
    def is_provisional(self) -> bool:
        """May the class still change, for a question or a hit is open?"""
        return bool(self.open_questions or self.open_hits)

    def as_json(self) -> dict[str, Any]:
        """The assessment in plain values: the same from the same facts and model, byte for byte, in one language."""
        return {
            "model": {"name": self.model_name, "version": self.model_version},
            "class": self.risk_class.value,
            "provisional": self.is_provisional,
            "points": self.points,
            "gates": [
                {"id": gate.id, "class": gate.risk_class.value, "words": gate.words} for gate in self.gates
            ],
            "groups": {
                name: {"title": group.title, "points": group.points, "cap": group.cap, "sum": group.sum}
                for name, group in self.groups.items()
            },
            "factors": [
                {
                    "id": name,
                    "state": score.state.value,
                    "value": score.value,
                    "points": score.points,
                    "words": str(score.words),
                    "rests_on": list(score.rests_on),
                }
                for name, score in self.factors.items()
            ],
            "lists": [{"name": listed.name, "as_of": listed.as_of} for listed in self.lists],
        }
