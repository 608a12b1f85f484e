"""What is known of the work on a case beside what the provider says."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkForm(forms.Form):
    """Whose it is, why, and until when."""

    customer_reference = forms.CharField(
        label=_("Customer reference"),
        max_length=100,
        required=False,
        help_text=_("Your own number of the customer or of the order."),
    )
    purpose = forms.CharField(
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
