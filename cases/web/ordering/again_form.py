"""A firm that was ordered a short while ago: its case is offered, and another order needs a reason."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.casework.identity import Number, firm_of
from cases.web.ordering.number_form import NumberForm
from cases.web.words_field import WordsField
from cases.workflows.ordering import ordered_lately
from cases.workflows.ordering.ordered_lately import Earlier


def why_again(*, required: bool) -> WordsField:
    """The field for why another order is needed, although it may be charged a second time."""
    return WordsField(
        label=_("Why another order is needed"),
        max_length=300,
        required=required,
        help_text=_("Kept in the timeline of the case."),
    )


class WhyAgainForm(forms.Form):
    """Why an order is sent again that may have been taken already."""

    again_reason = why_again(required=True)


class ReasonForm(forms.Form):
    """Why a firm is ordered again; asked for where it was ordered lately, and else not shown."""

    again_reason = why_again(required=False)

    WHAT_TO_DO = _("Open that case, or say why another order is needed.")

    @property
    def lately(self) -> Earlier | None:
        """The earlier order on the firm, beside which another would be charged; None if none was made lately."""
        raise NotImplementedError

    @property
    def needs_reason(self) -> bool:
        return self.lately is not None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.lately is None or not self.needs_reason:
            return data
        self.fields["again_reason"].required = True  # and so it is shown
        if "again_reason" in data and not data["again_reason"]:
            self.add_error("again_reason", f"{self.lately.words} {self.WHAT_TO_DO}")
        return data


class AgainForm(ReasonForm, NumberForm):
    """The form of a number to order on, with a reason if the firm was ordered lately."""

    @cached_property
    def lately(self) -> Earlier | None:
        return ordered_lately.ordered_lately(self.number) if self.number else None

    @cached_property
    def contradicted(self) -> frozenset[int]:
        """The organisations, by key, that share a number with this firm although other numbers contradict."""
        return firm_of(Number.of(self.number)).contradicted if self.number else frozenset()

    @property
    def offered(self) -> Case | None:
        """The case to open instead of ordering."""
        if self.lately:
            return self.lately.case
        return self.known_otherwise[0][1] if self.known_otherwise else None
