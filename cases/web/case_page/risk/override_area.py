"""The panel in which people set the risk class apart from the one worked out, and confirm how others set it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import RiskOverride
from cases.models.people.permissions import Perm
from cases.presentation.risk_in_force import RiskInForce
from cases.web.case_page.page import CasePage
from cases.web.case_page.risk.override_form import OverrideForm, SecondForm, offered, served
from cases.workflows.casework import overriding


@dataclass
class OverrideArea:
    """`form` and `second` are what a person filled in and was refused, `problem` why; None for what is served."""

    page: CasePage
    present: RiskInForce
    form: OverrideForm | None = None
    second: SecondForm | None = None
    problem: str | Promise = ""

    @cached_property
    def override_form(self) -> OverrideForm:
        return self.form or served(self.present)

    @cached_property
    def second_form(self) -> SecondForm:
        return self.second or SecondForm()

    @property
    def can_be_set(self) -> bool:
        """Is there any other class that it could be set to?"""
        return bool(offered(self.present))

    @property
    def awaited(self) -> RiskOverride | None:
        return self.present.awaited

    @property
    def overtaken(self) -> bool:
        """Is the class worked out otherwise than when the override that waits was made?"""
        return self.awaited is not None and self.awaited.worked_out != self.present.found.risk_class.value

    @property
    def may_answer(self) -> bool:
        awaited = self.awaited
        return awaited is not None and self.page.permits.may_assess and not self.why_not_second

    @property
    def why_not_second(self) -> str | Promise:
        """Why the reader cannot answer the override that waits; '' if they can, or are no second person anyhow."""
        if self.awaited is None or not self.page.user.has_perm(Perm.CONFIRM_OVERRIDE):
            return ""
        return overriding.why_not(self.awaited, self.page.user)

    @property
    def lapsed(self) -> str | Promise:
        """Why an override that people agreed to does not count; '' if it does, or there is none."""
        agreed = self.present.agreed
        if agreed is None or self.present.holding is not None:
            return ""
        if agreed.until is not None and self.present.today > agreed.until:
            return _("The override is over: it was good for a limited time.")
        return _(
            "The override does not count any more: a higher class is worked out than the one it lowered."
        )

    @property
    def history(self) -> tuple[RiskOverride, ...]:
        return self.present.overrides
