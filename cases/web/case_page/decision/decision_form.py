"""The forms by which a decision is proposed, answered and reopened: no outcome is chosen when they are served."""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.assessment.decision.draft import CONDITIONS, Condition, DecisionDraft
from cases.assessment.decision.outcomes import REASONS, Outcome, Reason
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField
from cases.workflows.casework.decisions.proposing import Seen
from cases.workflows.casework.decisions.reopening import LONGEST as LONGEST_REASON

LONGEST = 5000  # characters
ROWS = 5  # of conditions
_day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ConditionForm(forms.Form):
    """One condition of an approval, with its last day; empty rows count for nothing."""

    words = WordsField(label=_("What must be shown"), required=False, max_length=300, widget=forms.TextInput)
    due = forms.DateField(label=_("By"), required=False, widget=_day)

    @property
    def condition(self) -> Condition | None:
        """The condition; None of an empty row. Only after is_valid()."""
        data = self.cleaned_data  # of an empty row nothing is in it
        words, due = " ".join(data.get("words", "").split()), data.get("due")
        return Condition(words, due) if words or due else None


ConditionRows = forms.formset_factory(ConditionForm, extra=ROWS, max_num=20, absolute_max=20)


class DecisionForm(SentForm):
    """What a person fills in; `newest` and `digest` are what the form showed."""

    newest = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(outcome.value, outcome.words) for outcome in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[
            ("", _("Choose a reason")),
            *(
                (outcome.words, [(reason.value, reason.words) for reason in reasons])
                for outcome, reasons in REASONS.items()
                if reasons
            ),
        ],
        help_text=_("Of what is refused or closed."),
    )
    next_review = forms.DateField(label=_("Next review"), required=False, widget=_day)
    rationale = WordsField(
        label=_("Rationale"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why.")},
    )

    @cached_property
    def conditions(self) -> forms.BaseFormSet:
        """The rows of conditions, as they were sent, or as they are served."""
        if self.is_bound and f"{CONDITIONS}-TOTAL_FORMS" in self.data:
            return ConditionRows(self.data, prefix=CONDITIONS)
        return ConditionRows(initial=self.initial.get(CONDITIONS), prefix=CONDITIONS)

    @property
    def seen(self) -> Seen:
        """What the form showed. Only after is_valid()."""
        return Seen(self.cleaned_data["newest"], self.cleaned_data["digest"])

    @property
    def draft(self) -> DecisionDraft:
        """What was filled in. Only after is_valid()."""
        data = self.cleaned_data
        return DecisionDraft(
            outcome=Outcome(data["outcome"]),
            rationale=data["rationale"],
            reason=Reason(data["reason"]),
            next_review=data["next_review"],
            conditions=tuple(self._conditions()),
        )

    def is_valid(self) -> bool:
        """Is it, and are its conditions, filled in so that they can be read?"""
        is_good = super().is_valid()
        if self.conditions.is_bound and not self.conditions.is_valid():
            if is_good:
                self.add_error(None, _("A condition cannot be read: give words, and a day."))
            return False
        return is_good

    def to_send_again(self, shown: dict[str, str]) -> "DecisionForm":
        """This form with what was filled in, to be held against what is so now, and as a sending of its own."""
        return DecisionForm({**{name: self.data[name] for name in self.data}, **shown})

    def _conditions(self) -> Iterator[Condition]:
        if self.conditions.is_bound:
            yield from (found for row in self.conditions if (found := row.condition))


@dataclass(frozen=True)
class Kept:
    """What was written in a proposal that ended unanswered, or was sent back: all of it but the outcome."""

    rationale: str = ""
    next_review: datetime.date | None = None
    conditions: tuple[dict[str, str], ...] = ()


def served(newest: int, digest: str, kept: Kept) -> DecisionForm:
    """The form as it is served, with what was written before."""
    return DecisionForm(
        initial={
            **form_shows(newest, digest),
            "rationale": kept.rationale,
            "next_review": kept.next_review,
            CONDITIONS: list(kept.conditions),
        }
    )


def form_shows(newest: int, digest: str) -> dict[str, str]:
    """What a form says of what it shows."""
    return {"newest": str(newest), "digest": digest, "submission": str(uuid.uuid4())}


class SecondForm(forms.Form):
    """The second person's answer: words to send it back, a tick for what was read to countersign."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_read = forms.BooleanField(
        label=_("I have read what it rests on: hits, owners, risk, requirements and documents"),
        required=False,
    )
    words = WordsField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST,
        help_text=_("Needed to send it back."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def to_send_again(self, digest: str) -> "SecondForm":
        """This form with the words that were filled in, for the proposal that waits now: nothing is ticked."""
        return SecondForm(initial={"digest": digest, "words": self.data.get("words", "")})


class ReopenForm(forms.Form):
    """Why a case that was decided is reopened."""

    reason = WordsField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the case is reopened.")},
    )
