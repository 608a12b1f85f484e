"""What can be done about a case of which nothing came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.web.again_form import AgainForm


class CorrectForm(AgainForm):
    """Another number in the place of the one that was typed wrongly; the old one comes back with it, as `seen`."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, case: Case) -> None:
        super().__init__(data)
        self.case = case

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.number is not None and self.number == self.case.organisation.identifier:
            self.add_error("identifier", _("This is the number that the case has already."))
        return data

    @property
    def seen_now(self) -> str:
        return self.case.organisation.number

    @property
    def is_of_now(self) -> bool:
        """Whether the case still has the number that the form showed."""
        return self.cleaned_data.get("seen") == self.seen_now


class WithdrawForm(forms.Form):
    """Why a case is not worked on any more."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It stays with the case and in the audit trail."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the case is withdrawn.")},
    )
