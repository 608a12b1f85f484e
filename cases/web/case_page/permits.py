"""What a person may do from the case page: each button and link asks here, and each view checks again."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cases.models import CaseState
from cases.models.people.permissions import Perm
from cases.workflows.casework import recusing, waiting

if TYPE_CHECKING:
    from cases.web.case_page.page import CasePage


@dataclass
class Permits:
    """What a person may do, by their role and by how the case and its newest capture stand."""

    page: "CasePage"

    def _has(self, permission: Perm) -> bool:
        return self.page.user.has_perm(permission)

    def _may_in_open_case(self, permission: Perm) -> bool:
        return not self.page.case.is_closed and self._has(permission)

    @cached_property
    def may_report(self) -> bool:
        return self._has(Perm.REPORT_CASE)

    @cached_property
    def may_see_provider(self) -> bool:
        return self._has(Perm.VIEW_PROVIDER)

    @cached_property
    def may_note(self) -> bool:
        return self._has(Perm.NOTE_CASE)

    @cached_property
    def is_recused(self) -> bool:
        """Has this person nothing more to do with the case, though they may read it?"""
        return recusing.is_recused(self.page.case, self.page.user)

    @cached_property
    def may_recuse(self) -> bool:
        return self.may_change and not self.is_recused

    @cached_property
    def may_take(self) -> bool:
        is_nobodys = self.page.case.assignee_id is None
        return is_nobodys and self._may_in_open_case(Perm.TAKE_CASE) and not self.is_recused

    @cached_property
    def may_capture(self) -> bool:
        return self._may_in_open_case(Perm.CAPTURE_CASE)

    @cached_property
    def may_assess(self) -> bool:
        return self._may_in_open_case(Perm.ASSESS_RISK)

    @cached_property
    def may_meet(self) -> bool:
        return self._may_in_open_case(Perm.MEET_REQUIREMENT)

    @cached_property
    def may_propose(self) -> bool:
        return self._may_in_open_case(Perm.PROPOSE_DECISION)

    @cached_property
    def may_conclude(self) -> bool:
        return self._may_in_open_case(Perm.CONCLUDE_OWNER)

    @cached_property
    def may_open_cases(self) -> bool:
        """May they open a case on another organisation?"""
        return self._has(Perm.OPEN_CASE)

    @cached_property
    def may_judge(self) -> bool:
        return self._may_in_open_case(Perm.JUDGE_HIT)

    @cached_property
    def may_change(self) -> bool:
        return self._may_in_open_case(Perm.CHANGE_CASE)

    @property
    def may_wait(self) -> bool:
        return self.may_change and not waiting.why_not(self.page.case)

    @property
    def may_go_on(self) -> bool:
        return self.may_change and self.page.case.is_waiting

    @property
    def may_withdraw(self) -> bool:
        can_be = self.page.case.can_move_to(CaseState.WITHDRAWN)
        return self.may_change and can_be and self.page.came_to_nothing

    @property
    def may_correct(self) -> bool:
        return self.may_change and self.may_capture and bool(self.page.sessions) and self.page.came_to_nothing

    @property
    def may_hand_back(self) -> bool:
        return self.may_change and self.page.case.assignee_id == self.page.user.pk

    @property
    def may_resolve(self) -> bool:
        return self.page.newest is not None and self.page.newest.is_stuck and self.may_capture

    @property
    def may_poll_again(self) -> bool:
        """May a capture that ended without some results be polled again? That is free; nothing is ordered."""
        found = self.page.progress.session if self.page.progress else None
        return found is not None and found.can_be_reopened and self.may_capture

    @property
    def may_order(self) -> bool:
        """Is another order offered? Not for a number that nobody knows: it would cost again and bring nothing."""
        if self.page.is_unknown_number:
            return False
        return self.may_capture and (self.page.newest is None or self.page.newest.is_ended)
