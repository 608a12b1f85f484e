"""The forms in which people conclude on beneficial owners: one for a person, nothing chosen when they are served."""

import re
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.grounds import Conclusion, Ground
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField
from cases.workflows.casework.owners.concluding import ConclusionDraft

LONGEST = 5000  # characters
ADDED = "added"  # the prefix of the form for a person who is added
KEY = re.compile(r"([0-9a-f]{24}(?:-[0-9]{1,5})?|added-[0-9a-f]{32}|added)-(?:seen|conclusion|words|name)")
CONCLUSIONS = [(conclusion.value, conclusion.words) for conclusion in Conclusion]


class ConclusionForm(SentForm):
    """What a person fills in on one candidate; the prefix is the candidate's key. `seen` is what the form showed."""

    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    conclusion = forms.ChoiceField(
        label=_("Our conclusion"), required=False, choices=CONCLUSIONS, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        required=False,
        choices=[("", _("Choose")), *((ground.value, ground.words) for ground in Ground)],
    )
    percent = forms.DecimalField(
        label=_("Per cent used"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=6,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    words = WordsField(label=_("Evidence and words"), required=False, max_length=LONGEST)
    is_search_stated = forms.BooleanField(
        label=_("The search is described, and there is no suspicion that somebody else controls it"),
        required=False,
    )

    @property
    def is_filled_in(self) -> bool:
        """Is anything chosen or written in it?"""
        names = ("conclusion", "percent", "words", "is_search_stated", "name")
        return any(str(self.data.get(f"{self.prefix}-{name}", "")).strip() for name in names)

    def clean_conclusion(self) -> str:
        """What is written belongs to a conclusion."""
        found = str(self.cleaned_data["conclusion"])
        if not found and self.is_filled_in:
            raise forms.ValidationError(_("Choose a conclusion, or empty the other fields."))
        return found

    @property
    def key(self) -> str:
        """The key of the candidate, '' of somebody who is added."""
        return "" if self.prefix == ADDED else str(self.prefix)

    @property
    def draft(self) -> ConclusionDraft:
        """What was filled in. Only after is_valid(), of a form that is filled in."""
        data, conclusion = self.cleaned_data, Conclusion(self.cleaned_data["conclusion"])
        return ConclusionDraft(
            key=self.key,
            seen=data["seen"],
            conclusion=conclusion,
            ground=Ground(data["ground"]) if data["ground"] and conclusion.needs_ground else None,
            percent=data["percent"],
            words=data["words"],
            is_search_stated=data["is_search_stated"],
            name=data.get("name", ""),
            born=data.get("born", ""),
        )


class AddedForm(ConclusionForm):
    """The same for somebody whom the capture does not name as a candidate."""

    name = WordsField(label=_("Name"), required=False, max_length=200)
    born = WordsField(label=_("Born"), required=False, max_length=40)
    field_order = ("name", "born")


class SendingForm(SentForm):
    """What belongs to all conclusions of one sending."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    attachment = forms.FileField(
        label=_("Attach a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("It belongs to every conclusion that is saved now."),
    )


def unfinished(data: QueryDict) -> dict[str, ConclusionForm]:
    """Forms as they were filled in and not sent yet: nothing is said to be wrong of them."""
    return {key: as_filled_in(form) for key, form in _all_of(data).items()}


def as_filled_in(form: ConclusionForm) -> ConclusionForm:
    """A form with what was filled in, as if it were served."""
    values = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return type(form)(prefix=form.prefix, initial=values)


def forms_of(data: QueryDict) -> dict[str, ConclusionForm]:
    """The forms that were sent, by the key of the person, those alone that are filled in."""
    return {key: form for key, form in _all_of(data).items() if form.is_filled_in}


def _all_of(data: QueryDict) -> dict[str, ConclusionForm]:
    keys = dict.fromkeys(match[1] for name in data if (match := KEY.fullmatch(name)))
    return {
        key: AddedForm(data, prefix=key) if key == ADDED else ConclusionForm(data, prefix=key) for key in keys
    }
