"""The requirements of a case as a list in groups, to stand beside what is read."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from cases.assessment.policy.requirement_terms import Who
from cases.assessment.requirements.found import State
from cases.assessment.requirements.work_out import RequirementStatus
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.wording import Words
from cases.models import Case
from cases.presentation.requirement_statuses import CaseRequirements, RequirementGroup
from cases.web.case_page.page import address
from cases.web.case_page.requirements.places import MET_AT
from cases.web.case_page.tab_names import Tab

ON = "on"  # the query that names the requirement that is shown in full
LONGEST = 70  # letters of what was found, in a line of the list
# An icon, and a class of the stylesheet.
SIGNS: dict[State, tuple[str, str]] = {
    State.MET_BY_EVIDENCE: ("circle-check", "met"),
    State.MET_BY_PERSON: ("user", "met"),
    State.WAIVED: ("pen-line", "waived"),
    State.NOT_APPLICABLE: ("minus", "na"),
    State.OPEN: ("circle-alert", "open"),
    State.CANNOT_BE_KNOWN: ("circle-question-mark", "unknowable"),
}


def own_address(case: Case, requirement: str) -> str:
    """Where a requirement is shown in full."""
    return f"{address(case, Tab.REQUIREMENTS)}?{urlencode({ON: requirement})}#requirement"


def place_of_work(case: Case, status: RequirementStatus) -> str:
    """Where a requirement is met: on a tab of its own, or where it is shown in full."""
    if status.state.is_open and (found := MET_AT.get(status.required.check)):
        tab, part = found
        return address(case, tab) + (f"#{part}" if part else "")
    return own_address(case, status.required.id)


def can_be_met(status: RequirementStatus) -> bool:
    """Can a person do something about it, here or on another tab?"""
    return status.required.check in MET_AT or status.required.met_by is not Who.NOBODY


@dataclass(frozen=True)
class RequirementLine:
    """One requirement in the list."""

    status: RequirementStatus
    address: str
    is_current: bool = False

    @property
    def title(self) -> str:
        return self.status.required.title

    @property
    def state(self) -> State:
        return self.status.state

    @property
    def icon(self) -> str:
        return SIGNS[self.state][0]

    @property
    def style(self) -> str:
        return SIGNS[self.state][1]

    @property
    def note(self) -> Words:
        """By whom it is met, or what was found, in short."""
        status = self.status
        statement = status.statement if status.counts else None
        if statement:
            return f"{statement.by}, {date_words(statement.until or statement.on)}"
        words = str(status.found.words)
        return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True)
class GroupLines:
    """A group in the list; `is_open`: something is to be dealt with."""

    group: RequirementGroup
    open: list[RequirementLine]
    done: list[RequirementLine]


@dataclass
class RequirementList:
    """The list; `current` is the id of the requirement that is shown in full, '' where none is."""

    case: Case
    present: CaseRequirements
    current: str = ""

    @cached_property
    def groups(self) -> list[GroupLines]:
        return [
            GroupLines(group, self._lines(group.open), self._lines(group.done))
            for group in self.present.groups
        ]

    @property
    def open_count(self) -> int:
        return len(self.present.open)

    @property
    def signs(self) -> list[tuple[State, str, str]]:
        """Every state with its icon and style."""
        return [(state, *SIGNS[state]) for state in State]

    def _lines(self, statuses: list[RequirementStatus]) -> list[RequirementLine]:
        return [RequirementLine(one, self._address(one), one.required.id == self.current) for one in statuses]

    def _address(self, status: RequirementStatus) -> str:
        """Where a line leads: beside a requirement in full to another one, else to where it is met."""
        if self.current:
            return own_address(self.case, status.required.id)
        return place_of_work(self.case, status)
