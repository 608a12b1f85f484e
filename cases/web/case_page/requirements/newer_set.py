"""What would be another if a case were moved to the requirement set in force."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from cases.assessment.policy.differences import Difference, differences
from cases.assessment.requirements.found import State
from cases.models import PolicyVersion
from cases.presentation.requirement_statuses import CaseRequirements


@dataclass(frozen=True)
class ChangedRequirement:
    """A requirement that would stand otherwise; None where a set does not have it."""

    id: str
    title: str
    was: State | None
    now: State | None


@dataclass
class NewerSet:
    """The version in force, beside the one that the case has; `as_moved`: the requirements by it."""

    present: CaseRequirements
    version: PolicyVersion
    as_moved: CaseRequirements

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs in the documents."""
        return [*differences(self.present.version.content, self.version.content)]

    @cached_property
    def changed(self) -> list[ChangedRequirement]:
        """The requirements that would stand otherwise."""
        was, now = self.present.by_id, self.as_moved.by_id
        found = [
            ChangedRequirement(
                name,
                (now.get(name) or was[name]).required.title,
                was[name].state if name in was else None,
                now[name].state if name in now else None,
            )
            for name in dict.fromkeys((*was, *now))
        ]
        return [changed for changed in found if changed.was is not changed.now]

    @cached_property
    def submission(self) -> uuid.UUID:
        return uuid.uuid4()
