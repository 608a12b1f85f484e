"""What a risk model holds: groups, lists, factors, gates and bands, and the classes they lead to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.problems import Problem
from cases.assessment.policy.risk_factors import Factor, Test
from cases.findings.vocabulary.wording import Words


class RiskClass(StrEnum):
    """The classes, the lowest first; prohibited only by a gate."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    PROHIBITED = "prohibited"

    @property
    def words(self) -> Words:
        """The class as a reader sees it."""
        return CLASS_WORDS[self]

    @property
    def rank(self) -> int:
        """Its place from the lowest on."""
        return [*RiskClass].index(self)


CLASS_WORDS: dict[RiskClass, Words] = {
    RiskClass.LOW: _("Low"),
    RiskClass.NORMAL: _("Normal"),
    RiskClass.HIGH: _("High"),
    RiskClass.PROHIBITED: _("Prohibited"),
}


class Need(StrEnum):
    """What 'low' needs beside few points, in the words of a document."""

    NO_OPEN_HIT = "no open hit"
    CLEARED = "screening clear or all hits false positive"
    ALL_KNOWN = "every factor known that is read from the result"


class LowTest(StrEnum):
    """By what a reason for 'low' is tested."""

    FORM = "form"
    ANSWER = "answer"
    PLAIN_OLD = "plain_old"


@dataclass(frozen=True, slots=True)
class Group:
    """Factors that together give no more points than `cap`."""

    id: str
    title: str
    cap: int


@dataclass(frozen=True, slots=True)
class CountryList:
    """Countries by code of two letters, with where they are from and of which day."""

    name: str
    countries: frozenset[str]
    source: str = ""
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A class up to a number of points, that number included; None is without end."""

    risk_class: RiskClass
    to: Decimal | None


class Condition(StrEnum):
    """What a gate rests on: the first word of its `if`."""

    JUDGEMENT = "judgement"
    ANSWER = "answer"
    COUNTRY = "country"
    WARNING = "warning"
    COMPLEX = "complex"


@dataclass(frozen=True, slots=True)
class Gate:
    """A class that is forced, whatever the points. `names`: lists, codes or judgements; a question and its answer."""

    id: str
    condition: Condition
    names: tuple[str, ...]
    risk_class: RiskClass
    words: str


@dataclass(frozen=True, slots=True)
class LowReason:
    """One reason by which 'low' is earned."""

    id: str
    test: LowTest
    basis: str
    forms: tuple[str, ...] = ()
    question: str = ""
    value: str = ""
    years: int = 0


@dataclass(frozen=True, slots=True)
class Low:
    """How 'low' is earned: few points, one of the reasons, and all of the needs."""

    max_points: int
    one_of: tuple[LowReason, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The share of factors that must be known for a class below `floor`."""

    below: Decimal
    floor: RiskClass
    words: str


@dataclass(frozen=True, slots=True)
class RiskModel:
    """A risk model that was read. `unfilled`: what keeps a person from activating it."""

    name: str
    version: int
    groups: tuple[Group, ...]
    lists: Mapping[str, CountryList]
    factors: tuple[Factor, ...]
    gates: tuple[Gate, ...]
    bands: tuple[Band, ...]
    low: Low
    knowledge: Knowledge
    review_months: Mapping[RiskClass, int]
    override_months: int
    unfilled: tuple[Problem, ...] = ()

    @property
    def questions(self) -> Mapping[str, tuple[str, ...]]:
        """What a person is asked, by the factor's id, with the options."""
        return {factor.id: tuple(factor.scores) for factor in self.factors if factor.test is Test.ANSWER}

    @property
    def asks_complex(self) -> bool:
        """Does a gate rest on whether the structure is complex?"""
        return any(gate.condition is Condition.COMPLEX for gate in self.gates)
