"""The form of a new case: a number, what to order, and what is known of the work."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.web.case_changes.work_form import WorkForm
from cases.web.ordering.again_form import AgainForm
from cases.web.ordering.order_form import OrderForm
from cases.workflows.casework.cases import NewCase, opened_by


class NewCaseForm(AgainForm, WorkForm, OrderForm):
    """The form of a new case."""

    mine = forms.BooleanField(label=_("Assign it to me"), required=False, initial=True)
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), _("The form was incomplete. Reload the page.")),
    )
    field_order = (
        "country",
        "kind",
        "identifier",
        "again_reason",
        "customer_reference",
        "purpose",
        "due",
        "mine",
        "wanted",
        "language",
        "submission",
    )

    @property
    def warnings(self) -> list[str]:
        """What the page warns of: about the number, and of a day that is past."""
        return [*super().warnings, self.due_word] if self.due_word else super().warnings

    @property
    def opened(self) -> Case | None:
        """The case that this very form opened already."""
        return opened_by(self.case_submission) if self.number and "submission" in self.cleaned_data else None

    @property
    def needs_reason(self) -> bool:
        return super().needs_reason and self.opened is None

    @property
    def case_submission(self) -> uuid.UUID:
        """The submission: one form makes one case a number, however often and from however many tabs it is sent.

        The number belongs to it: who goes back in the browser and types another one means another case.
        """
        return uuid.uuid5(self.cleaned_data["submission"], self.number_word)

    def new_case(self) -> NewCase:
        """The case to open. Only after is_valid()."""
        assert self.number is not None  # noqa: S101 (is_valid() saw to it)
        data = self.cleaned_data
        return NewCase(
            identifier=self.number,
            result_request=self.result_request(),
            purpose=data["purpose"],
            customer_reference=data["customer_reference"],
            due=data["due"],
            submission=self.case_submission,
            again_reason=data["again_reason"],
        )
