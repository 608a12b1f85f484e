"""The forms with which a case waits for information, and goes on."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.web.words_field import WordsField
from cases.workflows.casework import waiting
from cases.workflows.casework.waiting import Wait


class OneLineField(WordsField):
    """What is typed, in one line: it is read within a sentence."""

    def to_python(self, value: Any) -> str | None:
        return " ".join((super().to_python(value) or "").split())


class WaitForm(forms.Form):
    """What a case waits for, and until which day."""

    for_what = OneLineField(
        label=_("What the case waits for"),
        max_length=300,
        help_text=_("Whom was it asked of, and what is to come? It stands on every page of the case."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what the case waits for.")},
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("Within 90 days. On that day the case goes on by itself."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose the day on which the case goes on.")},
    )

    def clean_until(self) -> datetime.date:
        """Refuse a day that is not ahead, or too far ahead."""
        until: datetime.date = self.cleaned_data["until"]
        if why := waiting.why_not_until(until):
            raise forms.ValidationError(str(why))
        return until

    @property
    def wanted(self) -> Wait:
        """What is wanted. Only after is_valid()."""
        return Wait(self.cleaned_data["for_what"], self.cleaned_data["until"])


class GoOnForm(forms.Form):
    """What the page showed that the case waits for."""

    for_what = OneLineField()
    until = forms.DateField()

    @property
    def seen(self) -> Wait | None:
        """What was seen; None if that came back broken."""
        return Wait(self.cleaned_data["for_what"], self.cleaned_data["until"]) if self.is_valid() else None
