"""What can be done about a case of which nothing usable came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.casework.case import CaseQuerySet
from cases.models.casework.identity import Number
from cases.web.ordering.again_form import AgainForm
from cases.web.words_field import WordsField


class CorrectForm(AgainForm):
    """Another number in the place of the one that was typed wrongly; the old one comes back with it, as `seen`."""

    ANYWAY = _("The number is right, order it anyway")
    GO_ON = _("Open that case, or go on and correct the number of this one.")

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, case: Case) -> None:
        self.case = case
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.number is not None and self.number == self.case.organisation.identifier:
            self.add_error("identifier", _("This is the number that the case has already."))
        return data

    def cases_about(self, number: Number) -> CaseQuerySet:
        """The cases that are offered for opening, without the one whose number is corrected."""
        return super().cases_about(number).exclude(pk=self.case.pk)

    @property
    def offered(self) -> Case | None:
        return super().offered if super().offered != self.case else None

    @property
    def seen_now(self) -> str:
        return self.case.organisation.number

    @property
    def is_of_now(self) -> bool:
        """Whether the case still has the number that the form showed."""
        return self.cleaned_data.get("seen") == self.seen_now


class WithdrawForm(forms.Form):
    """Why a case is not worked on any more."""

    reason = WordsField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It stays with the case and in the audit trail."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the case is withdrawn.")},
    )
