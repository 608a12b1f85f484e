"""The form in which a person says how a requirement stands: nothing is chosen when it is served."""

import uuid
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.assessment.requirements.draft import StatementDraft
from cases.assessment.requirements.statement import Outcome, StatementKind
from cases.assessment.requirements.work_out import RequirementStatus
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField
from cases.workflows.casework.requirements.stating import Seen, known

LONGEST = 5000  # characters
_day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StatementForm(SentForm):
    """What a person fills in; `newest` and `known` are what the form showed."""

    requirement = forms.CharField(max_length=8, widget=forms.HiddenInput)
    newest = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    known = forms.CharField(max_length=32, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("You say that it is"),
        choices=[(kind.value, kind.words) for kind in StatementKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you say of it.")},
    )
    outcome = forms.ChoiceField(
        label=_("What the search found"),
        required=False,
        choices=[(outcome.value, outcome.words) for outcome in Outcome if outcome],
        widget=forms.RadioSelect,
        help_text=_("Needed to say that it is met."),
    )
    words = WordsField(
        label=_("In your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in words what it rests on.")},
    )
    evidence_day = forms.DateField(
        label=_("Day of the evidence"),
        required=False,
        widget=_day,
        help_text=_("Needed to say that it is met."),
    )
    until = forms.DateField(
        label=_("Waived until"), required=False, widget=_day, help_text=_("Only for a waiver.")
    )
    attachment = forms.FileField(
        label=_("Attach a file"), required=False, allow_empty_file=True, help_text=_("Only if there is one.")
    )

    @property
    def seen(self) -> Seen:
        """What the form showed. Only after is_valid()."""
        data = self.cleaned_data
        return Seen(data["requirement"], data["newest"], data["known"])

    @property
    def draft(self) -> StatementDraft:
        """What was filled in. Only after is_valid()."""
        data = self.cleaned_data
        return StatementDraft(
            kind=StatementKind(data["kind"]),
            words=data["words"],
            outcome=Outcome(data["outcome"]),
            evidence_day=data["evidence_day"],
            until=data["until"],
            attachments=int(data["attachment"] is not None),
        )

    def to_send_again(self, status: RequirementStatus, newest: int) -> "StatementForm":
        """This form with what was filled in, to be held against what is so now, and as a sending of its own."""
        shown = {
            name: self.data.get(name, "") for name in ("kind", "outcome", "words", "evidence_day", "until")
        }
        return StatementForm({**shown, **shown_of(status, newest)})


class MoveForm(forms.Form):
    """What a person saw who moves the case to another version of the set: both numbers."""

    seen = forms.IntegerField(min_value=1)
    wanted = forms.IntegerField(min_value=1)
    submission = forms.UUIDField()


def shown_of(status: RequirementStatus, newest: int) -> dict[str, str]:
    """What a form says of what it shows."""
    return {
        "requirement": status.required.id,
        "newest": str(newest),
        "known": known(status),
        "submission": str(uuid.uuid4()),
    }


def served(status: RequirementStatus, newest: int) -> StatementForm:
    """The form as it is served."""
    return StatementForm(initial=shown_of(status, newest))


def fitted(form: StatementForm, status: RequirementStatus, kinds: Iterable[StatementKind]) -> StatementForm:
    """The form with the kinds that may be stated, and the fields that the requirement needs."""
    allowed = {kind.value for kind in kinds}
    field = form.fields["kind"]
    field.widget.choices = [choice for choice in field.choices if choice[0] in allowed]  # type: ignore[attr-defined]
    required = status.required
    if required.has_attachment:
        form.fields["attachment"].help_text = _("Needed to say that it is met.")
    if not required.is_search:
        del form.fields["outcome"]
    if required.fresh_months is None:
        del form.fields["evidence_day"]
    if StatementKind.WAIVED not in allowed:
        del form.fields["until"]
    return form
