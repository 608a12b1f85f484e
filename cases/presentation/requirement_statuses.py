"""How the requirements of a case stand, group by group, with what people said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.party_checks import TOPIC_OF
from cases.assessment.requirements.work_out import RequirementStatus
from cases.assessment.searches.coverage import PartyCoverage
from cases.assessment.searches.terms import SearchTopic
from cases.models import PolicyVersion, RequirementStatement
from cases.presentation.party_searches import CaseSearches


@dataclass(frozen=True)
class RequirementGroup:
    """A group of requirements: those to be dealt with, and all others."""

    id: str
    title: str
    statuses: tuple[RequirementStatus, ...]

    @property
    def open(self) -> list[RequirementStatus]:
        """Those that somebody must still deal with: open ones, and those that cannot be known."""
        return [status for status in self.statuses if status.state.is_open]

    @property
    def done(self) -> list[RequirementStatus]:
        return [status for status in self.statuses if not status.state.is_open]


@dataclass(frozen=True)
class CaseRequirements:
    """The requirements of a case on one day, by one version of the set.

    `is_assessed`: could the risk class be worked out? If not, what the gravest class needs is needed. `statements`
    are all that people said, the newest first; `searches` what they recorded of parties, and `covered` how each party
    stands, by requirement. `capture`: the key of the result that is read.
    """

    version: PolicyVersion
    policy: RequirementSet
    risk_class: RiskClass
    is_assessed: bool
    statuses: tuple[RequirementStatus, ...]
    statements: Sequence[RequirementStatement]
    searches: CaseSearches
    covered: Mapping[str, tuple[PartyCoverage, ...]]
    capture: int | None

    @cached_property
    def groups(self) -> list[RequirementGroup]:
        """The groups that have requirements, those with something open first, in the order of the set."""
        found = [
            RequirementGroup(
                name,
                title,
                tuple(status for status in self.statuses if status.required.group == name),
            )
            for name, title in self.policy.groups.items()
        ]
        return sorted((group for group in found if group.statuses), key=lambda group: not group.open)

    @property
    def open(self) -> list[RequirementStatus]:
        """Every requirement that somebody must still deal with."""
        return [status for group in self.groups for status in group.open]

    @cached_property
    def by_id(self) -> Mapping[str, RequirementStatus]:
        return {status.required.id: status for status in self.statuses}

    def coverage_of(self, topic: SearchTopic) -> tuple[PartyCoverage, ...]:
        """How each party stands for a topic that the set asks for; nothing if it does not."""
        found = (
            self.covered.get(one.id, ())
            for one in self.policy.requirements
            if TOPIC_OF.get(one.check) is topic
        )
        return next(found, ())

    @property
    def searches_by_party(self) -> Mapping[str, dict[str, Any]]:
        """What is known of searches of each party by its key, topic by topic, in plain values."""
        found: dict[str, dict[str, Any]] = {}
        for required in self.policy.requirements:
            for one in self.covered.get(required.id, ()):
                topic = TOPIC_OF[required.check].value.lower()
                found.setdefault(one.party.key, {})[topic] = one.as_json()
        return found

    def said_of(self, requirement: str) -> list[RequirementStatement]:
        """Everything that people said of one requirement, the newest first."""
        return [row for row in self.statements if row.requirement == requirement]

    @property
    def newest(self) -> int:
        """The number of the newest statement about any requirement, 0 if there is none."""
        return self.statements[0].number if self.statements else 0

    def as_json(self) -> dict[str, Any]:
        """The requirements in plain values."""
        return {
            "set": {"name": self.policy.name, "version": self.policy.version},
            "class": self.risk_class.value if self.is_assessed else None,
            "requirements": [status.as_json() for status in self.statuses],
        }
