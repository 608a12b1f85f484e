"""What is worked out of a result: candidates, their answers by each rule set, and questions about families."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.rule_sets import RuleSet
from cases.findings.ownership.parties import Party
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import Day


class Because(StrEnum):
    """Why somebody is a candidate, or is proposed as a senior manager."""

    NAMED_BY_PROVIDER = "NAMED_BY_PROVIDER"
    OVER_LIMIT = "OVER_LIMIT"
    AT_LIMIT = "AT_LIMIT"
    SHARE_UNCLEAR = "SHARE_UNCLEAR"
    LEGAL_FORM = "LEGAL_FORM"
    FAMILY_QUESTION = "FAMILY_QUESTION"
    BOARD_OR_CHIEF = "BOARD_OR_CHIEF"

    @property
    def words(self) -> Words:
        """The reason as a reader sees it."""
        return REASONS[self]


class Answer(StrEnum):
    """Whether a rule set makes somebody a beneficial owner."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Words:
        """The answer as a reader sees it."""
        return ANSWERS[self]


class Why(StrEnum):
    """What members of a family question share."""

    SURNAME = "SURNAME"
    ADDRESS = "ADDRESS"
    BOTH = "BOTH"

    @property
    def words(self) -> Words:
        """What they share, as a reader sees it."""
        return SHARED[self]


REASONS: dict[Because, Words] = {
    Because.NAMED_BY_PROVIDER: _("Named by the provider as beneficial owner"),
    Because.OVER_LIMIT: _("Holds more than the limit directly"),
    Because.AT_LIMIT: _("Holds exactly the limit directly"),
    Because.SHARE_UNCLEAR: _("Shareholder whose share cannot be used as it came"),
    Because.LEGAL_FORM: _("By the legal form: board member or chief executive of a foundation"),
    Because.FAMILY_QUESTION: _("Family question"),
    Because.BOARD_OR_CHIEF: _("Board member or chief executive"),
}
ANSWERS: dict[Answer, Words] = {Answer.YES: _("yes"), Answer.NO: _("no"), Answer.UNKNOWN: _("not known")}
SHARED: dict[Why, Words] = {
    Why.SURNAME: _("Same surname."),
    Why.ADDRESS: _("Same address."),
    Why.BOTH: _("Same surname and address."),
}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What one rule set says of a candidate: the answer, the per cent used if there is any, and how in words."""

    rule_set: RuleSet
    answer: Answer
    percent: Decimal | None
    words: Words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to conclude on. `is_unique`: nobody else in the result has the same names, births and numbers.

    The key stays over captures as long as these stay; `party` is what the chapter of owners says, `roles` are those
    it holds, the roles of an owner included. `places`: where in the result it is named.
    """

    key: str
    names: tuple[str, ...]
    births: tuple[Day, ...]
    numbers: tuple[str, ...]
    because: tuple[Because, ...]
    by_rule_set: tuple[Reckoned, ...]
    party: Party | None = None
    roles: tuple[Word, ...] = ()
    is_unique: bool = True
    places: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The first name; '' if none is stated."""
        return next(iter(self.names), "")

    @property
    def born(self) -> Day | None:
        """The first date of birth."""
        return next(iter(self.births), None)

    @property
    def rule_sets_differ(self) -> bool:
        """Do the rule sets give different answers?"""
        return len({reckoned.answer for reckoned in self.by_rule_set}) > 1

    def under(self, rule_set: RuleSet) -> Reckoned:
        """What this rule set says."""
        return next(reckoned for reckoned in self.by_rule_set if reckoned.rule_set.id == rule_set.id)


@dataclass(frozen=True, slots=True)
class FamilyQuestion:
    """Shareholders who may be one family, and reach the limit only together: to be answered by a person."""

    key: str
    members: tuple[str, ...]  # keys of candidates
    names: tuple[str, ...]
    why: Why
    together: Decimal


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All that is worked out of one result.

    `nobody_found`: the search came whole, named nobody, and nobody reaches a limit (R12). `senior_managers` are the
    board and the chief executive, whoever is found. `incomplete_because` says what keeps the list from being whole.
    """

    today: datetime.date
    rule_sets: tuple[RuleSet, ...]
    candidates: tuple[Candidate, ...] = ()
    family_questions: tuple[FamilyQuestion, ...] = ()
    nobody_found: bool = False
    senior_managers: tuple[Candidate, ...] = ()
    is_foundation: bool = False
    not_known_because: Words = ""
    incomplete_because: tuple[Words, ...] = ()

    @property
    def is_known(self) -> bool:
        """Did the chapter of owners come?"""
        return not self.not_known_because

    def questions_on(self, candidate: Candidate) -> tuple[FamilyQuestion, ...]:
        """The family questions that a candidate is part of."""
        return tuple(question for question in self.family_questions if candidate.key in question.members)
