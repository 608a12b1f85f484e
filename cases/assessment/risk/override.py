"""A risk class that people set apart from the one that is worked out: which one holds, and who must agree to it."""

import datetime
from dataclasses import dataclass

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.risk.assessment import Assessment

# 'prohibited' comes of a gate alone.
SETTABLE = (RiskClass.LOW, RiskClass.NORMAL, RiskClass.HIGH)


@dataclass(frozen=True, slots=True)
class Override:
    """The class that people set; `worked_out`: the class by the model when they did; `until`: its last day."""

    risk_class: RiskClass
    worked_out: RiskClass
    until: datetime.date

    @property
    def raises(self) -> bool:
        """Is the class set higher than it was worked out?"""
        return self.risk_class.rank > self.worked_out.rank

    def holds(self, found: Assessment, today: datetime.date) -> bool:
        """Does it hold today? A lowered class only as long as no higher one is worked out than was lowered."""
        if today > self.until:
            return False
        return self.raises or found.risk_class.rank <= self.worked_out.rank


def class_in_force(found: Assessment, override: Override | None, today: datetime.date) -> RiskClass:
    """The class that counts: never below a gate that holds, and a raised one never below the one worked out."""
    if override is None or not override.holds(found, today):
        return found.risk_class
    least = floor(found)
    if override.raises:
        least = highest(least, found.risk_class)
    return highest(least, override.risk_class)


def needs_second(found: Assessment, in_force: RiskClass, wanted: RiskClass) -> bool:
    """Must a second person agree? Wherever the class gets lower than it is now, or than it is worked out."""
    return wanted.rank < highest(in_force, found.risk_class).rank


def floor(found: Assessment) -> RiskClass:
    """The class below which nobody can set it: that of the gravest gate that holds."""
    return highest(RiskClass.LOW, *(gate.risk_class for gate in found.gates))


def settable(found: Assessment) -> list[RiskClass]:
    """The classes that people can set: every one but that worked out, and none below a gate that holds."""
    least = floor(found).rank
    return [to for to in SETTABLE if to != found.risk_class and to.rank >= least]


def highest(*classes: RiskClass) -> RiskClass:
    """The gravest of some classes."""
    return max(classes, key=lambda risk_class: risk_class.rank)
