"""The form of a new case: a number, what to order, and what is known of the work."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.web.again_form import AgainForm
from cases.web.order_form import OrderForm
from cases.web.work_form import WorkForm
from cases.workflows.cases import NewCase


class NewCaseForm(AgainForm, WorkForm, OrderForm):
    """A new case."""

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
    def due_is_past(self) -> bool:
        due = getattr(self, "cleaned_data", {}).get("due")
        return due is not None and due < timezone.localdate()

    @property
    def told(self) -> list[str]:
        """What the number has to tell, and a day that is past."""
        return [*super().told, f"due {self.cleaned_data['due']}"] if self.due_is_past else super().told

    @property
    def case_submission(self) -> uuid.UUID:
        """One form makes one case a number, however often and from however many tabs it is sent.

        The number belongs to it: who goes back in the browser and types another one means another case.
        """
        return uuid.uuid5(self.cleaned_data["submission"], self.number_word)

    def new_case(self) -> NewCase:
        """What to open. Only after is_valid()."""
        assert self.number is not None  # noqa: S101 (is_valid() saw to it)
        data = self.cleaned_data
        return NewCase(
            identifier=self.number,
            wish=self.wish(),
            purpose=data["purpose"],
            customer_reference=data["customer_reference"],
            due=data["due"],
            submission=self.case_submission,
            again_reason=data["again_reason"],
        )
