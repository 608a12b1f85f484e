"""The number of an organisation, as a person types it, with what they should know before anything is ordered."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Country, IdentifierKind
from cases.provider.identifiers import LONGEST_INPUT, Identifier, NotAnIdentifier, display, parse

CHECK_DIGIT = _(
    "The check digit is wrong. Numbers with a wrong check digit do exist, but most often it is a slip of the keyboard."
)
MOST_EARLIER = 5


class NumberForm(forms.Form):
    """A number. What it warns of never stops it: a wrong check digit takes a tick, the rest only has to be seen.

    A warning's word names what was warned of, so that a tick for one number is not one for another.
    """

    CHECK_DIGIT = CHECK_DIGIT

    country = forms.ChoiceField(label=_("Country"), choices=Country, initial=Country.NO)
    kind = forms.ChoiceField(
        label=_("Kind of number"),
        choices=IdentifierKind,
        initial=IdentifierKind.ORG,
        widget=forms.RadioSelect,
    )
    identifier = forms.CharField(
        label=_("Number"),
        max_length=LONGEST_INPUT,
        help_text=_("Spaces, dots and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number: Identifier | None = None
        self.check_digit_is_wrong = False
        self.problem = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"country", "kind", "identifier"} <= data.keys():
            try:
                self.number, warnings = parse(data["country"], data["kind"], data["identifier"])
            except NotAnIdentifier as problem:
                self.problem = problem.message
                self.add_error("identifier", problem.message)
            else:
                self.check_digit_is_wrong = bool(warnings)
        return data

    @property
    def number_word(self) -> str:
        number = self.number
        return f"{number.country} {number.kind} {number.value}" if number else ""

    @property
    def number_shown(self) -> str:
        return f"{self.number.country.upper()} {display(self.number)}" if self.number else ""

    @property
    def digit_word(self) -> str:
        """What the tick beside the warning stands for; '' without a warning."""
        return self.number_word if self.check_digit_is_wrong else ""

    @property
    def digit_is_confirmed(self) -> bool:
        return self.data.get("anyway", "") == self.digit_word

    @cached_property
    def earlier(self) -> list[Case]:
        """The latest cases on the same organisation, newest first."""
        if self.number is None:
            return []
        return list(
            Case.objects.about(self.number).select_related("organisation", "opened_by")[:MOST_EARLIER]
        )

    @property
    def told(self) -> list[str]:
        """Words for what the page says beside the warning; they come back when it was seen."""
        return [f"earlier {case.reference}" for case in self.earlier[:1]]

    @property
    def was_told(self) -> bool:
        seen = self.data.getlist("told") if hasattr(self.data, "getlist") else []
        return set(self.told) <= set(seen)

    @property
    def is_confirmed(self) -> bool:
        return self.digit_is_confirmed and self.was_told
