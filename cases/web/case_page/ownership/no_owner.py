"""Where no beneficial owner is found: what is left to do, step by step, each with the place where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.assessment.owners.concluded import OwnersConcluded
from cases.assessment.policy.requirement_terms import Check
from cases.assessment.requirements.found import State
from cases.assessment.requirements.work_out import RequirementStatus
from cases.findings.vocabulary.wording import Words
from cases.web.case_page.ownership.conclusions_area import MANAGERS, PANEL, ConclusionsArea
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.requirements.requirement_list import own_address
from cases.web.case_page.tab_names import Tab

ADD = "add-person"  # the fold in which somebody is added


class Stage(Enum):
    """How far a step is: its word, its icon, and its class in stylesheets."""

    DONE = (gettext_lazy("Done"), "circle-check", "met")
    NOW = (gettext_lazy("To do"), "circle-alert", "open")
    LATER = (gettext_lazy("After that"), "circle-dashed", "na")

    def __init__(self, words: str | Promise, icon: str, style: str) -> None:
        self.words, self.icon, self.style = words, icon, style


@dataclass(frozen=True)
class Step:
    """One step: how it stands in words, and the link to where it is done."""

    stage: Stage
    words: Words
    label: Words
    address: str


@dataclass
class NoOwner:
    """The way to senior managers, as long as nobody is concluded to be a beneficial owner."""

    area: ConclusionsArea

    @property
    def page(self) -> CasePage:
        return self.area.page

    @cached_property
    def concluded(self) -> OwnersConcluded:
        return self.area.present.concluded

    @property
    def is_shown(self) -> bool:
        """Is it known who may be an owner, and is nobody concluded to be one?"""
        return self.area.is_shown and self.area.present.reckoning.is_known and not self.concluded.owners

    @cached_property
    def steps(self) -> list[Step]:
        return [*self._steps()]

    def _steps(self) -> Iterator[Step]:
        count = self.area.open_count
        if count:
            words = ngettext(
                "%(n)d candidate is not concluded on yet.",
                "%(n)d candidates are not concluded on yet.",
                count,
            )
            yield Step(Stage.NOW, words % {"n": count}, _("Conclude on them"), f"#{PANEL}")
        else:
            words = _("Every candidate is concluded on, and nobody is an owner.")
            if not self.area.present.rows:
                words = _("There is no candidate in the result.")
            yield Step(Stage.DONE, words, "", "")
        yield self._search(is_early=bool(count))
        yield self._manager(is_early=bool(count))

    def _search(self, *, is_early: bool) -> Step:
        """R12: a person describes the search."""
        if is_early:
            return Step(Stage.LATER, _("Describe what was tried, and that nothing is suspected."), "", "")
        status = self._requirement
        if status is None:
            return Step(Stage.LATER, _("The requirement set does not ask for the search."), "", "")
        where = own_address(self.page.case, status.required.id)
        if status.state.is_open:
            return Step(Stage.NOW, status.found.words, _("Describe the search"), where)
        stage = Stage.LATER if status.state is State.NOT_APPLICABLE else Stage.DONE
        return Step(stage, status.words, _("See it"), where)

    def _manager(self, *, is_early: bool) -> Step:
        if self.concluded.managers:
            words = _("Senior managers: %(names)s.") % {"names": ", ".join(self.concluded.managers)}
            return Step(Stage.DONE, words, "", "")
        words = _("Conclude who is a senior manager in the place of an owner.")
        stage = Stage.LATER if is_early else Stage.NOW
        if self.area.present.managers:
            where = f"{address(self.page.case, Tab.OWNERSHIP)}?{MANAGERS}=1#{MANAGERS}"
            return Step(stage, words, _("Board and chief executive"), where)
        words = _(
            "Conclude who is a senior manager in the place of an owner; the result names nobody of the board."
        )
        return Step(stage, words, _("Add a person"), f"#{ADD}")

    @property
    def _requirement(self) -> RequirementStatus | None:
        """R12, as it stands; None if the set of the case has no such requirement."""
        found = self.page.requirements.statuses if self.page.requirements else ()
        return next((status for status in found if status.required.check is Check.NOBODY_FOUND), None)
