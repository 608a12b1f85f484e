"""What the tab Requirements shows: the list, and one requirement in full with what people said of it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from cases.assessment.requirements.statement import StatementKind
from cases.assessment.requirements.work_out import RequirementStatus
from cases.models import PolicyKind, RequirementStatement
from cases.presentation.requirement_statuses import CaseRequirements
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.requirements.newer_set import NewerSet
from cases.web.case_page.requirements.places import MET_AT, READ_AT
from cases.web.case_page.requirements.requirement_list import RequirementLine, RequirementList, own_address
from cases.web.case_page.requirements.search_area import SearchArea, of_requirement
from cases.web.case_page.requirements.search_form import SearchForm
from cases.web.case_page.requirements.statement_form import StatementForm, fitted, served
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework.requirements.stating import may_be_stated, why_not
from cases.workflows.policy import versions

STATED = (StatementKind.MET, StatementKind.WAIVED)


@dataclass
class RequirementsArea:
    """`wanted` is the id of the requirement that is to be shown in full; `form` one that was refused, `problem` why.

    So are `search_form` and `search_problem` of a search of parties.
    """

    page: CasePage
    wanted: str = ""
    form: StatementForm | None = None
    problem: str | Promise = ""
    search_form: SearchForm | None = None
    search_problem: str | Promise = ""

    @property
    def present(self) -> CaseRequirements | None:
        return self.page.requirements

    @cached_property
    def current(self) -> RequirementStatus | None:
        """The requirement that is shown in full: the one that is wanted, else the first that is open."""
        if self.present is None:
            return None
        found = self.present.by_id.get(self.wanted)
        in_order = [*self.present.open, *self.present.statuses]
        return found or next(iter(in_order), None)

    @cached_property
    def listed(self) -> RequirementList | None:
        if self.present is None or self.current is None:
            return None
        return RequirementList(self.page.case, self.present, self.current.required.id)

    @property
    def line(self) -> RequirementLine | None:
        """The current requirement with its sign."""
        if self.current is None:
            return None
        return RequirementLine(self.current, own_address(self.page.case, self.current.required.id))

    @cached_property
    def history(self) -> list[RequirementStatement]:
        """Everything that people said of it, the newest first."""
        if self.present is None or self.current is None:
            return []
        return self.present.said_of(self.current.required.id)

    @property
    def newest(self) -> int:
        return self.history[0].number if self.history else 0

    @cached_property
    def searches(self) -> SearchArea | None:
        """The searches of parties, of a requirement that asks for them."""
        if self.present is None or self.current is None:
            return None
        return of_requirement(
            self.page, self.present, self.current.required, self.search_form, self.search_problem
        )

    @property
    def next_address(self) -> str:
        """Where the next open requirement is shown in full; '' if there is no other."""
        if self.present is None or self.current is None:
            return ""
        ids = [status.required.id for status in self.present.open]
        here = self.current.required.id
        after = ids[ids.index(here) + 1 :] if here in ids else ids
        return own_address(self.page.case, after[0]) if after else ""

    @cached_property
    def newer(self) -> NewerSet | None:
        """The set in force, if the case has another one."""
        if self.present is None:
            return None
        version = versions.in_force(PolicyKind.REQUIREMENT_SET)
        if version == self.present.version:
            return None
        return NewerSet(
            self.present, version, self.page.requirements_by(versions.requirement_set_of(version))
        )

    # --- Where to look, and what may be said ---

    @property
    def met_at(self) -> tuple[Tab, str] | None:
        """The tab where it is met, and its address; None if it is met by what is said here."""
        found = MET_AT.get(self.current.required.check) if self.current else None
        if found is None:
            return None
        tab, part = found
        return tab, address(self.page.case, tab) + (f"#{part}" if part else "")

    @property
    def read_at(self) -> tuple[Tab, str] | None:
        """The tab where that is read on which it rests, and its address."""
        tab = READ_AT.get(self.current.required.check) if self.current else None
        return (tab, address(self.page.case, tab)) if tab else None

    @cached_property
    def kinds(self) -> list[StatementKind]:
        """What the reader may say of it now."""
        if self.current is None or not self._may_be_stated:
            return []
        can = STATED if self.current.found.state.is_open else ()
        statement = self.current.statement
        is_stated = statement is not None and statement.kind is not StatementKind.TAKEN_BACK
        taken_back = (StatementKind.TAKEN_BACK,) if is_stated else ()
        return [kind for kind in (*can, *taken_back) if not why_not(self.current, kind, self.page.user)]

    @property
    def why_nothing(self) -> str | Promise:
        """Why the reader can say nothing of an open requirement; '' if they can, or it is not open."""
        if self.current is None or self.kinds or not self.current.state.is_open or self.met_at:
            return ""
        return why_not(self.current, StatementKind.MET, self.page.user) if self._may_be_stated else ""

    @property
    def _may_be_stated(self) -> bool:
        return self.current is not None and may_be_stated(self.page.case, self.current.required.id)

    @cached_property
    def statement_form(self) -> StatementForm | None:
        if self.current is None or not self.kinds:
            return None
        return fitted(self.form or served(self.current, self.newest), self.current, self.kinds)
