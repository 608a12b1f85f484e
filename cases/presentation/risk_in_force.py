"""The risk class that counts for a case: the one that is worked out, with what people set it to."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.assessment.policy.risk_terms import RiskClass, RiskModel
from cases.assessment.risk.assessment import Assessment
from cases.assessment.risk.override import Override, class_in_force
from cases.findings.vocabulary.wording import Words
from cases.models import PolicyVersion, RiskAnswers, RiskOverride
from cases.presentation import styles


@dataclass(frozen=True)
class RiskInForce:
    """The assessment of a case, with its overrides, the newest first, held against it on one day."""

    found: Assessment
    overrides: tuple[RiskOverride, ...]
    today: datetime.date

    @property
    def newest(self) -> int:
        """The number of the newest override, 0 if there is none."""
        return self.overrides[0].number if self.overrides else 0

    @property
    def risk_class(self) -> RiskClass:
        agreed = self.agreed
        return class_in_force(self.found, _override(agreed) if agreed else None, self.today)

    @cached_property
    def agreed(self) -> RiskOverride | None:
        """The override that people agreed to last, if it was not taken back; it may be over, or not hold any more."""
        newest = next((override for override in self.overrides if override.is_agreed), None)
        return newest if newest and newest.to_class else None

    @cached_property
    def holding(self) -> RiskOverride | None:
        """The override that counts today."""
        agreed = self.agreed
        return agreed if agreed and _override(agreed).holds(self.found, self.today) else None

    @property
    def awaited(self) -> RiskOverride | None:
        """The override that waits for a second person."""
        return next((override for override in self.overrides[:1] if override.awaits_second), None)

    @property
    def is_raised(self) -> bool:
        """Is the class that counts higher than the one worked out?"""
        return self.risk_class.rank > self.found.risk_class.rank

    @property
    def is_lowered(self) -> bool:
        """Is the class that counts lower than the one worked out?"""
        return self.risk_class.rank < self.found.risk_class.rank

    @property
    def can_be_taken_back(self) -> bool:
        """Is there an override that was agreed to, or waits?"""
        return self.agreed is not None or self.awaited is not None

    def as_json(self) -> dict[str, Any]:
        """The assessment in plain values, with the class that counts, and the one worked out beside it."""
        return {
            **self.found.as_json(),
            "class": self.risk_class.value,
            "worked_out": self.found.risk_class.value,
            "override": self._as_json(self.agreed),
            "override_awaited": self._as_json(self.awaited),
        }

    def _as_json(self, override: RiskOverride | None) -> dict[str, Any] | None:
        if override is None:
            return None
        return {
            "class": override.to_class or None,
            "from": override.worked_out,
            "words": override.rationale,
            "by": override.by.name,
            "at": override.at.isoformat(),
            "until": override.until.isoformat() if override.until else None,
            "holds": override == self.holding,
            "second": {
                "state": override.second_state,
                "by": override.second_by.name if override.second_by else None,
                "at": override.second_at.isoformat() if override.second_at else None,
            },
        }


@dataclass(frozen=True)
class CaseRisk:
    """The risk class of a case with what it comes from; `present` is None, and `why_not` says why, if there is none."""

    version: PolicyVersion | None
    model: RiskModel | None
    answered: RiskAnswers | None
    present: RiskInForce | None
    why_not: Words = ""

    @property
    def style(self) -> styles.Style | None:
        """How the class looks."""
        return styles.RISK_CLASSES[self.present.risk_class] if self.present else None


def _override(row: RiskOverride) -> Override:
    """An override that sets a class, in the terms of the assessment."""
    assert row.until is not None  # noqa: S101 - the database has no other
    return Override(RiskClass(row.to_class), RiskClass(row.worked_out), row.until)
