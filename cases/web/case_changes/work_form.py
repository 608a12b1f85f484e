"""The form of the work on a case: what is known of it beside what the provider says."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.web.words_field import WordsField

FURTHEST = datetime.timedelta(days=5 * 366)


class WorkForm(forms.Form):
    """The customer's reference of a case, its purpose, and the day by which it is due."""

    customer_reference = WordsField(
        label=_("Customer reference"),
        max_length=100,
        required=False,
        help_text=_("Your own number of the customer or of the order."),
    )
    purpose = WordsField(
        label=_("Purpose"),
        max_length=300,
        required=False,
        help_text=_("Why this organisation is looked into."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due = forms.DateField(
        label=_("Due"),
        required=False,
        help_text=_("The day by which it should be done."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_due(self) -> datetime.date | None:
        """Refuse a day more than five years ahead: it is a slip of the keyboard."""
        due: datetime.date | None = self.cleaned_data["due"]
        if due is not None and due > timezone.localdate() + FURTHEST:
            raise forms.ValidationError(_("This day is more than five years ahead. Look at the year."))
        return due

    @property
    def due_is_past(self) -> bool:
        due = getattr(self, "cleaned_data", {}).get("due")
        return due is not None and due < timezone.localdate()

    @property
    def due_word(self) -> str:
        """The word of the warning of a past day, to be seen before the day is kept; '' if the day is not past."""
        return f"due {self.cleaned_data['due']}" if self.due_is_past else ""
