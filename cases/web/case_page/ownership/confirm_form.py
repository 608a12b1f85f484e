"""The part of the form of conclusions by which all owners by the legal form are confirmed at once."""

from collections.abc import Collection

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.grounds import Ground
from cases.web.case_page.ownership.conclusion_form import LONGEST, ConclusionForm, forms_of
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField

ALL = "all"  # the prefix, and the name of the button
BY_FORM = Ground.FOUNDATION_BOARD_OR_CHIEF.value


class ConfirmForm(SentForm):
    """One text for all of them. `seen` is what the form showed; nobody is asked for words who confirms nobody."""

    use_required_attribute = False

    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    words = WordsField(
        label=_("Evidence and words, for all of them"),
        max_length=LONGEST,
        error_messages={"required": _("Write why, for all of them.")},
    )


def meant_for_all(data: QueryDict) -> ConfirmForm | None:
    """What was filled in for all of them, as long as nobody pressed their button; None if nothing was."""
    words = data.get(f"{ALL}-words", "")
    return ConfirmForm(prefix=ALL, initial={"words": words}) if words.strip() else None


def changed_forms(data: QueryDict, by_form: Collection[str]) -> dict[str, ConclusionForm]:
    """The forms in which something was filled in, by the key of the person.

    `by_form` are the keys of owners by the legal form: of them, another ground than the one that was filled in counts.
    """
    found = forms_of(data)
    for key in by_form:
        ground = data.get(f"{key}-ground")
        if key not in found and ground is not None and ground != BY_FORM:
            found[key] = ConclusionForm(data, prefix=key)
    return found


def fields_of(data: QueryDict, keys: Collection[str]) -> dict[str, list[str]]:
    """What was filled in on these people alone, as it was sent."""
    return {name: values for name, values in data.lists() if any(name.startswith(f"{key}-") for key in keys)}
