"""The forms that people fill in."""

import uuid
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Country, IdentifierKind
from cases.provider.identifiers import LONGEST_INPUT, Identifier, NotAnIdentifier, display, parse
from cases.web import wishes
from cases.workflows import provider
from cases.workflows.cases import NewCase
from cases.workflows.sessions import Wish

CHECK_DIGIT = _(
    "The check digit is wrong. Numbers with a wrong check digit do exist, but most often it is a slip of the keyboard."
)
MOST_EARLIER = 5


class NewCaseForm(forms.Form):
    """A new case. What it warns of never stops it: a wrong check digit takes a tick, the rest only has to be seen.

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
    mine = forms.BooleanField(label=_("Assign it to me"), required=False, initial=True)
    wanted = forms.MultipleChoiceField(label=_("What to ask for"), required=False)
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), _("The form was incomplete. Reload the page.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = wishes.everything(provider.contract())
        field = self.fields["wanted"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(value, value) for value in everything]
        field.initial = everything
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
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The ticks: title, and value, words and whether it is ticked, group by group."""
        ticked = set(self["wanted"].value() or [])
        return [
            (str(title), [(value, str(words), value in ticked) for value, words in ticks])
            for title, ticks in wishes.groups(provider.contract())
        ]

    # --- What a person should know before the case is opened ---

    @property
    def _number_word(self) -> str:
        number = self.number
        return f"{number.country} {number.kind} {number.value}" if number else ""

    @property
    def number_shown(self) -> str:
        return f"{self.number.country.upper()} {display(self.number)}" if self.number else ""

    @property
    def digit_word(self) -> str:
        """What the tick beside the warning stands for; '' without a warning."""
        return self._number_word if self.check_digit_is_wrong else ""

    @property
    def digit_is_confirmed(self) -> bool:
        return self.data.get("anyway", "") == self.digit_word

    @property
    def due_is_past(self) -> bool:
        due = getattr(self, "cleaned_data", {}).get("due")
        return due is not None and due < timezone.localdate()

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
        words = [f"earlier {case.reference}" for case in self.earlier[:1]]
        return [*words, f"due {self.cleaned_data['due']}"] if self.due_is_past else words

    @property
    def was_told(self) -> bool:
        seen = self.data.getlist("told") if hasattr(self.data, "getlist") else []
        return set(self.told) <= set(seen)

    @property
    def is_confirmed(self) -> bool:
        return self.digit_is_confirmed and self.was_told

    # --- What comes of it ---

    @property
    def case_submission(self) -> uuid.UUID:
        """One form makes one case a number, however often and from however many tabs it is sent.

        The number belongs to it: who goes back in the browser and types another one means another case.
        """
        return uuid.uuid5(self.cleaned_data["submission"], self._number_word)

    def new_case(self) -> NewCase:
        """What to open. Only after is_valid()."""
        assert self.number is not None  # noqa: S101 (is_valid() saw to it)
        data = self.cleaned_data
        reports, expands = wishes.chosen(data["wanted"])
        return NewCase(
            identifier=self.number,
            wish=Wish(reports=reports, expands=expands),
            purpose=data["purpose"],
            customer_reference=data["customer_reference"],
            due=data["due"],
            submission=self.case_submission,
        )
