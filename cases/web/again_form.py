"""A firm that was captured a short while ago: its case is offered, and another order needs a reason."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.identity import Number, firm_of
from cases.web.number_form import NumberForm
from cases.workflows import identities


class AgainForm(NumberForm):
    """A number to order on."""

    again_reason = forms.CharField(
        label=_("Why another order is needed"),
        max_length=300,
        required=False,
        help_text=_("Kept in the timeline of the new case."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.lately:
            return data
        self.fields["again_reason"].required = True  # and so it is shown
        if "again_reason" in data and not data["again_reason"]:
            refused = _(
                "This firm was captured lately, in %(case)s. Open that case, or say why another order is needed."
            )
            self.add_error("again_reason", refused % {"case": self.lately.reference})
        return data

    @cached_property
    def lately(self) -> Case | None:
        """The case in which the firm was captured a short while ago."""
        return identities.captured_lately(self.number) if self.number else None

    @cached_property
    def contradicted(self) -> frozenset[int]:
        """The organisations, by key, that share a number with this one, while others contradict."""
        return firm_of(Number.of(self.number)).contradicted if self.number else frozenset()
